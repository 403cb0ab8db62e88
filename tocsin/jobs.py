"""From the configuration to a Job, and from the board to what a person sees; shared by run, backfill and demo."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType

from pipelines import drain
from pipelines.board import BOARD
from pipelines.job import Job
from tocsin.config import Settings
from tocsin.live import BrokerHealth, RunStatus


def job(settings: Settings, **changes: object) -> Job:
    """The job of a configuration; `changes` are the fields of Job that flags set."""
    return Job(
        kafka=settings.kafka,
        read=settings.read,
        lake=settings.lake,
        maintain=settings.maintain,
        coder=settings.coder,
        parse=settings.parse,
        run=settings.run,
        **changes,  # type: ignore[arg-type]
    )


def status() -> RunStatus:
    """The board at this moment."""
    counts = BOARD.counts
    down = BOARD.broker_down_since
    return RunStatus(
        articles=counts["articles"],
        reports=counts["reports"],
        skips=counts["skips"],
        rejects=counts["rejects"],
        lag={str(partition): lag for partition, lag in sorted(BOARD.lag.items())},
        last_commit_at=BOARD.last_commit_at,
        broker=_health(down),
        broker_down_seconds=(datetime.now(UTC) - down).total_seconds() if down else 0.0,
        draining=drain.requested(),
    )


def counts_told() -> str:
    """What this process has landed, in one line."""
    counts = BOARD.counts
    return ", ".join(f"{counts[name]} {name}" for name in ("articles", "reports", "skips", "rejects"))


def _health(down_since: datetime | None) -> BrokerHealth:
    if down_since is not None:
        return BrokerHealth.DOWN
    return BrokerHealth.UP if BOARD.lag else BrokerHealth.CONNECTING


@contextmanager
def draining_on_signals() -> Iterator[None]:
    """Within the block SIGTERM and Ctrl-C ask for a drain; a second Ctrl-C ends at once (nothing is half-done)."""
    drain.clear()
    before = {number: signal.signal(number, _on_signal) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _on_signal(number: int, frame: FrameType | None) -> None:
    again = drain.requested() and drain.reason() is drain.Reason.STOP
    drain.request(drain.Reason.STOP)
    if again and number == signal.SIGINT:
        raise KeyboardInterrupt
