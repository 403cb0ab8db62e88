"""The views of recoding: which report is whose counterpart, what differs, and the series of one version."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.kit.rows import MemoryLake, insert

OLD, NEW = "1.aaaa", "2.bbbb"
THEN = datetime(2026, 3, 1, tzinfo=UTC)
CLASH = {
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "country": "Mali",
    "event_date": date(2026, 3, 2),
    "event_date_end": date(2026, 3, 2),
    "location": "Ambara",
    "fatalities": 2,
}


@pytest.fixture
def lake() -> MemoryLake:
    return MemoryLake()


def code(
    lake: MemoryLake,
    coding: str,
    *reports: dict[str, Any],
    version: str = OLD,
    by: str | None = None,
    text: str = "t",
    article: str = "a",
    ledger: str = "kafka:articles/0",
) -> None:
    """A coding of an article with these reports; its landing is as late as its name is long."""
    shared = {
        "coding_id": coding,
        "article_id": article,
        "text_sha256": text,
        "coder_version": version,
        "superseded_by": by,
        "ledger": ledger,
        "ingested_at": THEN + timedelta(minutes=len(coding)),
    }
    insert(lake, "codings", **shared, reports_landed=len(reports), reports_coded=len(reports))
    for n, report in enumerate(reports):
        insert(lake, "reports", **{"report_id": f"{coding}.{n}", **CLASH, **report}, **shared)


def recode(lake: MemoryLake, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """One article in two codings; gives (change, old report, new report, changed columns) of each row."""
    code(lake, "o", *old, by="nn")
    code(lake, "nn", *new, version=NEW, ledger="@recode")
    return lake.rows(
        "SELECT change, old_report_id, new_report_id, changed_columns FROM recoding_changes "
        "ORDER BY old_report_id NULLS LAST, new_report_id"
    )


def test_the_same_report_is_unchanged_whatever_its_confidence(lake: MemoryLake) -> None:
    found = recode(lake, [{"confidence": 0.5, "notes": "a"}], [{"confidence": 0.9, "notes": "b"}])
    assert found == [("unchanged", "o.0", "nn.0", [])]


def test_what_differs_is_named(lake: MemoryLake) -> None:
    better = {"event_date": date(2026, 3, 9), "actor2": "Civilians (Mali)", "fatalities": 3, "location": None}
    ((change, _, _, columns),) = recode(lake, [{}], [better])
    assert change == "changed"
    assert columns == ["event_date", "actor2", "location", "fatalities"]


@pytest.mark.parametrize(
    "other",
    [
        {"country": "Niger"},
        {"country": None},
        {"event_type": "Riots", "sub_event_type": "Mob violence"},
        {"event_date": date(2026, 3, 10)},
    ],
)
def test_another_country_type_or_week_is_another_event(lake: MemoryLake, other: dict[str, Any]) -> None:
    assert recode(lake, [{}], [other]) == [("lost", "o.0", None, []), ("gained", None, "nn.0", [])]


def test_events_without_a_country_have_counterparts_too(lake: MemoryLake) -> None:
    assert recode(lake, [{"country": None}], [{"country": None}]) == [("unchanged", "o.0", "nn.0", [])]


def test_an_article_may_lose_or_gain_all_its_events(lake: MemoryLake) -> None:
    code(lake, "o", {}, {"country": "Niger"}, by="nn")
    code(lake, "nn", version=NEW, ledger="@recode")
    code(lake, "p", article="b", by="mm")
    code(lake, "mm", {}, article="b", version=NEW, ledger="@recode")
    told = lake.rows("SELECT article_id, change, country FROM recoding_changes ORDER BY ALL")
    assert told == [("a", "lost", "Mali"), ("a", "lost", "Niger"), ("b", "gained", "Mali")]


def test_each_report_has_one_counterpart_the_nearest(lake: MemoryLake) -> None:
    days = [{"event_date": date(2026, 3, day)} for day in (1, 4, 7)]
    later = [{"event_date": date(2026, 3, day)} for day in (7, 1)]
    found = recode(lake, days, later)
    assert [row[:3] for row in found] == [
        ("unchanged", "o.0", "nn.1"),
        ("lost", "o.1", None),
        ("unchanged", "o.2", "nn.0"),
    ]


def test_many_alike_reports_are_all_paired(lake: MemoryLake) -> None:
    found = recode(lake, [{}] * 4, [{"fatalities": 2}] * 3)
    assert [row[0] for row in found] == ["unchanged"] * 3 + ["lost"]
    assert len({row[2] for row in found}) == 4


def test_the_same_words_and_type_are_the_counterpart_before_a_nearer_day(lake: MemoryLake) -> None:
    same = {"report_id": "same", "event_date": date(2026, 3, 4)}
    found = recode(lake, [{"report_id": "same"}], [same, {}])
    assert [row[:3] for row in found] == [("changed", "same", "same"), ("gained", None, "nn.1")]


def test_a_revision_or_a_replay_by_the_same_version_is_no_recoding(lake: MemoryLake) -> None:
    code(lake, "o", {}, by="nn")
    code(lake, "nn", {}, {}, text="newer", by="mmm")
    code(lake, "mmm", {}, {}, text="newer", ledger="@replay")
    assert lake.rows("FROM recoding_changes") == []


def test_the_sums_by_type_country_and_month(lake: MemoryLake) -> None:
    april = {"event_date": date(2026, 4, 2), "fatalities": 9}
    code(lake, "o", {}, april, by="nn")
    code(lake, "nn", {"fatalities": 5}, version=NEW, ledger="@recode")
    march, april_row = lake.dicts("SELECT * FROM recodings ORDER BY month")
    assert march == {
        "from_version": OLD,
        "to_version": NEW,
        "event_type": "Battles",
        "country": "Mali",
        "month": date(2026, 3, 1),
        "reports_before": 1,
        "reports_after": 1,
        "unchanged": 0,
        "changed": 1,
        "gained": 0,
        "lost": 0,
        "fatalities_before": 2,
        "fatalities_after": 5,
    }
    assert (april_row["lost"], april_row["fatalities_before"], april_row["fatalities_after"]) == (1, 9, 0)


def of_version(lake: MemoryLake, version: str) -> list[str]:
    rows = lake.rows("SELECT report_id FROM tocsin.reports_of_version(?) ORDER BY 1", [version])
    return [report for (report,) in rows]


def test_the_series_of_a_version_is_what_it_coded_then(lake: MemoryLake) -> None:
    code(lake, "o", {}, {}, by="nn")
    code(lake, "nn", {}, version=NEW, by="mmm", ledger="@recode")
    code(lake, "mmm", {}, {}, {}, version="3.cccc", ledger="@recode")
    assert of_version(lake, OLD) == ["o.0", "o.1"]
    assert of_version(lake, NEW) == ["nn.0"]
    assert len(of_version(lake, "3.cccc")) == 3
    assert of_version(lake, "4.dddd") == []


def test_the_series_of_a_version_holds_the_last_revision_that_it_coded(lake: MemoryLake) -> None:
    code(lake, "o", {}, by="nn")
    code(lake, "nn", {}, text="newer", by="rrrr")
    code(lake, "rrrr", {}, text="newer", version=NEW, ledger="@recode")
    # a replay of an older revision lands last, and already superseded
    code(lake, "older", {}, text="oldest", by="nn", ledger="@replay")
    assert of_version(lake, OLD) == ["nn.0"]
