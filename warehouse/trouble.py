"""What a DuckDB error means for a landing. Knows DuckDB's exceptions and the words of SQLite and the system."""

from enum import Enum, auto

import duckdb


class Trouble(Enum):
    """What to do about it."""

    BUSY = auto()  # another process holds the catalog: wait and try again
    FULL = auto()  # no space: stop, keep what is there
    DATA = auto()  # a value that cannot be inserted: find its record
    OTHER = auto()  # stop


_FULL = ("no space left", "disk is full", "disk full", "file too large", "quota exceeded", "disk quota")
_BUSY = ("database is locked", "database table is locked", "conflict", "busy")
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
    if any(w in words for w in _BUSY):
        return Trouble.BUSY
    return Trouble.DATA if isinstance(error, _DATA) else Trouble.OTHER
