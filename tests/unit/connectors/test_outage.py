"""How an outage is sat out."""

from __future__ import annotations

import logging

import pytest

from connectors.outage import Outage


class Hand:
    """A clock that sleeps by moving."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        """The time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Moves."""
        self.slept.append(seconds)
        self.now += seconds


def tries(outage: Outage, hand: Hand, count: int) -> list[float]:
    """Fails so many times; gives the pauses between tries."""
    pauses = []
    for _ in range(count):
        before = hand.now
        outage.failed("nobody there")
        while not outage.wait(0.3):
            pass
        pauses.append(hand.now - before)
    return pauses


def test_tries_are_spaced_ever_wider_up_to_the_bound() -> None:
    hand = Hand()
    outage = Outage(5.0, hand, hand.sleep)
    assert tries(outage, hand, 7) == pytest.approx([0.25, 0.5, 1.0, 2.0, 4.0, 5.0, 5.0])
    assert max(hand.slept) <= 0.3 + 1e-9


def test_nothing_waits_before_the_first_failure_and_after_the_end() -> None:
    hand = Hand()
    outage = Outage(5.0, hand, hand.sleep)
    assert outage.wait(0.3)
    tries(outage, hand, 3)
    outage.over()
    assert outage.wait(0.3)
    assert tries(outage, hand, 1) == pytest.approx([0.25])


def test_it_is_said_once_and_its_beginning_is_kept(caplog: pytest.LogCaptureFixture) -> None:
    hand = Hand()
    outage = Outage(5.0, hand, hand.sleep)
    with caplog.at_level(logging.INFO, logger="tocsin.connectors"):
        outage.failed("nobody there")
        since = outage.since
        tries(outage, hand, 5)
        assert outage.since == since is not None
        outage.over()
        outage.over()
    assert outage.since is None
    assert [record.getMessage().split(" (")[0].split(", after")[0] for record in caplog.records] == [
        "Kafka does not serve us",
        "Kafka serves us again",
    ]


def test_a_very_long_outage_does_not_overflow() -> None:
    hand = Hand()
    outage = Outage(5.0, hand, hand.sleep)
    outage.failures = 10_000
    outage.failed("nobody there")
    assert not outage.wait(0.3)
