"""The replay graph: stored rejects in, through the very transforms of the stream, settled or tried once more.

A replay has a ledger of its own (`@replay`), so its offsets are conserved like a topic's. What it lands supersedes the
article's coding and never doubles a report, also with a newer coder.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import apache_beam as beam

from pipelines import drain
from pipelines.board import BOARD
from pipelines.files import span_of
from pipelines.ingest import code_and_land
from pipelines.job import Job
from pipelines.lakes import close_lakes, open_lake
from pipelines.runner import pipeline, run_to_end
from schemas.batch import Batch, Origin, Record
from schemas.ledger import LedgerKey, LedgerKind
from warehouse.rejects import RejectedRecord, RejectFilter, rejects_to_replay

LEDGER = LedgerKey(LedgerKind.REPLAY)
# A few articles a commit: a replay is rare, and its records can be large (20 MB ones are rejects, too).
BATCH_RECORDS = 50


@dataclass(frozen=True, slots=True)
class ReplaySummary:
    """What became of the rejects that were tried again."""

    tried: int
    landed: int
    skipped: int
    failed: int
    reports: int

    def __str__(self) -> str:
        """One line."""
        return (
            f"{self.tried} tried again: {self.landed} landed ({self.reports} reports), "
            f"{self.skipped} skipped, {self.failed} rejected again"
        )


class ReadRejects(beam.DoFn):
    """A filter in, Batches of the records behind the open rejects that it means out."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def process(self, which: RejectFilter) -> Iterator[Batch]:
        """Batches in order of first failure; numbered on from where the ledger `@replay` stands."""
        desk = open_lake(self.job)
        row = desk.position(LEDGER)
        number = row.next if row else 0
        found = rejects_to_replay(desk.lake, which)
        while not drain.requested() and (part := tuple(islice(found, BATCH_RECORDS))):
            records = tuple(again(reject, number + n) for n, reject in enumerate(part))
            span = span_of(LEDGER, records)
            desk.begin(span)
            yield Batch(span, records)
            number = span.to_offset


def again(reject: RejectedRecord, offset: int) -> Record:
    """The record as it was first read, under its number in the replay."""
    return Record(
        offset=offset,
        timestamp_ms=int(reject.timestamp_at.timestamp() * 1000) if reject.timestamp_at else 0,
        key=reject.key,
        value=reject.payload,
        origin=Origin(reject.topic, reject.partition, reject.offset),
        reject_id=reject.reject_id,
    )


def replay(job: Job, which: RejectFilter) -> ReplaySummary:
    """Try the open rejects that are meant once more; raises the TocsinError that ended it."""
    graph = pipeline(streaming=False)
    filters = graph | "Filter" >> beam.Create([which], reshuffle=False)
    code_and_land(filters | "ReadRejects" >> beam.ParDo(ReadRejects(job)), job)
    BOARD.clear()
    drain.clear()
    try:
        run_to_end(graph)
    finally:
        close_lakes()
    counts = BOARD.counts
    tried = counts["articles"] + counts["skips"] + counts["rejects"]
    return ReplaySummary(tried, counts["articles"], counts["skips"], counts["rejects"], counts["reports"])
