"""The views over a lake in memory: what they show, what they hide, and that every column has its words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.article import PublishedBasis
from schemas.reject import RejectCode, RejectStatus, Stage
from schemas.skip import SkipReason
from schemas.tables import TABLES
from tests.kit.rows import LEDGER_TABLE, MemoryLake, insert
from warehouse import views
from warehouse.views import NAMES, definitions, digest, parse

L = "kafka:articles/0"


@pytest.fixture
def now() -> datetime:
    """The instant at which the test begins; the module may have been imported minutes before."""
    return datetime.now(UTC)


@pytest.fixture
def lake() -> MemoryLake:
    return MemoryLake()


def code(
    lake: MemoryLake, offset: int, reports: int = 0, *, superseded_by: str | None = None, **article: object
) -> None:
    """One coding at this offset, with its article and reports."""
    key = {"article_id": f"a{offset}", "text_sha256": f"t{offset}", "ledger": L, "offset": offset}
    insert(lake, "articles", **key, **article)
    coding = f"c{offset}"
    insert(
        lake,
        "codings",
        **key,
        coding_id=coding,
        superseded_by=superseded_by,
        reports_coded=reports,
        reports_landed=reports,
    )
    for n in range(reports):
        insert(
            lake, "reports", **key, report_id=f"r{offset}.{n}", coding_id=coding, superseded_by=superseded_by
        )


def ledger(lake: MemoryLake, **counts: object) -> None:
    lake.execute(f"DELETE FROM {LEDGER_TABLE}")
    insert(lake, LEDGER_TABLE, ledger=L, **counts)


def test_every_column_of_every_view_table_and_macro_has_words(lake: MemoryLake) -> None:
    described = {(r, c) for r, c in lake.rows("SELECT relation, column_name FROM dictionary WHERE doc <> ''")}
    shown = set(
        lake.rows(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'tocsin' AND table_name NOT LIKE 'ledger\\_%' ESCAPE '\\'"
        )
    )
    shown |= {("ledger_changes", c.name) for c in TABLES["ledger_changes"].columns}
    assert shown <= described
    assert {r for r, _ in described} >= {*NAMES, *TABLES, "ledgers", "dictionary"}


def test_a_column_that_two_tables_have_takes_the_words_of_the_table_it_comes_from(lake: MemoryLake) -> None:
    sql = "SELECT relation, doc FROM dictionary WHERE column_name = 'article_id'"
    words = dict(lake.rows(sql))
    assert words["aggregates"] == words["reports_latest"] == words["reports"]
    assert words["articles_latest"] == words["articles"] != words["reports"]


def test_a_view_whose_column_nobody_explains_cannot_be_made(
    lake: MemoryLake, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = parse("-- view silent: A view.\nSELECT 1 AS mystery")
    monkeypatch.setattr(views, "definitions", lambda: (silent,))
    with pytest.raises(KeyError, match=r"silent\.mystery has no words"):
        views.create_views(lake)  # type: ignore[arg-type]


def test_every_view_carries_a_comment(lake: MemoryLake) -> None:
    views = dict(
        lake.rows(
            "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal AND view_name <> 'ledgers'"
        )
    )
    assert all(views.values())
    assert views["reports_latest"].startswith("The reports of each article's current coding")


def test_a_macro_names_its_tables_with_the_alias_and_a_view_does_not() -> None:
    for d in definitions():
        assert ("tocsin." in d.select) == (d.parameters is not None), d.name


def test_a_file_without_a_header_is_refused() -> None:
    with pytest.raises(ValueError, match="not a header"):
        parse("SELECT 1")


def test_the_digest_is_the_same_until_a_definition_changes() -> None:
    before = digest()
    digest.cache_clear()
    assert digest() == before
    assert len(before) == 16


def test_reports_latest_hides_superseded_codings(lake: MemoryLake) -> None:
    code(lake, 1, 2, superseded_by="c2")
    code(lake, 2, 1)
    assert lake.rows("SELECT report_id FROM reports_latest") == [("r2.0",)]
    assert lake.rows("SELECT article_id, reports_landed FROM articles_latest") == [("a2", 1)]


def test_aggregates_are_the_current_reports_of_several_incidents(lake: MemoryLake) -> None:
    for id_, n, by in (("one", 1, None), ("many", 2162, None), ("old", 302, "c9")):
        insert(lake, "reports", report_id=id_, incident_count=n, superseded_by=by)
    assert lake.rows("SELECT report_id FROM aggregates") == [("many",)]


def test_evidence_cuts_the_words_out_of_text_and_title(lake: MemoryLake) -> None:
    # Written for this test. The emoji is one character to Python, so it has to be one to SQL.
    title, text = "Three die in Herat", "🚨 Gunmen shot three people. Nobody claimed it."
    insert(
        lake, "articles", article_id="a", text_sha256="t", title=title, text=text, url="https://example.org/1"
    )
    start = text.index("three")
    evidence = [
        {"field": "fatalities", "sentence": text, "part": "text", "start": start, "end": start + 5},
        {"field": "location", "sentence": title, "part": "title", "start": 13, "end": 18},
    ]
    insert(lake, "reports", report_id="r", article_id="a", text_sha256="t", evidence=evidence)
    insert(
        lake, "reports", report_id="r", article_id="a", text_sha256="t", evidence=evidence, superseded_by="c"
    )
    found = lake.dicts("SELECT * FROM tocsin.evidence('r')")
    assert [(f["field"], f["words"]) for f in found] == [("fatalities", "three"), ("location", "Herat")]
    assert {f["url"] for f in found} == {"https://example.org/1"}


def test_rejects_open_shows_only_open_ones_without_payload(lake: MemoryLake, now: datetime) -> None:
    insert(lake, "rejects", reject_id="new", payload=b"x", first_seen_at=now)
    insert(lake, "rejects", reject_id="old", payload=b"x", first_seen_at=now - timedelta(hours=1))
    insert(lake, "rejects", reject_id="done", status=RejectStatus.DISCARDED)
    found = lake.dicts("SELECT * FROM rejects_open")
    assert [f["reject_id"] for f in found] == ["old", "new"]
    assert 3600 <= found[0]["age_seconds"] < 3700
    assert "payload" not in found[0]


def test_coverage_counts_articles_with_and_without_events(lake: MemoryLake) -> None:
    day = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    code(lake, 1, 2, source="A", published_at=day)
    code(lake, 2, 0, source="A", published_at=day, published_at_basis=PublishedBasis.KAFKA_TIMESTAMP)
    code(lake, 3, 5, source="A", published_at=day, superseded_by="c2")
    (row,) = lake.dicts("SELECT * FROM coverage")
    assert row == {
        "source": "A",
        "day": date(2026, 3, 1),
        "articles": 2,
        "articles_with_events": 1,
        "articles_without_events": 1,
        "reports": 2,
        "published_at_assumed": 1,
    }


def test_coverage_days_are_of_utc_whatever_the_session(lake: MemoryLake) -> None:
    lake.execute("SET TimeZone = 'Asia/Kabul'")
    code(lake, 1, published_at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    assert lake.rows("SELECT day FROM coverage") == [(date(2026, 3, 1),)]


def test_ingest_lag_speaks_of_records_and_of_the_last_hour(lake: MemoryLake, now: datetime) -> None:
    for n in range(100):
        code(lake, n, published_at=now - timedelta(seconds=n + 1), ingested_at=now)
    code(lake, 200, published_at=now - timedelta(days=9), ingested_at=now - timedelta(hours=2))
    ledger(lake, next=201, last_timestamp_ms=int((now.timestamp() - 2) * 1000), updated_at=now)
    (row,) = lake.dicts("SELECT * FROM ingest_lag")
    assert row["articles_last_hour"] == 100
    assert row["published_lag_p50_seconds"] == pytest.approx(50.5)
    assert row["published_lag_p95_seconds"] == pytest.approx(95.05)
    assert row["record_lag_seconds"] == pytest.approx(2, abs=0.01)
    assert 0 <= row["moved_seconds_ago"] < 60


def test_ingest_lag_knows_nothing_of_an_idle_ledger(lake: MemoryLake, now: datetime) -> None:
    ledger(lake, next=0, updated_at=now)
    (row,) = lake.dicts("SELECT * FROM ingest_lag")
    assert row["articles_last_hour"] == 0
    assert row["published_lag_p50_seconds"] is None
    assert row["newest_record_at"] is None


def test_counts_by_day_and_month_keep_unknown_deaths_apart(lake: MemoryLake) -> None:
    for n, (deaths, best, precision) in enumerate(((0, None, 1), (3, 3, 1), (0, 0, 3))):
        insert(
            lake,
            "reports",
            report_id=str(n),
            country="Mali",
            event_type="Battles",
            event_date=date(2026, 3, 5),
            fatalities=deaths,
            fatalities_best=best,
            time_precision=precision,
            incident_count=2,
        )
    (day,) = lake.dicts("SELECT * FROM reports_by_day")
    assert (
        day["reports"],
        day["days_exact"],
        day["incidents"],
        day["fatalities"],
        day["fatalities_known"],
    ) == (3, 2, 6, 3, 2)
    (month,) = lake.dicts("SELECT * FROM reports_by_month")
    assert (month["month"], month["reports"], month["fatalities_known"]) == (date(2026, 3, 1), 3, 2)


KINDS = ("coded", "duplicate", "tombstone", "rejected", "reattempt", "empty", "lost", "skipped", "reopened")
FATES = st.lists(st.sampled_from(KINDS), max_size=25)


def fill(lake: MemoryLake, fates: list[str]) -> None:
    """One offset for each fate, and a ledger that says so; every fourth coding has one report of each fate."""
    for offset, fate in enumerate(fates):
        if fate == "coded":
            code(lake, offset, offset % 3)
        elif fate in ("duplicate", "tombstone"):
            insert(lake, "skips", reason=SkipReason(fate), ledger=L, offset=offset)
        elif fate == "rejected":
            insert(
                lake,
                "rejects",
                reject_id=f"j{offset}",
                ledger=L,
                offset=offset,
                stage=Stage.PARSE,
                code=RejectCode.EMPTY,
            )
        elif fate in ("reattempt", "reopened"):
            insert(lake, "reject_attempts", reject_id="j", ledger=L, offset=offset)
    n = fates.count
    ledger(
        lake,
        first=100,
        next=100 + len(fates) - n("reopened"),
        codings=n("coded"),
        skips=n("duplicate") + n("tombstone"),
        rejects=n("rejected") + n("reattempt") + n("reopened"),
        offsets_empty=n("empty"),
        offsets_lost=n("lost"),
        offsets_skipped=n("skipped"),
        offsets_reopened=n("reopened"),
    )


@settings(max_examples=25, deadline=None)
@given(FATES)
def test_conservation_balances_when_every_offset_has_one_fate(fates: list[str]) -> None:
    lake = MemoryLake()
    fill(lake, fates)
    (row,) = lake.dicts("SELECT * FROM conservation")
    assert row["balanced"] is True
    assert (row["offsets_passed"], row["difference"], row["reports_difference"]) == (len(fates), 0, 0)
    assert row["coded"] == fates.count("coded")
    assert row["skipped_duplicate"] == fates.count("duplicate")
    assert row["skipped_tombstone"] == fates.count("tombstone")


@pytest.mark.parametrize(
    "damage",
    [
        'DELETE FROM codings WHERE "offset" = 0',
        "DELETE FROM reports WHERE report_id = 'r1.0'",
        "DELETE FROM skips",
        "DELETE FROM rejects",
        "INSERT INTO rejects SELECT * FROM rejects",
        "INSERT INTO reports SELECT * FROM reports",
        f"UPDATE {LEDGER_TABLE} SET next = next + 1",
        f"UPDATE {LEDGER_TABLE} SET codings = codings + 1, skips = skips - 1",
    ],
)
def test_conservation_sees_any_loss_or_double(lake: MemoryLake, damage: str) -> None:
    fill(lake, ["coded", "coded", "duplicate", "rejected", "empty"])
    assert lake.rows("SELECT balanced FROM conservation") == [(True,)]
    lake.execute(damage)
    assert lake.rows("SELECT balanced FROM conservation") == [(False,)]


def test_a_report_that_was_rejected_is_counted_once_however_often_it_was_tried(lake: MemoryLake) -> None:
    key = {"article_id": "a", "text_sha256": "t", "ledger": L}
    insert(
        lake,
        "codings",
        **key,
        coding_id="c0",
        offset=0,
        reports_coded=3,
        reports_out_of_scope=1,
        reports_rejected=2,
    )
    insert(lake, "rejects", reject_id="j1", report_id="r1", coding_id="c0", ledger=L)
    insert(lake, "reject_attempts", reject_id="j2", report_id="r2", coding_id="c0", ledger=L)
    ledger(lake, next=1, codings=1)
    (row,) = lake.dicts("SELECT * FROM conservation")
    assert (row["reports_coded"], row["reports_out_of_scope"], row["reports_rejected"]) == (3, 1, 2)
    assert row["balanced"] is True
    assert row["rejected"] == 0
