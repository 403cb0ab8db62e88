"""Knows how an error leaves Tocsin: one line on stderr and an exit code, never a traceback that nobody asked for."""

import os
import sys
import tempfile
import traceback
from pathlib import Path

from schemas.errors import TocsinError
from tocsin.exit_codes import INTERRUPTED, UNEXPECTED
from tocsin.layers import DEBUG_VARIABLE


def report(error: BaseException) -> int:
    """Says on stderr what went wrong and gives the exit code. With TOCSIN_DEBUG=1 the traceback comes first.

    A traceback of an error that Tocsin did not raise on purpose is kept in a file that the line names.
    """
    if os.environ.get(DEBUG_VARIABLE, "") not in ("", "0"):
        traceback.print_exception(error)
    if isinstance(error, KeyboardInterrupt):
        _say("tocsin: interrupted.")
        return INTERRUPTED
    if isinstance(error, TocsinError):
        _say(f"tocsin: {error}")
        return error.exit_code
    what = " ".join(f"{type(error).__name__}: {error}".split())
    _say(f"tocsin: unexpected {what} The traceback is in {_keep(error)}; please report it.")
    return UNEXPECTED


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


def _keep(error: BaseException) -> Path:
    """A fresh file that only this user can read (a message may hold what an article said)."""
    handle, name = tempfile.mkstemp(prefix="tocsin-error-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write("".join(traceback.format_exception(error)))
    return Path(name)
