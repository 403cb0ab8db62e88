"""Knows the broker's life: start, ready, stop, kill, status."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from infra.broker.folder import BrokerFolder, BrokerRecord
from infra.broker.jars import fetch_jars
from infra.broker.jre import java_path
from infra.broker.launch import Watchman, start_process
from infra.broker.lock import Jar, read_lock
from infra.broker.ports import LOOPBACK, free_port, is_free, port_holder
from infra.broker.properties import JVM_OPTIONS, server_properties
from infra.broker.ready import client_answers, log_tail, port_answers, wait_ready
from infra.broker.storage import format_storage
from schemas.errors import BrokerFolderInUse, BrokerNotReady, PortTaken

DEFAULT_PORT = 19092
# It takes 2 s on two idle cores; 10 s is what we promise, and a loaded machine is given the double.
READY_SECONDS = 20.0
# Kafka closes its segments in well under a second when it has few; then TERM has failed.
_STOP_SECONDS = 20.0
_POLL_SECONDS = 0.05


class BrokerState(StrEnum):
    """What `status` can say of a broker."""

    STOPPED = "stopped"
    RUNNING = "running"
    SILENT = "silent"  # the process lives but no client gets an answer: it starts, stops or hangs


@dataclass(frozen=True, slots=True)
class BrokerStatus:
    """A broker at one moment. `pid`, `port` and `started_at` are None where nothing runs."""

    state: BrokerState
    folder: Path
    log: Path
    pid: int | None = None
    port: int | None = None
    started_at: str | None = None


class Broker:
    """One embedded broker, known by its folder; the object may be made anew for a broker that runs already.

    With `owned=True` the broker ends with this process, even if that is killed; otherwise it goes on until `stop`.
    The data folder is kept between starts. As a context manager it starts on entry and stops on exit.
    """

    def __init__(
        self,
        folder: Path,
        port: int = DEFAULT_PORT,
        *,
        owned: bool = False,
        cache: Path | None = None,
        maven_repository: str | None = None,
        ready_seconds: float = READY_SECONDS,
        on_download: Callable[[Jar], None] | None = None,
    ) -> None:
        self.folder = BrokerFolder(folder.absolute())
        self.port = port
        self.owned = owned
        self.cache = cache
        self.maven_repository = maven_repository
        self.ready_seconds = ready_seconds
        self.on_download = on_download
        self._watchman: Watchman | None = None

    @property
    def bootstrap_servers(self) -> str:
        """Kafka's `bootstrap.servers` for clients on this machine."""
        return f"{LOOPBACK}:{self.port}"

    def start(self) -> None:
        """Starts the broker and returns once a client gets an answer.

        Raises BrokerFolderInUse, PortTaken, JarDownloadFailed, JarChecksumMismatch, JreMissing or BrokerNotReady;
        nothing that was started goes on after any of them.
        """
        lock = self.folder.lock()
        if lock is None:
            record = self._record()
            raise BrokerFolderInUse(str(self.folder.path), record.pid, record.port)
        with lock:
            self._launch(lock)
        self._await_ready()

    def stop(self) -> bool:
        """Asks the broker to close (SIGTERM), and kills it after 20 s. Gives whether one was running."""
        return self._end(signal.SIGTERM, _STOP_SECONDS) or self.kill()

    def kill(self) -> bool:
        """Ends the broker at once (SIGKILL), as a crash would. Gives whether one was running."""
        return self._end(signal.SIGKILL, _STOP_SECONDS)

    def status(self) -> BrokerStatus:
        """Whether the folder's broker runs and answers a client, and where."""
        path, log = self.folder.path, self.folder.log
        if not self.folder.is_owned():
            return BrokerStatus(BrokerState.STOPPED, path, log)
        record = self._record()
        answers = port_answers(record.port) and client_answers(record.port)
        state = BrokerState.RUNNING if answers else BrokerState.SILENT
        return BrokerStatus(state, path, log, record.pid, record.port, record.started_at)

    def __enter__(self) -> Self:
        """Starts it."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stops it."""
        self.stop()

    def _launch(self, lock: IO[str]) -> None:
        if not is_free(self.port):
            raise PortTaken(self.port, port_holder(self.port))
        java = self._java()
        format_storage(self.folder, java)
        settings = self.folder.path / "server.properties"
        settings.write_text(
            server_properties(self.port, free_port(), self.folder.data.name), encoding="utf-8"
        )
        if self.folder.log.exists():
            self.folder.log.replace(self.folder.log.with_suffix(".log.1"))
        command = [*java, "kafka.Kafka", settings.name]
        pid = start_process(command, folder=self.folder.path, log=self.folder.log, lock=lock)
        self._watchman = Watchman.over(pid) if self.owned else None
        self.folder.write_record(
            BrokerRecord(pid, self.port, datetime.now(UTC).isoformat(timespec="seconds"))
        )

    def _java(self) -> list[str]:
        """The command up to the main class; fetches the jars where they lack."""
        jars = fetch_jars(
            read_lock(),
            folder=self.cache,
            maven_repository=self.maven_repository,
            on_download=self.on_download,
        )
        temporary = self.folder.path / "tmp"
        temporary.mkdir(exist_ok=True)
        log_form = (
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
        )
        # Codecs unpack their native libraries there; after a kill they lie in our folder, not in the system's.
        scratch = f"-Djava.io.tmpdir={temporary}"
        classes = os.pathsep.join(str(jar.absolute()) for jar in jars)
        return [str(java_path()), *JVM_OPTIONS, scratch, *log_form, "-cp", classes]

    def _await_ready(self) -> None:
        failure = wait_ready(self.port, self.ready_seconds, self.folder.is_owned)
        if failure:
            tail = log_tail(self.folder.log)
            self.kill()
            raise BrokerNotReady(failure, str(self.folder.log), tail)

    def _record(self) -> BrokerRecord:
        """Of a live broker; zeros while a start holds the folder and has not yet written it down."""
        return self.folder.read_record() or BrokerRecord(0, 0, "")

    def _end(self, kind: signal.Signals, seconds: float) -> bool:
        record = self.folder.read_record()
        if record is None or not self.folder.is_owned():
            self._forget()
            return False
        with suppress(ProcessLookupError):
            os.kill(record.pid, kind)
        until = time.monotonic() + seconds
        while self.folder.is_owned() and time.monotonic() < until:
            time.sleep(_POLL_SECONDS)
        if self.folder.is_owned():
            return False
        self._forget()
        return True

    def _forget(self) -> None:
        self.folder.forget()
        if self._watchman:
            self._watchman.dismiss()
            self._watchman = None
