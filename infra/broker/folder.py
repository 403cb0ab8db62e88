"""Knows the broker's folder: what lies where, and whether a live broker owns it.

The owner is told by a lock, not by a pid: the broker inherits an open, locked file, and the system frees it the
moment that the process ends, however it ends. A pid left by a kill -9 therefore never looks like a running broker.
"""

from __future__ import annotations

import fcntl
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from schemas.errors import InputError

# `status` holds the lock for microseconds: an instant later it is free again.
_LOCK_PATIENCE_SECONDS = 0.5
_POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class BrokerRecord:
    """What a start writes down about the process that it started. `started_at` is RFC 3339."""

    pid: int
    port: int
    started_at: str


@dataclass(frozen=True, slots=True)
class BrokerFolder:
    """The paths of one broker. Everything that the broker keeps lies below `path`."""

    path: Path

    @property
    def log(self) -> Path:
        """What the broker of the last start printed; the start before it: `broker.log.1`."""
        return self.path / "broker.log"

    @property
    def data(self) -> Path:
        """Kafka's log directory: topics and cluster metadata."""
        return self.path / "data"

    @property
    def settings(self) -> Path:
        """Kafka's `server.properties`, written anew at each start."""
        return self.path / "server.properties"

    @property
    def record_file(self) -> Path:
        """Where the pid file lies."""
        return self.path / "broker.json"

    def lock(self, patience_seconds: float = _LOCK_PATIENCE_SECONDS) -> IO[str] | None:
        """The open, exclusively locked file of this folder, or None while a live broker (or a start) holds it.

        Makes the folder. Raises InputError where it cannot be made or written.
        """
        file = self._open_lock()
        until = time.monotonic() + patience_seconds
        while not _try_lock(file, fcntl.LOCK_EX):
            if time.monotonic() > until:
                file.close()
                return None
            time.sleep(_POLL_SECONDS)
        return file

    def is_owned(self) -> bool:
        """Whether a live broker (or a start) holds the folder now. Creates nothing."""
        if not (self.path / "broker.lock").exists():
            return False
        with (self.path / "broker.lock").open("a") as file:
            return not _try_lock(file, fcntl.LOCK_SH)

    def write_settings(self, text: str) -> None:
        """Writes `server.properties`."""
        self.settings.write_text(text, encoding="utf-8")

    def rotate_log(self) -> None:
        """Puts the log of the last start aside; the one before it is dropped: a log of one start says enough."""
        if self.log.exists():
            self.log.replace(self.log.with_name("broker.log.1"))

    def write_record(self, record: BrokerRecord) -> None:
        """Writes the pid file, whole or not at all."""
        fresh = self.record_file.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(record)), encoding="utf-8")
        fresh.replace(self.record_file)

    def read_record(self) -> BrokerRecord | None:
        """The pid file's content; None where there is none. It is of the live broker only while `is_owned()`."""
        try:
            return BrokerRecord(**json.loads(self.record_file.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def forget(self) -> None:
        """Removes the pid file."""
        self.record_file.unlink(missing_ok=True)

    def _open_lock(self) -> IO[str]:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            return (self.path / "broker.lock").open("a")
        except OSError as error:
            message = f"The folder {self.path} cannot be used for the broker: {error.strerror}."
            raise InputError(message, "Choose another one with --folder.") from error


def _try_lock(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
