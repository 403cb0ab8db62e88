"""Landing in memory: the four cases of the ledger, revisions, late copies, replays, second readings, bad data."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from schemas.batch import LogIdentity, Origin
from schemas.errors import AnotherLog, LandingTooSlow, LedgerBroken, LedgerHole
from schemas.ledger import LedgerKey, LedgerKind
from tests.kit.cuts import TRIES, Try, land_all, land_somehow, logs
from tests.kit.lake import (
    KEY,
    REPLAY,
    MemoryLake,
    Told,
    coded_batch,
    column,
    contents,
    land,
    new_lander,
    one,
)
from warehouse import land as land_module
from warehouse.audit import audit
from warehouse.land import Lander, Outcome
from warehouse.ledger import accept_new_topic, open_ledger, rewind
from warehouse.rows import to_landing

FIRST = Origin("articles", 0, 0)


@pytest.fixture
def lake(tmp_path: Path) -> MemoryLake:
    return MemoryLake(tmp_path)


@pytest.fixture
def lander(lake: MemoryLake) -> Lander:
    return new_lander(lake)


def current_texts(lake: MemoryLake) -> list[tuple[str, str]]:
    return lake.rows(
        "SELECT c.article_id, a.text FROM codings AS c JOIN articles AS a USING (article_id, text_sha256) "
        "WHERE c.superseded_by IS NULL ORDER BY ALL"
    )


@given(log=logs(), tries=TRIES)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_two_writers_in_any_way_end_in_the_rows_of_one_clean_landing(
    tmp_path: Path, log: tuple[list[Told], int], tries: list[Try]
) -> None:
    told, end = log
    clean, lake = MemoryLake(tmp_path), MemoryLake(tmp_path)
    land_all(clean, told, end)
    land_somehow((lake, MemoryLake(tmp_path, lake)), told, end, tries)
    assert contents(lake) == contents(clean)
    assert audit(lake).broken == {}


def test_a_batch_that_was_landed_is_a_replay_and_writes_nothing(lake: MemoryLake, lander: Lander) -> None:
    land(lander, Told(0), Told(1, "b"))
    before = contents(lake)
    assert land(lander, Told(0), Told(1, "b")).outcome is Outcome.REPLAYED
    assert contents(lake) == before


def test_a_hole_stops_and_lands_nothing(lake: MemoryLake, lander: Lander) -> None:
    with pytest.raises(LedgerHole) as hole:
        land(lander, Told(3))
    assert (hole.value.next_offset, hole.value.from_offset) == (0, 3)
    assert one(lake, "SELECT count(*) FROM codings") == 0


def test_offsets_without_records_are_counted_and_an_empty_batch_moves_the_ledger(
    lake: MemoryLake, lander: Lander
) -> None:
    land(lander, Told(0), Told(2, "b"), to_offset=5)
    lander.land(to_landing(coded_batch([], 9, from_offset=5)))
    assert lake.rows("SELECT next, codings, offsets_empty, last_offset FROM ledgers") == [(9, 2, 7, 2)]


def test_a_ledger_that_was_not_opened_or_holds_two_rows_is_refused(lake: MemoryLake, lander: Lander) -> None:
    other = LedgerKey(LedgerKind.KAFKA, "articles", 7)
    with pytest.raises(LedgerBroken, match="open_ledger"):
        land(lander, Told(0), key=other)
    lake.execute(f"INSERT INTO {KEY.table} SELECT * FROM {KEY.table}")
    with pytest.raises(LedgerBroken, match="2 rows"):
        land(lander, Told(0))


def test_a_batch_of_another_log_is_refused(lake: MemoryLake, lander: Lander) -> None:
    key = LedgerKey(LedgerKind.KAFKA, "news", 0)
    open_ledger(lake, key, 0, LogIdentity("cluster", "topic one"))
    batch = coded_batch([Told(0)], key=key)
    span = type(batch.span)(key, 0, 1, LogIdentity("cluster", "topic two"))
    with pytest.raises(AnotherLog, match="topic two"):
        lander.land(to_landing(type(batch)(span, batch.codings, (), ())))


def test_a_revision_supersedes_the_coding_and_its_reports_also_twice_in_one_batch(
    lake: MemoryLake, lander: Lander
) -> None:
    land(lander, Told(0, text="first", reports=2))
    landed = land(lander, Told(1, text="second", reports=3), Told(2, text="third", reports=1))
    assert (landed.codings, landed.reports) == (2, 4)
    ids = column(lake, 'SELECT coding_id FROM codings ORDER BY "offset"')
    assert column(lake, 'SELECT superseded_by FROM codings ORDER BY "offset"') == [ids[1], ids[2], None]
    assert one(lake, "SELECT count(*) FROM reports WHERE superseded_by IS NULL") == 1
    assert current_texts(lake) == [("a", "third")]


def test_a_text_that_comes_back_is_a_revision_but_has_one_row_in_articles(
    lake: MemoryLake, lander: Lander
) -> None:
    land(lander, Told(0, text="first"), Told(1, text="second"), Told(2, text="first"))
    assert column(lake, "SELECT text FROM articles ORDER BY text") == ["first", "second"]
    assert current_texts(lake) == [("a", "first")]
    assert audit(lake).broken == {}


def test_a_late_copy_becomes_a_skip_also_within_one_batch(lake: MemoryLake, lander: Lander) -> None:
    land(lander, Told(0, reports=2))
    landed = land(lander, Told(1, reports=2, failing=(0,)), Told(2, "b"), Told(3, "b"))
    assert (landed.codings, landed.skips, landed.reports, landed.report_rejects) == (1, 2, 1, 0)
    assert lake.rows('SELECT "offset", reason FROM skips ORDER BY "offset"') == [
        (1, "duplicate"),
        (3, "duplicate"),
    ]
    assert audit(lake).broken == {}


def test_a_copy_of_a_text_that_is_older_than_the_look_up_goes_is_coded_again(tmp_path: Path) -> None:
    lake = MemoryLake(tmp_path)
    land(new_lander(lake), Told(0))
    lake.execute("UPDATE codings SET ingested_at = ingested_at - INTERVAL 31 DAYS")
    assert land(new_lander(lake), Told(1)).codings == 1
    assert one(lake, "SELECT count(*) FROM codings WHERE superseded_by IS NULL") == 1


def test_a_landing_that_takes_too_long_rolls_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lake = MemoryLake(tmp_path)
    clock = iter((0.0, 31.0))
    monkeypatch.setattr(land_module, "_boot_seconds", lambda: next(clock))
    with pytest.raises(LandingTooSlow, match="31 s"):
        land(new_lander(lake), Told(0))
    assert lake.rows("SELECT next, codings FROM ledgers") == [(0, 0)]


@pytest.mark.parametrize("bad", range(5))
def test_a_row_that_cannot_be_inserted_is_found_and_rejected_and_the_rest_lands(
    lake: MemoryLake, lander: Lander, bad: int
) -> None:
    batch = coded_batch([Told(n, f"article {n}") for n in range(5)], to_offset=7)
    article = batch.codings[bad].value.article
    object.__setattr__(article, "title", None)  # NOT NULL in the lake, which Arrow does not know
    landed = lander.land(to_landing(batch))
    assert (landed.codings, landed.rejects, landed.from_offset, landed.to_offset) == (4, 1, 0, 7)
    assert lake.rows('SELECT "offset", stage, code, payload FROM rejects') == [
        (bad, "land", "insert_failed", f"article {bad}: first text".encode())
    ]
    assert audit(lake).broken == {}


class TestReplays:
    """Rejects that are tried again."""

    @pytest.fixture(autouse=True)
    def replay_ledger(self, lake: MemoryLake) -> None:
        open_ledger(lake, REPLAY, 0)

    def rejected(self, lake: MemoryLake) -> list[tuple[str, int, str]]:
        return lake.rows("SELECT status, attempts, settled_by FROM rejects ORDER BY first_seen_at, report_id")

    def test_a_reject_that_fails_again_counts_an_attempt_and_stays_one_row(
        self, lake: MemoryLake, lander: Lander
    ) -> None:
        land(lander, Told(0, fails=True))
        reject = one(lake, "SELECT reject_id FROM rejects")
        for n in range(2):
            landed = land(lander, Told(n, fails=True, reject_id=reject, origin=FIRST), key=REPLAY)
            assert landed.rejects == 1
        assert self.rejected(lake) == [("open", 3, None)]
        assert lake.rows("SELECT ledger, codings, rejects FROM ledgers ORDER BY ledger") == [
            ("@replay", 0, 2),
            ("kafka:articles/0", 0, 1),
        ]
        assert audit(lake).broken == {}

    def test_a_reject_that_lands_is_settled_and_its_rows_keep_topic_and_partition(
        self, lake: MemoryLake, lander: Lander
    ) -> None:
        land(lander, Told(0, fails=True))
        reject = one(lake, "SELECT reject_id FROM rejects")
        land(lander, Told(0, reports=2, reject_id=reject, origin=FIRST), key=REPLAY)
        coding = one(lake, "SELECT coding_id FROM codings")
        assert self.rejected(lake) == [("replayed", 1, f"@replay: coding {coding}")]
        assert lake.rows('SELECT DISTINCT ledger, topic, "partition", "offset" FROM reports') == [
            ("@replay", "articles", 0, 0)
        ]
        assert audit(lake).broken == {}

    def test_a_skip_settles_too(self, lake: MemoryLake, lander: Lander) -> None:
        land(lander, Told(0, fails=True))
        reject = one(lake, "SELECT reject_id FROM rejects")
        land(lander, Told(0, reports=None, reject_id=reject, origin=FIRST), key=REPLAY)
        assert self.rejected(lake) == [("replayed", 1, "@replay: skipped as unsupported_language")]

    def test_reports_that_fail_again_stay_open_and_the_others_are_settled(
        self, lake: MemoryLake, lander: Lander
    ) -> None:
        land(lander, Told(0, reports=4, failing=(1, 2)))
        reject = one(lake, "SELECT min(reject_id) FROM rejects")
        told = Told(0, reports=4, failing=(2, 3), reject_id=reject, origin=FIRST, coder="coder 2")
        land(lander, told, key=REPLAY)
        by_report = dict(lake.rows("SELECT report_id, status FROM rejects"))
        assert by_report == {
            told.report(1).report_id: "replayed",
            told.report(2).report_id: "open",
            told.report(3).report_id: "open",
        }
        assert one(lake, "SELECT count(*) FROM codings WHERE superseded_by IS NULL") == 1
        assert one(lake, "SELECT count(*) FROM reject_attempts") == 1
        assert audit(lake).broken == {}

    def test_a_replay_is_no_copy_and_never_doubles_a_report(self, lake: MemoryLake, lander: Lander) -> None:
        land(lander, Told(0, reports=3, failing=(0,)))
        reject = one(lake, "SELECT reject_id FROM rejects")
        landed = land(lander, Told(0, reports=3, reject_id=reject, origin=FIRST), key=REPLAY)
        assert (landed.codings, landed.reports) == (1, 3)
        assert one(lake, "SELECT count(*) FROM reports WHERE superseded_by IS NULL") == 3
        assert audit(lake).broken == {}

    def test_an_older_revision_never_replaces_a_newer_one(self, lake: MemoryLake, lander: Lander) -> None:
        land(lander, Told(0, text="older", fails=True), Told(1, text="newer"))
        reject = one(lake, "SELECT reject_id FROM rejects")
        land(lander, Told(0, text="older", reject_id=reject, origin=FIRST), key=REPLAY)
        assert current_texts(lake) == [("a", "newer")]
        assert self.rejected(lake)[0][0] == "replayed"
        assert audit(lake).broken == {}


class TestSecondReadings:
    """Offsets that were opened again by hand."""

    def test_after_a_rewind_nothing_is_doubled_and_every_reading_is_counted(
        self, lake: MemoryLake, lander: Lander
    ) -> None:
        told = [
            Told(0, text="first", reports=2),
            Told(1, text="second", reports=2, failing=(1,)),
            Told(2, "b", reports=None),
            Told(3, "c", fails=True),
        ]
        land(lander, *told)
        reports = contents(lake, ["reports", "articles", "codings", "rejects"])
        rewind(lake, KEY, 0, "a test")
        landed = land(lander, *told)
        assert (landed.codings, landed.skips, landed.rejects) == (0, 3, 1)
        assert contents(lake, ["reports", "articles", "codings", "rejects"]) == reports
        assert lake.rows("SELECT attempts FROM rejects WHERE report_id IS NULL") == [(2,)]
        assert audit(lake).broken == {}

    def test_a_record_that_failed_and_lands_when_read_again_settles_its_reject(
        self, lake: MemoryLake, lander: Lander
    ) -> None:
        land(lander, Told(0, fails=True), Told(1, "b"))
        rewind(lake, KEY, 0, "a test")
        land(lander, Told(0), Told(1, "b"))
        assert column(lake, "SELECT status FROM rejects") == ["replayed"]
        assert one(lake, "SELECT count(*) FROM codings") == 2
        assert audit(lake).broken == {}

    def test_another_topic_at_the_same_offsets_is_not_mistaken_for_a_second_reading(
        self, lake: MemoryLake, lander: Lander
    ) -> None:
        land(lander, Told(0, fails=True), Told(1, "b"))
        accept_new_topic(lake, KEY, 0, LogIdentity("cluster", "made anew"), "a test")
        land(lander, Told(0, "c", fails=True), Told(1, "d"))
        assert column(lake, "SELECT attempts FROM rejects") == [1, 1]
        assert one(lake, "SELECT count(DISTINCT reject_id) FROM rejects") == 2
        assert audit(lake).broken == {}


def test_waiting_for_the_lock_is_told_apart_from_landing(lake: MemoryLake, lander: Lander) -> None:
    began = time.monotonic()
    landed = land(lander, Told(0))
    assert 0 < landed.seconds <= time.monotonic() - began
    assert 0 <= landed.wait_seconds < 1
