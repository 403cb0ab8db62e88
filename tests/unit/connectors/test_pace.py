"""How many records a poll may bring."""

from __future__ import annotations

from connectors.pace import Pace
from connectors.settings import ReadSettings

SETTINGS = ReadSettings(max_records=500, min_records=20, work_seconds=1.0)


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def settled(pace: Pace, clock: Hand, per_second: float, polls: int = 20) -> int:
    """The limit after so many polls by a coder of this speed."""
    for _ in range(polls):
        limit = pace.limit()
        pace.handed_on(limit)
        clock.now += limit / per_second
    return pace.limit()


def test_the_first_poll_brings_few_because_the_speed_is_unknown() -> None:
    assert Pace(SETTINGS, Hand()).limit() == 20


def test_a_poll_brings_work_for_about_a_second() -> None:
    clock = Hand()
    pace = Pace(SETTINGS, clock)
    assert 95 <= settled(pace, clock, 100) <= 105


def test_a_slow_coder_gets_the_least_and_a_fast_one_the_most() -> None:
    clock = Hand()
    pace = Pace(SETTINGS, clock)
    assert settled(pace, clock, 3) == 20
    assert settled(pace, clock, 1_000_000) == 500


def test_one_odd_article_does_not_change_the_pace_for_long() -> None:
    clock = Hand()
    pace = Pace(SETTINGS, clock)
    usual = settled(pace, clock, 200)
    pace.handed_on(10)
    clock.now += 30
    assert pace.limit() > usual / 2


def test_idle_polls_teach_nothing() -> None:
    clock = Hand()
    pace = Pace(SETTINGS, clock)
    usual = settled(pace, clock, 200)
    for _ in range(10):
        pace.handed_on(0)
        clock.now += 60
        assert pace.limit() == usual


def test_the_most_bounds_the_least() -> None:
    assert Pace(ReadSettings(max_records=5, min_records=20), Hand()).limit() == 5
