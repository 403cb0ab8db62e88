"""The judge frame: what it derives, and that no value of a report can break it."""

from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.validation.frame import (
    ARTICLE_BASE,
    REPORT_BASE,
    article_row,
    base,
    derive_articles,
    derive_reports,
    report_row,
)
from pipelines.validation.rows import to_rows
from schemas.actors import ActorType, interaction
from schemas.report import Report
from tests.kit.coded import JUDGED_AT, article, report


def frame(*reports: Report) -> pa.RecordBatch:
    return derive_reports(base([report_row(r, article(), 0) for r in reports], REPORT_BASE))


@given(st.sampled_from(ActorType), st.none() | st.sampled_from(ActorType))
def test_interaction_by_rule_is_that_of_the_actors(one: ActorType, other: ActorType | None) -> None:
    derived = frame(report(inter1=one, inter2=other))
    assert derived["interaction_by_rule"].to_pylist() == [interaction(one, other)]


@given(st.dates(date(1000, 1, 1)), st.integers(0, 400))
def test_days_are_counted_between_any_two_dates(start: date, days: int) -> None:
    end = min(start + timedelta(days=days), date.max) if start < date(9990, 1, 1) else start
    derived = frame(report(event_date=start, event_date_end=end))
    assert derived["days_of_range"].to_pylist() == [(end - start).days]
    assert derived["days_end_after_publication"].to_pylist() == [(end - date(2026, 3, 3)).days]
    assert derived["event_date"].to_pylist() == [start.isoformat()]
    assert derived["year_of_event_date"].to_pylist() == [start.year]


@given(st.floats(-180, 180).map(lambda x: round(x, 4)))
def test_four_decimals_are_never_too_fine(value: float) -> None:
    derived = frame(report(latitude=value, longitude=value))
    assert derived["latitude_rounded"].to_pylist() == [value]
    assert derived["longitude_rounded"].to_pylist() == [value]


@given(st.integers(-1_800_000, 1_800_000), st.integers(1, 9))
def test_five_decimals_are_always_too_fine(tenthousandths: int, digit: int) -> None:
    value = tenthousandths / 10_000 + digit / 100_000
    assert frame(report(longitude=value))["longitude_rounded"].to_pylist() != [value]


def test_nan_is_infinity_so_that_bounds_catch_it() -> None:
    derived = frame(report(latitude=float("nan"), confidence=float("nan")))
    assert derived["latitude"].to_pylist() == [float("inf")]
    assert derived["confidence"].to_pylist() == [float("inf")]


def test_the_lowest_number_passes_unknown_ones_over() -> None:
    assert frame(report(abducted=None, arrested=-3))["lowest_number"].to_pylist() == [-3]


def test_a_frame_of_no_rows_has_the_columns_of_any() -> None:
    assert derive_reports(base([], REPORT_BASE)).schema == frame(report()).schema
    rows = base([article_row(article())], ARTICLE_BASE)
    assert (
        derive_articles(base([], ARTICLE_BASE), JUDGED_AT).schema == derive_articles(rows, JUDGED_AT).schema
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"latitude": "north"}, "north"),
        ({"actor1": "\ud800"}, "surrogate"),
        ({"fatalities": 10**30}, "too large"),
        ({"event_date": "2026-03-02"}, "cannot be converted"),
        ({"evidence": None}, "NoneType"),
    ],
)
def test_a_value_that_no_column_can_hold_refuses_its_own_row_alone(
    changes: dict[str, object], says: str
) -> None:
    items = [report(), report(**changes), report()]
    rows = to_rows(items, lambda r: report_row(r, article(), 0), REPORT_BASE)
    assert rows.positions == (0, 2)
    assert rows.base.num_rows == 2
    assert list(rows.refused) == [1]
    assert says in rows.refused[1]
