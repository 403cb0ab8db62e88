"""The lease of a share: one process reads share i of n of a lake's partitions; a second one is refused at once.

Knows the lock files of shares and of work that is done by one process alone. The lease keeps two readers from doing the same work; the ledger's fence is what keeps
the rows right, with or without it.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schemas.errors import LakeError, ShareTaken
from warehouse.lock import open_lock_file, read_holder, try_flock, write_holder
from warehouse.settings import LakeSettings


@contextmanager
def share_lease(settings: LakeSettings, index: int, count: int, of: str = "") -> Iterator[None]:
    """Hold share `index` of `count` (from 1) for the block; `of` names what is shared, where a lake takes in several
    topics.

    Raises ShareTaken, naming the holder, if another process holds the same share, or any share of another count:
    1/2 beside 1/3 would read some partitions twice and others never.
    """
    folder = settings.path / "leases"
    _make(folder)
    with _locked(folder / f"{of or 'all'}.taking"):
        _refuse_other_counts(folder, of, count)
        lease = _take(folder / _name(of, index, count), index, count)
    try:
        yield
    finally:
        fcntl.flock(lease, fcntl.LOCK_UN)
        os.close(lease)


@contextmanager
def sole_lease(settings: LakeSettings, work: str) -> Iterator[None]:
    """Hold the lease of work that one process at a time does in a lake, such as `recode`; raises ShareTaken, naming
    the holder, if another one does it."""
    folder = settings.path / "leases"
    _make(folder)
    path = folder / f"{work}.sole"
    lease = open_lock_file(path)
    if not try_flock(lease):
        os.close(lease)
        message = f"Another process does this already: {read_holder(path)}."
        raise ShareTaken(message, "Let it finish, or stop it; nothing was done.")
    write_holder(lease)
    try:
        yield
    finally:
        fcntl.flock(lease, fcntl.LOCK_UN)
        os.close(lease)


def _name(of: str, index: int, count: int) -> str:
    return f"{of or 'all'}.{index}-of-{count}"


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The folder {folder} cannot be made: {error.strerror}."
        raise LakeError(message, "Set lake.folder to a folder that you may write.") from error


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Taking a share is done by one process at a time; it takes a millisecond, so whoever comes second waits."""
    descriptor = open_lock_file(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _refuse_other_counts(folder: Path, of: str, count: int) -> None:
    for path in sorted(folder.glob(f"{of or 'all'}.*-of-*")):
        index, _, other = path.name.rpartition(".")[2].partition("-of-")
        if int(other) != count and _is_held(path):
            raise _taken(path, int(index), int(other))


def _is_held(path: Path) -> bool:
    descriptor = open_lock_file(path)
    try:
        return not try_flock(descriptor)
    finally:
        os.close(descriptor)


def _take(path: Path, index: int, count: int) -> int:
    descriptor = open_lock_file(path)
    if not try_flock(descriptor):
        os.close(descriptor)
        raise _taken(path, index, count)
    write_holder(descriptor)
    return descriptor


def _taken(path: Path, index: int, count: int) -> ShareTaken:
    message = f"Share {index}/{count} is read by {read_holder(path)}."
    return ShareTaken(message, "Give each process its own --share i/n with the same n, or stop that one.")
