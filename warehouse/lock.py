"""The writers' lock: one `flock` beside the catalog that every writer and maintenance share, with a bounded wait.

The file holds who has it, so that whoever waits in vain can name him. The lock is the kernel's: it goes with its
holder, however he dies. Re-entrant within a thread; threads of one process wait for each other like processes do.
"""

import fcntl
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from schemas.errors import LakeError, LakeLocked
from warehouse.settings import LakeSettings

# short enough to add nothing to a commit of 10 to 30 ms, long enough to cost nothing while waiting for minutes
FIRST_PAUSE_SECONDS = 0.002
LONGEST_PAUSE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock file: pid 0 when the file does not say."""

    pid: int
    command: str
    since: str

    def __str__(self) -> str:
        """For messages."""
        return f"pid {self.pid} ({self.command}) since {self.since}" if self.pid else "an unknown process"


@dataclass(slots=True)
class _Held:
    """This process's hold on one lock file."""

    thread_lock: threading.RLock = field(default_factory=threading.RLock)
    depth: int = 0
    descriptor: int | None = None


_held: dict[Path, _Held] = {}
_registry = threading.Lock()


def this_process() -> Holder:
    """This process, as it is written into lock files."""
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200] if sys.argv else "python"
    return Holder(os.getpid(), command, datetime.now(UTC).isoformat(timespec="seconds"))


def read_holder(path: Path) -> Holder:
    """Who the lock file says holds it."""
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        return Holder(int(facts["pid"]), str(facts["command"]), str(facts["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Holder(0, "", "")


def write_holder(descriptor: int) -> None:
    """Write this process into the lock file that the descriptor is open on."""
    holder = this_process()
    text = json.dumps({"pid": holder.pid, "command": holder.command, "since": holder.since}).encode()
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, text, 0)


def open_lock_file(path: Path) -> int:
    """A descriptor on the lock file, which is made if need be; raises LakeError where it cannot be."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        message = f"The lock file {path} cannot be opened: {error.strerror}."
        raise LakeError(message, "Check the rights of the lake's folder.") from error


def try_flock(descriptor: int) -> bool:
    """Take the kernel's lock if it is free."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def writer_lock(settings: LakeSettings, wait_seconds: float | None = None) -> Iterator[None]:
    """Hold the writers' lock for the block. Raises LakeLocked, naming the holder, after `wait_seconds`
    (by default `settings.lock_wait_seconds`)."""
    wait = settings.lock_wait_seconds if wait_seconds is None else wait_seconds
    path = settings.lock_path
    with _registry:
        held = _held.setdefault(path, _Held())
    deadline = time.monotonic() + wait
    if not held.thread_lock.acquire(timeout=max(wait, 0)):
        raise _locked(path, wait)
    try:
        if held.depth == 0:
            held.descriptor = _acquire(path, wait, deadline)
        held.depth += 1
        try:
            yield
        finally:
            held.depth -= 1
            if held.depth == 0:
                _release(held)
    finally:
        held.thread_lock.release()


def _acquire(path: Path, wait: float, deadline: float) -> int:
    descriptor = open_lock_file(path)
    pause = FIRST_PAUSE_SECONDS
    while not try_flock(descriptor):
        if time.monotonic() >= deadline:
            os.close(descriptor)
            raise _locked(path, wait)
        time.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
    write_holder(descriptor)
    return descriptor


def _release(held: _Held) -> None:
    if held.descriptor is not None:
        # an explicit unlock: a child forked meanwhile shares the open file and would keep the lock alive
        fcntl.flock(held.descriptor, fcntl.LOCK_UN)
        os.close(held.descriptor)
        held.descriptor = None


def _locked(path: Path, wait: float) -> LakeLocked:
    message = f"The lake is locked for writing: {read_holder(path)} has held {path} for over {wait:g} s."
    return LakeLocked(message, "Let it finish, or stop that process; nothing was written.")


def _forget_after_fork() -> None:
    """A forked child holds none of its parent's locks, and must not keep them alive when the parent dies."""
    for held in _held.values():
        if held.descriptor is not None:
            os.close(held.descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_forget_after_fork)
