"""Ledgers: made once, told apart by their log, changed by hand with a reason; the sums stay whole."""

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.batch import CodedBatch, LogIdentity, RecordStamp, Span
from schemas.errors import AnotherLog, InputError, LedgerBroken
from schemas.ledger import LedgerKey, LedgerKind, LedgerRow
from tests.kit.lake import KEY, MemoryLake, Told, column, land, new_lander
from tocsin.cli.ledger import parsed
from warehouse.audit import audit
from warehouse.ledger import (
    Change,
    accept_loss,
    accept_new_topic,
    changed_row,
    check_log,
    ledger_tables,
    open_ledger,
    read_ledger,
    read_ledgers,
    rewind,
    skip_offsets,
)
from warehouse.rows import to_landing

OTHER = LedgerKey(LedgerKind.KAFKA, "Nachrichten aus aller Welt", 3)


@pytest.fixture
def lake(tmp_path: Path) -> MemoryLake:
    return MemoryLake(tmp_path)


def row(lake: MemoryLake) -> LedgerRow:
    found = read_ledger(lake, KEY)
    assert found is not None
    return found


def test_a_ledger_is_made_with_its_row_and_only_once(lake: MemoryLake) -> None:
    assert read_ledger(lake, OTHER) is None
    made = open_ledger(lake, OTHER, 40, LogIdentity("c", "t"))
    assert (made.next, made.first, made.cluster_id, made.topic_id) == (40, 40, "c", "t")
    assert open_ledger(lake, OTHER, 99).next == 40
    assert [r.ledger for r in read_ledgers(lake)] == [str(OTHER), str(KEY)]
    assert sorted(ledger_tables(lake)) == sorted([OTHER.table, KEY.table])


def test_a_ledger_of_two_rows_is_broken(lake: MemoryLake) -> None:
    lake.execute(f"INSERT INTO {KEY.table} SELECT * FROM {KEY.table}")
    with pytest.raises(LedgerBroken, match="2 rows"):
        read_ledger(lake, KEY)


COUNTS = ("codings", "skips", "rejects", "offsets_empty", "offsets_lost", "offsets_skipped")


@given(st.lists(st.tuples(st.sampled_from(list(Change)), st.integers(0, 60)), max_size=12))
def test_changes_by_hand_keep_the_sum(changes: list[tuple[Change, int]]) -> None:
    whole = LedgerRow(str(KEY), "", "", 20, 5, 10, 3, 2, 0, 0, 0, 0, 19, 1, 1, "w", None)  # type: ignore[arg-type]
    for change, to in changes:
        forward = change in (Change.SKIP, Change.ACCEPT_LOSS)
        if (forward and to <= whole.next) or (change is Change.REWIND and not whole.first <= to < whole.next):
            continue
        whole = changed_row(whole, change, to)
        passed = whole.next - whole.first + whole.offsets_reopened
        assert passed == sum(getattr(whole, name) for name in COUNTS)


def test_every_change_keeps_its_reason_and_the_audit_agrees(lake: MemoryLake) -> None:
    land(new_lander(lake), Told(0), Told(1, "b"))
    skip_offsets(lake, KEY, 5, "poisoned")
    accept_loss(lake, KEY, 9, "retention")
    rewind(lake, KEY, 4, "again")
    accept_new_topic(lake, KEY, 0, LogIdentity("c", "new"), "made anew")
    assert lake.rows(
        'SELECT change, before, after, "count", reason FROM ledger_changes ORDER BY changed_at'
    ) == [
        ("skip", 2, 5, 3, "poisoned"),
        ("accept_loss", 5, 9, 4, "retention"),
        ("rewind", 9, 4, 5, "again"),
        ("accept_new_topic", 4, 0, 4, "made anew"),
    ]
    assert (row(lake).next, row(lake).topic_id, row(lake).last_crc32) == (0, "new", None)
    assert audit(lake).broken == {}


def test_a_loss_that_a_batch_carries_is_written_down_with_it(lake: MemoryLake) -> None:
    span = Span(KEY, 0, 7, lost=4)
    new_lander(lake).land(to_landing(CodedBatch(span, (), (), ())))
    assert (row(lake).offsets_lost, row(lake).offsets_empty) == (4, 3)
    assert lake.rows('SELECT change, before, after, "count" FROM ledger_changes') == [
        ("accept_loss", 0, 4, 4)
    ]
    assert audit(lake).broken == {}


def test_nothing_is_changed_without_a_reason_a_ledger_or_a_right_offset(lake: MemoryLake) -> None:
    land(new_lander(lake), Told(0), Told(1, "b"))
    with pytest.raises(InputError, match="needs a reason"):
        rewind(lake, KEY, 0, "  ")
    with pytest.raises(InputError, match="cannot skip to 2"):
        skip_offsets(lake, KEY, 2, "why")
    for wrong in (-1, 2):
        with pytest.raises(InputError, match="cannot be rewound"):
            rewind(lake, KEY, wrong, "why")
    with pytest.raises(InputError, match="no ledger"):
        skip_offsets(lake, OTHER, 2, "why")
    assert accept_loss(lake, KEY, 1, "why").next == 2
    assert column(lake, "SELECT reason FROM ledger_changes") == []


def test_another_log_is_recognised_by_ids_or_by_the_last_record(lake: MemoryLake) -> None:
    known = dataclasses.replace(
        row(lake), cluster_id="c", topic_id="t", next=6, last_offset=5, last_timestamp_ms=50, last_crc32=7
    )
    check_log(known, LogIdentity("c", "t"), RecordStamp(5, 50, 7))
    check_log(known, LogIdentity("c", ""), None)
    check_log(known, LogIdentity("c", "t"), RecordStamp(4, 1, 1))
    for identity, found in (
        (LogIdentity("other", "t"), None),
        (LogIdentity("c", "other"), None),
        (LogIdentity("c", "t"), RecordStamp(5, 50, 8)),
        (LogIdentity("c", "t"), RecordStamp(5, 51, 7)),
    ):
        with pytest.raises(AnotherLog, match="--accept-new-topic"):
            check_log(known, identity, found)


def test_names_on_the_command_line() -> None:
    assert parsed("kafka:articles/0") == KEY
    with pytest.raises(InputError, match="no name of a ledger"):
        parsed("articles")
