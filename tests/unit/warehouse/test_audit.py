"""The audit finds each planted breakage, and calls it by its name."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.batch import Origin
from schemas.errors import AuditFailed
from schemas.ledger import LedgerKey, LedgerKind
from tests.kit.lake import KEY, REPLAY, MemoryLake, Told, land, new_lander, one
from tocsin.cli.audit import as_text
from warehouse.audit import LISTED, AuditReport, audit
from warehouse.audit_rules import RULES
from warehouse.ledger import open_ledger, skip_offsets

T = KEY.table
RECODE = LedgerKey(LedgerKind.RECODE)
# what to do to a sound lake so that a rule breaks; others may break with it
PLANTED = {
    "ledger_sum": f"UPDATE {T} SET next = next + 1",
    "ledger_codings": "DELETE FROM codings WHERE article_id = 'b'",
    "ledger_skips": "DELETE FROM skips",
    "ledger_rejects": "DELETE FROM rejects WHERE report_id IS NULL",
    "ledger_skipped": "DELETE FROM ledger_changes",
    "ledger_lost": f"UPDATE {T} SET offsets_lost = 1",
    "ledger_reopened": f"UPDATE {T} SET offsets_reopened = 1",
    "offset_once": 'UPDATE skips SET "offset" = 0',
    "offset_within": 'UPDATE skips SET "offset" = 99',
    "coding_sum": "UPDATE codings SET reports_out_of_scope = 5 WHERE article_id = 'b'",
    "coding_landed": "DELETE FROM reports WHERE article_id = 'b'",
    "coding_rejected": "DELETE FROM reject_attempts WHERE report_id IS NOT NULL",
    "coding_unique": "INSERT INTO codings SELECT * FROM codings LIMIT 1",
    "reject_unique": "INSERT INTO rejects SELECT * FROM rejects LIMIT 1",
    "report_unique": "INSERT INTO reports SELECT * FROM reports WHERE superseded_by IS NULL LIMIT 1",
    "revision_unique": "INSERT INTO articles SELECT * FROM articles LIMIT 1",
    "article_current": "UPDATE codings SET superseded_by = NULL",
    "article_row": "DELETE FROM articles WHERE article_id = 'b'",
    "successor": "UPDATE codings SET superseded_by = 'nobody' WHERE superseded_by IS NOT NULL",
    "recoding": "UPDATE codings SET coder_version = 'coder 1' WHERE ledger = '@recode'",
    "report_successor": "UPDATE reports SET superseded_by = NULL",
    "attempts": "UPDATE rejects SET attempts = 9",
    "payload": "DELETE FROM reject_payloads",
}


@pytest.fixture
def lake(tmp_path: Path) -> MemoryLake:
    """A sound lake with a bit of everything."""
    lake = MemoryLake(tmp_path)
    lander = new_lander(lake)
    for key in (REPLAY, RECODE):
        open_ledger(lake, key, 0)
    land(
        lander,
        Told(0, text="first", reports=2),
        Told(1, text="second", reports=2),
        Told(2, "b", reports=3, failing=(0,)),
        Told(3, "c", reports=None),
        Told(4, "d", fails=True, payload=b"x" * 70_000),
    )
    validate = one(lake, "SELECT reject_id FROM rejects WHERE report_id IS NOT NULL")
    origin = Origin("articles", 0, 2)
    land(lander, Told(0, "b", reports=3, failing=(0,), reject_id=validate, origin=origin), key=REPLAY)
    land(lander, Told(0, "a", text="second", reports=0, coder="coder 2", origin=origin), key=RECODE)
    skip_offsets(lake, KEY, 7, "a test")
    return lake


def test_a_sound_lake_holds(lake: MemoryLake) -> None:
    report = audit(lake, {KEY: (0, 9)})
    assert report.broken == {}
    report.check()
    kafka = next(ledger for ledger in report.ledgers if ledger.ledger == str(KEY))
    assert (kafka.passed, kafka.codings, kafka.skips, kafka.rejects, kafka.lag) == (7, 3, 1, 1, 2)
    assert (report.reports_coded, report.reports, report.reports_rejected) == (10, 8, 2)
    assert report.as_json()["holds"] is True


@pytest.mark.parametrize("rule", [r.name for r in RULES])
def test_each_planted_breakage_is_found(lake: MemoryLake, rule: str) -> None:
    lake.execute(PLANTED[rule])
    report = audit(lake)
    assert rule in report.broken
    with pytest.raises(AuditFailed, match=rule):
        report.check()
    assert f"DIFFERENCE {rule}: " in as_text(report)


def test_a_ledger_of_two_rows_or_none_is_found(lake: MemoryLake) -> None:
    lake.execute(f"INSERT INTO {REPLAY.table} SELECT * FROM {REPLAY.table}")
    lake.execute(f"DELETE FROM {T}")
    found = [d for d in audit(lake).differences if d.rule == "ledger_row"]
    assert {(d.subject, d.found) for d in found} == {(REPLAY.table, 2), (T, 0)}


@pytest.mark.parametrize(("ends", "rule"), [((0, 6), "broker_end"), ((8, 9), "broker_earliest")])
def test_a_broker_that_holds_other_offsets_is_found(
    lake: MemoryLake, ends: tuple[int, int], rule: str
) -> None:
    assert list(audit(lake, lambda: {KEY: ends}).broken) == [rule]


def test_a_replayed_older_revision_may_name_the_newer_one(lake: MemoryLake) -> None:
    lake.execute(
        "UPDATE codings SET ingested_at = ? WHERE superseded_by IS NULL", [datetime(2026, 1, 1, tzinfo=UTC)]
    )
    assert "successor" in audit(lake).broken
    lake.execute("UPDATE codings SET ledger = '@replay' WHERE superseded_by IS NOT NULL")
    assert "successor" not in audit(lake).broken


def test_many_cases_are_counted_and_some_are_listed(lake: MemoryLake) -> None:
    lake.execute("INSERT INTO skips SELECT s.* FROM skips AS s, range(50)")
    lake.execute('UPDATE skips SET "offset" = 99')
    report: AuditReport = audit(lake)
    assert report.broken["offset_within"] == 51
    assert sum(d.rule == "offset_within" for d in report.differences) == LISTED
    assert "more of the same rules" in as_text(report)
