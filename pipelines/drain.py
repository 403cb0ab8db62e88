"""The drain: how a running stream is asked to end, and why. One flag for the process.

It lives in an importable module because Beam pickles what stands in `__main__` by value: a flag there would be a copy.
"""

import threading
from enum import Enum


class Reason(Enum):
    """Why the stream drains."""

    STOP = "stop"  # SIGTERM, Ctrl-C
    CAUGHT_UP = "caught up"  # every partition has reached the end it had at the start
    GENERATION = "generation"  # time is up or the topic has grown: drain, then build the graph again


_requested = threading.Event()
_reason: list[Reason] = []


def request(reason: Reason) -> None:
    """Ask the stream to end after the Batch in hand; a STOP outranks whatever was asked before. Signal-safe."""
    if reason is Reason.STOP:
        _reason.insert(0, reason)
    else:
        _reason.append(reason)
    _requested.set()


def requested() -> bool:
    """Whether a drain was asked for."""
    return _requested.is_set()


def reason() -> Reason | None:
    """Why; None while nothing was asked."""
    return _reason[0] if _reason else None


def next_generation() -> None:
    """Forget everything but a STOP, before the graph is built anew; a STOP that came meanwhile is kept."""
    _reason[:] = [r for r in _reason if r is Reason.STOP]
    if not _reason:
        _requested.clear()
    if _reason:  # a signal may have come between the two lines above
        _requested.set()


def clear() -> None:
    """Forget every request, before a new run."""
    _requested.clear()
    _reason.clear()
