"""Where a partition is read on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.resume import Start, check_identity, check_stamp, last_stamp, start
from schemas.errors import AnotherLog, OffsetsLost
from schemas.ledger import LedgerKey, LedgerKind, LedgerRow, LogIdentity, RecordStamp
from tests.kit.ledgers import first_row

KEY = LedgerKey(LedgerKind.KAFKA, "articles", 2)
HERE = LogIdentity("cluster", "topic")


def row(position: int, **more: Any) -> LedgerRow:
    """A ledger of this log that stands at `position`."""
    return replace(
        first_row(KEY, HERE, 0), next=position, updated_at=datetime(2026, 1, 1, tzinfo=UTC), **more
    )


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_a_ledger_within_the_log_goes_on_exactly_there(earliest: int, behind: int, ahead: int) -> None:
    position = earliest + behind
    assert start(KEY, row(position), HERE, earliest, position + ahead) == Start(position, position)


@given(st.integers(0, 50), st.integers(0, 50))
def test_without_a_ledger_it_begins_at_the_earliest_and_nothing_counts_as_lost(
    earliest: int, length: int
) -> None:
    began = start(KEY, None, HERE, earliest, earliest + length)
    assert (began.position, began.lost) == (earliest, 0)


@given(st.integers(0, 50), st.integers(1, 50))
def test_a_gap_is_a_stop_unless_it_is_accepted_and_then_counted(position: int, gap: int) -> None:
    earliest = position + gap
    with pytest.raises(OffsetsLost) as told:
        start(KEY, row(position), HERE, earliest, earliest)
    assert told.value.count == gap
    accepted = start(KEY, row(position), HERE, earliest, earliest, accept_loss=True)
    assert accepted == Start(position, earliest)
    assert accepted.lost == gap


@given(st.integers(0, 50), st.integers(1, 50))
def test_a_log_that_ends_before_the_ledger_is_another_one(end: int, beyond: int) -> None:
    with pytest.raises(AnotherLog, match=f"ends at {end}"):
        start(KEY, row(end + beyond), HERE, 0, end, accept_loss=True)


@pytest.mark.parametrize("other", [LogIdentity("elsewhere", "topic"), LogIdentity("cluster", "anew")])
def test_another_identity_is_another_log(other: LogIdentity) -> None:
    with pytest.raises(AnotherLog, match="kafka:articles/2"):
        start(KEY, row(5), other, 0, 10)


@pytest.mark.parametrize("other", [LogIdentity(), LogIdentity("cluster"), LogIdentity("", "topic")])
def test_ids_that_a_broker_does_not_know_are_not_compared(other: LogIdentity) -> None:
    check_identity(KEY, HERE, other)
    assert start(KEY, row(5), other, 0, 10).position == 5


def test_the_last_record_must_be_the_one_that_was_landed() -> None:
    landed = RecordStamp(4, 1000, 99)
    check_stamp(KEY, landed, RecordStamp(4, 1000, 99))
    for other in (RecordStamp(4, 1001, 99), RecordStamp(4, 1000, 98)):
        with pytest.raises(AnotherLog, match="offset 4"):
            check_stamp(KEY, landed, other)


def test_a_ledger_that_has_landed_no_record_has_no_last_one() -> None:
    assert last_stamp(None) is None
    assert last_stamp(row(3)) is None
    landed = row(5, last_offset=4, last_timestamp_ms=1000, last_crc32=99)
    assert last_stamp(landed) == RecordStamp(4, 1000, 99)
