"""What a DuckDB error means for a writer: wait, make space, look for the record, or stop.

Knows DuckDB's exceptions and the words of SQLite and the system; gives them the names of our error tree.
"""

import time
from collections.abc import Callable
from enum import Enum, auto
from typing import TypeVar

import duckdb

from schemas.errors import LakeError, LakeFull, LakeLocked
from warehouse.settings import LakeSettings

T = TypeVar("T")

# between two tries while another process holds the catalog; SQLite itself has waited before
PAUSE_SECONDS = 0.1


class Trouble(Enum):
    """What to do about it."""

    BUSY = auto()  # another process holds the catalog: wait and try again
    FULL = auto()  # no space: stop, keep what is there
    DISK = auto()  # reading or writing a file fails: stop, let a person look
    DATA = auto()  # a value that cannot be inserted: find its record
    OTHER = auto()  # stop


_FULL = ("no space left", "disk is full", "disk full", "file too large", "quota exceeded", "disk quota")
# SQLite says this of whatever the system refuses but a full disk, of an exhausted quota too
_DISK = ("disk i/o error", "input/output error")
_BUSY = ("database is locked", "database table is locked", "conflict")
_DATA = (
    duckdb.DataError,
    duckdb.IntegrityError,
    duckdb.InvalidInputException,
    duckdb.NotSupportedError,
)


def trouble(error: Exception) -> Trouble:
    """The kind of the error, by its class where that tells, else by its words."""
    words = str(error).lower()
    if any(w in words for w in _FULL):
        return Trouble.FULL
    if any(w in words for w in _DISK):
        return Trouble.DISK
    if any(w in words for w in _BUSY):
        return Trouble.BUSY
    return Trouble.DATA if isinstance(error, _DATA) else Trouble.OTHER


def named(error: Exception, settings: LakeSettings) -> LakeError:
    """DuckDB's error by our name, on one line."""
    where, error_line = settings.path, " ".join(str(error).split())
    match trouble(error):
        case Trouble.FULL:
            return LakeFull(
                f"No space is left in {where}: {error_line}", "Nothing was lost. Make space, then run again."
            )
        case Trouble.DISK:
            message = f"The disk under {where} refused a file: {error_line}"
            return LakeError(message, "Nothing was lost. See to its space, quota and health, then run again.")
        case Trouble.BUSY:
            message = f"The catalog in {where} stayed locked by another process: {error_line}"
            return LakeLocked(message, "Nothing was written. Find who holds it (`fuser`), then run again.")
        case _:
            message = f"The lake in {where} refused to be written: {error_line}"
            return LakeError(message, "Nothing was written. Run `tocsin doctor`.")


def patiently(settings: LakeSettings, write: Callable[[], T]) -> T:
    """`write()`, again and again while another process holds the catalog, for `lock_wait_seconds` at most.

    Raises LakeLocked after that, LakeFull and LakeError for DuckDB's other errors. `write` must be safe to repeat.
    """
    deadline = time.monotonic() + settings.lock_wait_seconds
    while True:
        try:
            return write()
        except duckdb.Error as error:
            if trouble(error) is not Trouble.BUSY or time.monotonic() >= deadline:
                raise named(error, settings) from error
        time.sleep(PAUSE_SECONDS)
