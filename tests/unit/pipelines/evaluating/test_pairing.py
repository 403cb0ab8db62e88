"""Pairs: each report stands for at most one event, the one that it agrees with most; due events come first."""

from datetime import date

import pytest

from pipelines.evaluating.columns import COLUMNS
from pipelines.evaluating.gold import GoldEvent
from schemas.precision import Scope
from schemas.report import Report
from schemas.taxonomy import EventType, SubEventType
from tests.kit.evaluated import gold, judged, told


def test_of_several_reports_the_one_that_agrees_most_stands_for_the_event() -> None:
    near, exact = told(1, fatalities=9, event_date=date(2026, 3, 3)), told(2)
    one = judged([gold()], [near, exact])
    assert one.due[0].report == exact
    assert one.invented == (near,)


def test_pairs_agree_most_in_sum_not_one_after_another() -> None:
    first, second = gold(fatalities=2), gold(fatalities=5, location="Gao")
    one = judged([second, first], [told(1, fatalities=2), told(2, fatalities=5, location="Gao")])
    assert [pair.report.report_id for pair in one.due if pair.report] == ["report-2", "report-1"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (gold(country="Niger"), told(1)),
        (gold(event_date=date(2026, 2, 1), event_date_end=date(2026, 2, 2)), told(1)),
        (gold(sub_event_type=SubEventType.PEACEFUL_PROTEST), told(1)),
    ],
    ids=["country", "weeks apart", "family"],
)
def test_what_cannot_be_one_event_is_missed_and_invented(wanted: GoldEvent, found: Report) -> None:
    one = judged([wanted], [found])
    assert one.due[0].report is None
    assert one.invented == (found,)


def test_a_report_without_a_country_and_of_the_same_family_may_stand_for_it() -> None:
    found = told(
        1, country=None, sub_event_type=SubEventType.ATTACK, event_type=EventType.VIOLENCE_AGAINST_CIVILIANS
    )
    assert judged([gold()], [found]).found == 1


def test_an_accident_has_no_type_that_could_differ() -> None:
    wanted = gold(scope=Scope.ACCIDENT, sub_event_type=SubEventType.OTHER)
    assert judged([wanted], [told(1)]).found == 1
    assert not any(
        column.due(wanted) for column in COLUMNS if column.name in ("event_type", "sub_event_type")
    )


def test_background_is_neither_due_nor_invented() -> None:
    one = judged([gold(main=False)], [told(1)])
    assert (one.found, one.invented, one.is_quiet) == (0, (), False)
    assert judged([gold(main=False), gold()], [told(1)]).due[0].report is not None
    assert judged([], []).is_quiet
