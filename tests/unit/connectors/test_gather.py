"""How long records are gathered: a little for who waits, not at all for who comes late, never beyond a bound."""

from collections import deque
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from connectors.gather import Gatherer, by_partition
from connectors.settings import ReadSettings

SETTINGS = ReadSettings(
    first_wait_seconds=0.3, gather_seconds=0.2, flood_gather_seconds=2.0, max_poll_bytes=1000
)


@dataclass
class Clock:
    """A clock that moves when someone waits."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Log:
    """A consumer of records that are written at their times; one fetch gives at most what the last one left behind."""

    def __init__(self, clock: Clock, *written: tuple[float, int]) -> None:
        self.clock = clock
        self.written = deque((100 + at, count) for at, count in written)

    def poll(self, timeout_ms: float, max_records: int) -> dict[str, list[Any]]:
        """One write, when it is there; waits for it as long as told."""
        until = self.clock.now + timeout_ms / 1000
        if not self.written or self.written[0][0] > until:
            self.clock.now = until
            return {}
        at, count = self.written.popleft()
        self.clock.now = max(self.clock.now, at)
        return {"0": [SimpleNamespace(partition=0, offset=n, key=b"", value=b"x") for n in range(count)]}


def gathered(clock: Clock, log: Log, limit: int = 500, away: float = 0.0) -> tuple[int, float]:
    """How many records were given, and after how many seconds."""
    gatherer = Gatherer(log, SETTINGS, clock, clock.sleep)  # type: ignore[arg-type]
    clock.now += away
    began = clock.now
    return len(gatherer.gather(limit)), round(clock.now - began, 3)


def test_without_a_record_it_waits_for_a_first_one() -> None:
    clock = Clock()
    assert gathered(clock, Log(clock)) == (0, 0.3)


def test_who_waited_gathers_for_a_while_after_the_first() -> None:
    clock = Clock()
    log = Log(clock, (0.1, 1), (0.2, 1), (0.25, 1), (0.9, 1))
    assert gathered(clock, log) == (3, 0.3)


def test_who_comes_late_gets_what_lies_ready_and_does_not_wait() -> None:
    clock = Clock()
    log = Log(clock, (0.0, 1), (0.0, 28), (0.72, 1), (0.75, 1))
    assert gathered(clock, log, away=0.7) == (30, 0.02)


def test_who_comes_late_and_finds_little_waits_no_longer_than_others() -> None:
    clock = Clock()
    assert gathered(clock, Log(clock, (0.0, 1)), away=0.7) == (1, 0.2)


def test_a_flood_is_gathered_until_it_ebbs_or_a_bound_is_reached() -> None:
    clock = Clock()
    flood = [(0.1 * n, 25) for n in range(40)]
    count, seconds = gathered(clock, Log(clock, *flood), limit=5000)
    assert 1.9 <= seconds <= 2.1
    assert count == 25 * 21
    clock = Clock()
    assert gathered(clock, Log(clock, *flood), limit=50) == (50, 0.1)


def test_what_exceeds_a_bound_is_kept_and_comes_first_the_next_time() -> None:
    clock = Clock()
    log = Log(clock, (0.0, 30))
    gatherer = Gatherer(log, SETTINGS, clock, clock.sleep)  # type: ignore[arg-type]
    assert [record.offset for record in gatherer.gather(10)] == list(range(10))
    assert gatherer.first_kept(0) == 10
    assert [record.offset for record in gatherer.gather(500)] == list(range(10, 30))
    assert gatherer.first_kept(0) is None


def test_records_are_parted_by_partition_in_their_order() -> None:
    records = [SimpleNamespace(partition=p, offset=n) for n, p in enumerate([1, 0, 1])]
    parts = by_partition(records)  # type: ignore[arg-type]
    assert {p: [r.offset for r in part] for p, part in parts.items()} == {1: [0, 2], 0: [1]}
