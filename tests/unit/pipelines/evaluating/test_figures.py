"""Figures: precision, recall, silence, columns, types; intervals and calibration."""

import pytest

from pipelines.evaluating.calibration import calibration, stated
from pipelines.evaluating.figures import figures
from pipelines.evaluating.share import Share
from schemas.taxonomy import EventType, SubEventType
from tests.kit.evaluated import gold, judged, told

MISSED = judged([gold()], [])
RIGHT = judged([gold()], [told(1)])
INVENTED = judged([], [told(2, confidence=0.4)])
BACKGROUND = judged([gold(main=False)], [told(3)])
SILENT = judged([], [])


def test_events_found_and_invented() -> None:
    found = figures([RIGHT, MISSED, INVENTED, SILENT, BACKGROUND])
    assert (found.articles, found.recall, found.precision, found.silent) == (
        5,
        Share(1, 2),
        Share(1, 2),
        Share(1, 2),
    )
    assert found.f1 == pytest.approx(50)


def test_f1_of_nothing_is_unknown() -> None:
    assert figures([SILENT]).f1 is None


def test_a_missed_event_is_wrong_in_its_columns_but_not_among_those_found() -> None:
    country = next(c for c in figures([RIGHT, MISSED]).columns if c.name == "country")
    assert (country.of_due, country.of_found) == (Share(1, 2), Share(1, 1))


def test_types_count_what_was_found_as_another_type() -> None:
    other = judged(
        [gold()],
        [told(1, sub_event_type=SubEventType.ATTACK, event_type=EventType.VIOLENCE_AGAINST_CIVILIANS)],
    )
    clash, attack = figures([RIGHT, other]).types
    assert (clash.sub_event_type, clash.found, clash.recall) == (
        SubEventType.ARMED_CLASH,
        Share(2, 2),
        Share(1, 2),
    )
    assert clash.precision == Share(1, 1)
    assert (attack.found, attack.precision) == (Share(0, 0), Share(0, 1))


def test_wilsons_interval_holds_its_known_values() -> None:
    # 8 of 10: Wilson (1927), computed by hand to one decimal
    assert Share(8, 10).interval == pytest.approx((49.0, 94.3), abs=0.1)
    assert Share(8, 10).percent == 80
    assert Share(0, 0).interval is None
    assert Share(0, 0).percent is None


def test_confidence_is_compared_with_the_share_that_is_right() -> None:
    told_so = stated([RIGHT, INVENTED, BACKGROUND])
    assert sorted(told_so) == [(0.4, False), (0.8, True), (0.8, True)]
    found = calibration(told_so)
    assert [(b.low, b.high, b.share) for b in found.bins] == [
        (0.4, 0.5, Share(0, 1)),
        (0.8, 0.9, Share(2, 2)),
    ]
    assert found.error == pytest.approx((40 + 2 * 20) / 3)
    assert calibration([]).error is None


def test_full_confidence_falls_into_the_last_bin() -> None:
    assert [b.high for b in calibration([(1.0, True), (0.7, True)]).bins] == [pytest.approx(0.8), 1.0]
