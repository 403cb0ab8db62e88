"""Ledgers in memory for tests of the reader: they land Batches with the fence of the real ones."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime

from connectors.reader import SlotReader
from schemas.batch import Batch, Record
from schemas.ledger import LedgerKey, LedgerRow, LogIdentity


class MemoryLedgers:
    """What a lake would hold after landing: one row per ledger, and every record in the order of landing."""

    def __init__(self) -> None:
        self.rows: dict[LedgerKey, LedgerRow] = {}
        self.records: dict[int, list[Record]] = {}
        self.adopted: list[tuple[LedgerKey, LogIdentity, int]] = []

    def read(self, key: LedgerKey) -> LedgerRow | None:
        """The reader's `positions`."""
        return self.rows.get(key)

    def land(self, batch: Batch) -> None:
        """Lands a Batch; fails the test if it does not begin where the ledger stands, or is not in order."""
        span = batch.span
        row = self.rows.get(span.ledger) or first_row(span.ledger, span.identity, span.from_offset)
        assert row.next == span.from_offset, f"the fence: ledger {row.next}, {span}"
        offsets = [record.offset for record in batch.records]
        assert offsets == sorted(set(offsets))
        assert all(span.from_offset <= offset < span.to_offset for offset in offsets)
        empty = span.to_offset - span.from_offset - len(offsets) - span.lost
        assert empty >= 0
        row = replace(
            row,
            next=span.to_offset,
            codings=row.codings + len(offsets),
            offsets_empty=row.offsets_empty + empty,
            offsets_lost=row.offsets_lost + span.lost,
        )
        if span.last is not None:
            stamp = span.last
            row = replace(
                row, last_offset=stamp.offset, last_timestamp_ms=stamp.timestamp_ms, last_crc32=stamp.crc32
            )
        self.rows[span.ledger] = row
        self.records.setdefault(span.ledger.partition, []).extend(batch.records)

    def adopt(self, key: LedgerKey, identity: LogIdentity, earliest: int) -> None:
        """The reader's `adopt`: begins the ledger anew in another log."""
        self.adopted.append((key, identity, earliest))
        self.rows[key] = first_row(key, identity, earliest)

    def values(self, partition: int | None = None) -> list[bytes | None]:
        """Values landed, of one partition in order or of all."""
        parts = self.records.values() if partition is None else [self.records.get(partition, [])]
        return [record.value for part in parts for record in part]

    def nexts(self) -> dict[int, int]:
        """Where each ledger stands, by partition."""
        return {
            key.partition: row.next for key, row in sorted(self.rows.items(), key=lambda kv: kv[0].partition)
        }


def drain(
    reader: SlotReader, ledgers: MemoryLedgers, until: Callable[[], bool], seconds: float = 15.0
) -> None:
    """Polls and lands until the condition holds; fails the test if that takes too long."""
    deadline = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < deadline, f"not within {seconds} s: {ledgers.nexts()}"
        for batch in reader.poll():
            ledgers.land(batch)


def first_row(key: LedgerKey, identity: LogIdentity, first: int) -> LedgerRow:
    """A ledger's first row: every count 0, no record yet."""
    empty = {f.name: None if f.name.startswith("last_") else 0 for f in fields(LedgerRow)}
    known = {
        "ledger": str(key),
        "cluster_id": identity.cluster_id,
        "topic_id": identity.topic_id,
        "next": first,
        "first": first,
        "writer": "test",
        "updated_at": datetime.now(UTC),
    }
    return LedgerRow(**(empty | known))
