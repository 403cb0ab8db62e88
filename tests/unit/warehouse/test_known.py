"""What is known: duplicates before coding, with several writers, after rewinds, within one Batch."""

from pathlib import Path

import pytest

from schemas.batch import ParsedBatch, Placed, Span
from schemas.ledger import LedgerKey, LedgerKind
from tests.kit.lake import KEY, REPLAY, MemoryLake, Told, land, new_lander
from warehouse import known
from warehouse.known import index_of, known_articles, known_codings, refresh, skip_known
from warehouse.known_index import KnownIndex
from warehouse.ledger import open_ledger, rewind


@pytest.fixture
def lake(tmp_path: Path) -> MemoryLake:
    return MemoryLake(tmp_path)


def parsed(*told: Told, key: LedgerKey = KEY) -> ParsedBatch:
    span = Span(key, told[0].offset, told[-1].offset + 1)
    return ParsedBatch(span, tuple(Placed(t.record, t.article) for t in told), (), ())


def left(batch: ParsedBatch) -> tuple[list[int], list[int]]:
    """Offsets of articles and of skips."""
    return [p.record.offset for p in batch.articles], [p.record.offset for p in batch.skips]


def test_the_same_text_is_skipped_and_another_text_is_a_revision(lake: MemoryLake) -> None:
    land(new_lander(lake), Told(0, "a"), Told(1, "b"))
    batch = skip_known(parsed(Told(2, "a"), Told(3, "b", "second"), Told(4, "c")), lake)
    assert left(batch) == ([3, 4], [2])
    assert batch.skips[0].value.reason == "duplicate"


def test_copies_within_a_batch_are_left_to_land_because_the_first_may_fail(lake: MemoryLake) -> None:
    told = [Told(0), Told(1), Told(2, text="second"), Told(3, text="second"), Told(4)]
    assert left(skip_known(parsed(*told), lake)) == ([0, 1, 2, 3, 4], [])
    land(new_lander(lake), *told)
    skips = lake.rows('SELECT "offset", reason, detail FROM skips ORDER BY ALL')
    assert skips == [(n, "duplicate", "the same text as the current coding") for n in (1, 3)]


@pytest.mark.parametrize("cut", [1, 2])
def test_a_copy_of_what_could_not_be_coded_is_coded_wherever_the_batch_is_cut(
    lake: MemoryLake, cut: int
) -> None:
    told = [Told(0, fails=True), Told(1)]
    lander = new_lander(lake)
    for part in (told[:cut], told[cut:]):
        if part:
            assert left(skip_known(parsed(*part), lake)) == ([t.offset for t in part], [])
            land(lander, *part)
    assert lake.rows('SELECT "offset" FROM codings') == [(1,)]
    assert lake.rows("SELECT count(*) FROM skips") == [(0,)]


def test_a_text_that_is_no_longer_current_is_not_a_duplicate(lake: MemoryLake) -> None:
    land(new_lander(lake), Told(0), Told(1, text="second"))
    assert left(skip_known(parsed(Told(2), Told(3, text="second")), lake)) == ([2, 3], [])


def test_replays_and_recodings_pass_unchanged(lake: MemoryLake) -> None:
    land(new_lander(lake), Told(0))
    for key in (REPLAY, LedgerKey(LedgerKind.RECODE)):
        batch = parsed(Told(0), key=key)
        assert skip_known(batch, lake) is batch


def test_what_another_writer_lands_is_seen(lake: MemoryLake, tmp_path: Path) -> None:
    skip_known(parsed(Told(0)), lake)
    other = LedgerKey(LedgerKind.KAFKA, "articles", 1)
    beside = MemoryLake(tmp_path, lake)
    open_ledger(beside, other, 0)
    land(new_lander(beside), Told(0, "a"), key=other)
    land(new_lander(beside), Told(0, "b"))
    assert left(skip_known(parsed(Told(5, "a"), Told(6, "b")), lake)) == ([], [5, 6])


def test_codings_that_landed_behind_the_cursor_after_a_rewind_are_seen(
    lake: MemoryLake, tmp_path: Path
) -> None:
    index = KnownIndex()
    land(new_lander(lake), Told(0, "a", fails=True), Told(1, "b"))
    refresh(index, lake)
    beside = MemoryLake(tmp_path, lake)
    rewind(beside, KEY, 0, "a test")
    land(new_lander(beside), Told(0, "a"), Told(1, "b"), Told(2, "c"))
    refresh(index, lake)
    assert known_articles(index, ["a", "b", "c", "d"]) == ["a", "b", "c"]


def test_nothing_is_read_when_nothing_has_changed(lake: MemoryLake, monkeypatch: pytest.MonkeyPatch) -> None:
    index = KnownIndex()
    monkeypatch.setattr(lake, "snapshot_id", lambda: 7)
    refresh(index, lake)
    monkeypatch.setattr(lake, "rows", lambda *_: pytest.fail("the lake was read"))
    refresh(index, lake)
    assert index.snapshot == 7


def test_a_lake_that_was_made_anew_has_another_index(lake: MemoryLake) -> None:
    first = index_of(lake.settings)
    assert index_of(lake.settings) is first
    lake.settings.catalog_path.rename(lake.settings.catalog_path.with_suffix(".old"))
    lake.settings.catalog_path.touch()
    assert index_of(lake.settings) is not first


def test_a_text_older_than_the_look_up_goes_is_coded_again(lake: MemoryLake) -> None:
    land(new_lander(lake), Told(0))
    lake.execute("UPDATE codings SET ingested_at = ingested_at - INTERVAL 31 DAYS")
    assert left(skip_known(parsed(Told(1)), lake)) == ([1], [])


def test_all_codings_of_an_article_are_given_oldest_first(lake: MemoryLake) -> None:
    lander = new_lander(lake)
    land(lander, Told(0))
    land(lander, Told(1, text="second"))
    codings = known_codings(lake, ["a", "nobody"])
    assert [(c.offset, c.current) for c in codings["a"]] == [(0, False), (1, True)]
    assert list(codings) == ["a"]
    assert known_codings(lake, []) == {}
    assert {LedgerKind.REPLAY, LedgerKind.RECODE} == known.NEVER_KNOWN
