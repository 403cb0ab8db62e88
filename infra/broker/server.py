"""Knows the broker's life: start, stop, kill, status."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from infra.broker.folder import BrokerFolder, BrokerRecord
from infra.broker.jars import fetch_jars
from infra.broker.jre import java_command
from infra.broker.launch import Watchman, start_process
from infra.broker.lock import Jar, read_lock
from infra.broker.ports import LOOPBACK, free_port, is_free, port_holder
from infra.broker.properties import server_properties
from infra.broker.ready import log_tail, wait_ready
from infra.broker.settings import DEFAULT_PORT
from infra.broker.status import BrokerState, BrokerStatus, broker_status
from infra.broker.storage import cluster_id, format_storage
from schemas.errors import BrokerFolderInUse, BrokerNotReady, EmbeddedBrokerError, PortTaken

__all__ = ["DEFAULT_PORT", "Broker", "BrokerState", "BrokerStatus"]

# It takes 2 s on two idle cores; 10 s is what we promise, and a loaded machine is given the double.
_READY_SECONDS = 20.0
# Kafka closes a few topics in well under a second, a thousand in a few; after that TERM has failed.
_STOP_SECONDS = 20.0
# Between the start of a process and its record lie milliseconds; longer means that it still fetches or formats.
_RECORD_SECONDS = 2.0
_POLL_SECONDS = 0.05


class Broker:
    """One embedded broker, known by its folder; the object may be made anew for a broker that runs already.

    With `owned=True` the broker ends with this process, even if that is killed; otherwise it goes on until `stop`.
    The data folder is kept between starts. As a context manager it starts on entry and stops on exit.
    `cache`, `maven_repository` and `on_download` go to `fetch_jars`.
    """

    def __init__(
        self,
        folder: Path,
        port: int = DEFAULT_PORT,
        *,
        owned: bool = False,
        cache: Path | None = None,
        maven_repository: str | None = None,
        on_download: Callable[[Jar], None] | None = None,
        ready_seconds: float = _READY_SECONDS,
    ) -> None:
        self.folder = BrokerFolder(folder.absolute())
        self.port = port
        self._owned = owned
        self._cache, self._maven_repository, self._on_download = cache, maven_repository, on_download
        self._ready_seconds = ready_seconds
        self._watchman: Watchman | None = None

    @property
    def bootstrap_servers(self) -> str:
        """Kafka's `bootstrap.servers` for clients on this machine."""
        return f"{LOOPBACK}:{self.port}"

    def start(self) -> None:
        """Starts the broker and returns once a client gets an answer.

        Raises BrokerFolderInUse, PortTaken, JarDownloadFailed, JarChecksumMismatch, JreMissing, BrokerNotReady, or
        InputError for a folder that cannot be used. Nothing that was started goes on after any of them, nor after
        a Ctrl-C.
        """
        lock = self.folder.lock()
        if lock is None:
            raise self._in_use()
        with lock:
            self.folder.forget()  # of a broker that was killed: from here on a record means this start's process
            self._launch(lock)
        self._await_ready()

    def stop(self) -> bool:
        """Asks the broker to close (SIGTERM) and waits; kills it after 20 s. Gives whether one was running.

        Raises BrokerFolderInUse while a start holds the folder whose process is not known yet.
        """
        return self._end(signal.SIGTERM) or self._end(signal.SIGKILL)

    def kill(self) -> bool:
        """Ends the broker at once (SIGKILL), as a crash would, and waits. Gives whether one was running."""
        return self._end(signal.SIGKILL)

    def status(self) -> BrokerStatus:
        """Whether the folder's broker runs and answers a client, and where."""
        return broker_status(self.folder)

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
        folder = self.folder
        java = java_command(self._jars(), folder.path / "tmp")
        format_storage(folder, java)
        folder.write_settings(server_properties(self.port, free_port(but=self.port), folder.data.name))
        folder.rotate_log()
        command = [*java, "kafka.Kafka", folder.settings.name]
        self._adopt(start_process(command, folder=folder.path, log=folder.log, lock=lock))

    def _adopt(self, pid: int) -> None:
        try:
            self._watchman = Watchman.over(pid) if self._owned else None
            now = datetime.now(UTC).isoformat(timespec="seconds")
            self.folder.write_record(BrokerRecord(pid, self.port, now))
        except BaseException:  # a broker that nobody can find must not go on
            os.kill(pid, signal.SIGKILL)
            raise

    def _jars(self) -> tuple[Path, ...]:
        return fetch_jars(
            read_lock(),
            folder=self._cache,
            maven_repository=self._maven_repository,
            on_download=self._on_download,
        )

    def _await_ready(self) -> None:
        try:
            failure = wait_ready(
                self.port, cluster_id(self.folder), self._ready_seconds, self.folder.is_owned
            )
        except BaseException:  # Ctrl-C above all
            self.kill()
            raise
        if failure:
            tail = log_tail(self.folder.log)
            self.kill()
            raise BrokerNotReady(failure, str(self.folder.log), tail)

    def _in_use(self) -> BrokerFolderInUse:
        record = self.folder.read_record()
        return BrokerFolderInUse(
            str(self.folder.path), record.pid if record else 0, record.port if record else 0
        )

    def _end(self, kind: signal.Signals) -> bool:
        """Whether a broker was running and has ended by this signal."""
        pid = self._live_pid()
        if pid is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, kind)
            if not self._has_ended():
                if kind is signal.SIGKILL:
                    message = f"The broker (pid {pid}) does not end, not even when killed."
                    raise EmbeddedBrokerError(message, "Look whether its disk answers.")
                return False
        self._tidy()
        return pid is not None

    def _live_pid(self) -> int | None:
        until = time.monotonic() + _RECORD_SECONDS
        while self.folder.is_owned():
            if record := self.folder.read_record():
                return record.pid
            if time.monotonic() > until:
                raise self._in_use()
            time.sleep(_POLL_SECONDS)
        return None

    def _has_ended(self) -> bool:
        until = time.monotonic() + _STOP_SECONDS
        while self.folder.is_owned() and time.monotonic() < until:
            time.sleep(_POLL_SECONDS)
        return not self.folder.is_owned()

    def _tidy(self) -> None:
        if self._watchman:
            self._watchman.dismiss()
            self._watchman = None
        if self.folder.path.exists() and (lock := self.folder.lock(patience_seconds=0)):
            with lock:  # so that it is not the record of a start that came in between
                self.folder.forget()
