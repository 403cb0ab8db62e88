"""The landing: all that one Batch writes, ready as Arrow, and what Land must know to cut it.

Knows which rows belong to which record. Nothing here depends on what the lake holds.
"""

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from schemas.article import Article
from schemas.batch import CodedBatch, Placed, Record
from schemas.reject import Reject


class Fate(StrEnum):
    """What became of one record of the Batch."""

    CODING = "coding"
    SKIP = "skip"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of the Batch, as landing decides on it."""

    record: Record
    fate: Fate
    article: Article | None = None  # of a coding
    coding_id: str | None = None
    coder_version: str | None = None
    reject: Reject | None = None  # of the whole article
    report_rejects: tuple[Reject, ...] = ()
    skip_reason: str = ""

    @property
    def offset(self) -> int:
        """Its offset in the ledger."""
        return self.record.offset


@dataclass(frozen=True, slots=True)
class Landing:
    """One Batch ready to land. Tables lack `ingested_at` and know nothing of the lake: Land adds what is missing.

    `entries` ascend in offset; rows of `articles`, `codings`, `skips` and `rejects` carry their entry's offset, those
    of `reports` too. Rejects are still whole: landing moves payloads above 64 KB to their own table.
    """

    batch: CodedBatch
    entries: tuple[Entry, ...]
    articles: pa.Table
    codings: pa.Table
    reports: pa.Table
    skips: pa.Table


def between(landing: Landing, from_offset: int, to_offset: int) -> Landing:
    """The part of the landing within `[from_offset, to_offset)`.

    Lost offsets lie at a span's beginning (retention removes from the beginning); the stamp of the last record stays
    only with the part that ends where the whole did.
    """
    span = landing.batch.span
    gone = max(0, min(to_offset, span.from_offset + span.lost) - from_offset)
    last = (
        span.last if to_offset == span.to_offset and span.last and span.last.offset >= from_offset else None
    )
    batch = dataclasses.replace(
        _cut_batch(landing.batch, from_offset, to_offset),
        span=dataclasses.replace(span, from_offset=from_offset, to_offset=to_offset, last=last, lost=gone),
    )
    return Landing(
        batch,
        tuple(e for e in landing.entries if from_offset <= e.offset < to_offset),
        *(
            _rows(t, from_offset, to_offset)
            for t in (landing.articles, landing.codings, landing.reports, landing.skips)
        ),
    )


def _rows(table: pa.Table, from_offset: int, to_offset: int) -> pa.Table:
    offsets = table.column("offset")
    return table.filter(pc.and_(pc.greater_equal(offsets, from_offset), pc.less(offsets, to_offset)))


def _cut_batch(batch: CodedBatch, from_offset: int, to_offset: int) -> CodedBatch:
    def within(placed: tuple[Placed[Any], ...]) -> tuple[Placed[Any], ...]:
        return tuple(p for p in placed if from_offset <= p.record.offset < to_offset)

    return CodedBatch(
        batch.span,
        within(batch.codings),
        within(batch.skips),
        within(batch.rejects),
        within(batch.report_rejects),
    )
