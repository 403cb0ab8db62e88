"""The live view of a run: throughput, lag per partition, what landed and what did not, the last commit, the broker.

Knows how a status is shown, not where it comes from: it is given a callable. On a terminal it redraws in place; a log
gets one line every ten seconds. It writes to stderr, because stdout belongs to results.
"""

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

# Four redraws a second look alive and cost under 1 % of a core.
_REDRAW_SECONDS = 0.25
# The rate is taken over this long: shorter ones jump with every Batch.
_RATE_SECONDS = 5.0
# More partitions than this would scroll a usual terminal away.
_MOST_PARTITIONS = 16


class BrokerHealth(StrEnum):
    """What the reader last knew of the broker."""

    CONNECTING = "connecting"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class RunStatus:
    """A run at one moment. Counts are since its start; `lag` is in records per partition, None where not known yet.

    `last_commit_at` is in seconds since the epoch, None before the first commit.
    """

    articles: int
    reports: int
    skips: int
    rejects: int
    lag: Mapping[str, int | None] = field(default_factory=dict)
    last_commit_at: float | None = None
    broker: BrokerHealth = BrokerHealth.CONNECTING
    broker_down_seconds: float = 0.0
    draining: bool = False

    @property
    def passed(self) -> int:
        """Articles that are done with, whatever became of them."""
        return self.articles + self.skips + self.rejects

    @property
    def lag_total(self) -> int | None:
        """Records still to be read; None while that of any partition is unknown."""
        known = [records for records in self.lag.values() if records is not None]
        return sum(known) if known and len(known) == len(self.lag) else None


class Rate:
    """Articles a second over the last few seconds, from counts noted now and then."""

    def __init__(self, seconds: float = _RATE_SECONDS) -> None:
        self._seconds = seconds
        self._notes: list[tuple[float, int]] = []

    def note(self, at_seconds: float, count: int) -> float:
        """Notes a count and gives the rate; 0.0 until there are two notes."""
        self._notes.append((at_seconds, count))
        recent = [n for n in self._notes if n[0] >= at_seconds - self._seconds]
        # one note older than the span, so that a slow caller has a rate too
        older = self._notes[: len(self._notes) - len(recent)][-1:]
        self._notes = older + recent
        (begin, before), (end, now) = self._notes[0], self._notes[-1]
        return (now - before) / (end - begin) if end > begin else 0.0


def line(status: RunStatus, rate: float, now: float) -> str:
    """The status in one line, for a log."""
    parts = [
        f"{rate:.1f} articles/s",
        f"lag {_number(status.lag_total)}",
        f"articles {status.articles}",
        f"reports {status.reports}",
        f"skips {status.skips}",
        f"rejects {status.rejects}",
        f"last commit {_ago(status.last_commit_at, now)}",
        f"broker {_health(status)}",
    ]
    return ("draining: " if status.draining else "") + ", ".join(parts)


def view(status: RunStatus, rate: float, now: float) -> RenderableType:
    """The status for a terminal: a line of totals above the lag of each partition."""
    totals = Table.grid(padding=(0, 2))
    totals.add_row(
        Text(f"{rate:.1f} articles/s", style="bold"),
        f"reports {status.reports}",
        f"skips {status.skips}",
        Text(f"rejects {status.rejects}", style="yellow" if status.rejects else ""),
        f"last commit {_ago(status.last_commit_at, now)}",
        Text(f"broker {_health(status)}", style="red" if status.broker is BrokerHealth.DOWN else "green"),
    )
    foot = Text(
        "draining: what was read is being landed" if status.draining else "Ctrl-C drains and ends",
        style="dim",
    )
    return Group(totals, _lags(status), foot)


def _lags(status: RunStatus) -> Table:
    table = Table.grid(padding=(0, 2))
    shown = sorted(status.lag.items(), key=lambda item: -(item[1] or 0))[:_MOST_PARTITIONS]
    for name, records in sorted(shown):
        table.add_row(f"  {name}", f"lag {_number(records)}")
    if len(status.lag) > _MOST_PARTITIONS:
        table.add_row(
            f"  and {len(status.lag) - _MOST_PARTITIONS} more", f"lag in all {_number(status.lag_total)}"
        )
    return table


def _number(value: int | None) -> str:
    return "unknown" if value is None else f"{value:,}"


def _ago(at: float | None, now: float) -> str:
    return "none yet" if at is None else f"{max(0.0, now - at):.0f} s ago"


def _health(status: RunStatus) -> str:
    if status.broker is BrokerHealth.DOWN and status.broker_down_seconds:
        return f"down for {status.broker_down_seconds:.0f} s"
    return status.broker.value


class LiveView:
    """Shows a run while its block lasts: `with LiveView(status): run()`. Never raises what the callable raises twice.

    `status` is called from a thread of the view, up to four times a second; it must be quick and must not block.
    """

    def __init__(
        self, status: Callable[[], RunStatus], console: Console | None = None, *, line_seconds: float = 10.0
    ) -> None:
        self._status = status
        self._console = console or Console(stderr=True)
        self._line_seconds = line_seconds
        self._rate = Rate()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="live-view", daemon=True)

    def __enter__(self) -> Self:
        """Starts to show."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Shows the last state and ends."""
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        terminal = self._console.is_terminal
        live = Live(console=self._console, auto_refresh=False, transient=False) if terminal else None
        with live or nullcontext():
            while not self._ended.wait(_REDRAW_SECONDS if terminal else self._line_seconds):
                self._show(live)
            self._show(live)

    def _show(self, live: Live | None) -> None:
        status = self._status()
        rate = self._rate.note(time.monotonic(), status.passed)
        if live:
            live.update(view(status, rate, time.time()), refresh=True)
        else:
            self._console.print(
                line(status, rate, time.time()), soft_wrap=True, highlight=False, markup=False
            )
