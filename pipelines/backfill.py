"""The backfill graph: files in, reports in the lake out, through the very transforms of the stream.

Bounded and resumable: a file's ledger says how many of its records are landed, and a second run goes on from there.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import apache_beam as beam

from pipelines import drain
from pipelines.board import BOARD
from pipelines.files import file_ledger, read_records, span_of
from pipelines.ingest import code_and_land
from pipelines.job import Job
from pipelines.lakes import close_lakes, open_lake
from pipelines.runner import pipeline, run_to_end
from schemas.batch import Batch

# Articles a Batch: enough to share a commit's fixed costs (20 ms), few enough to show progress every second.
BATCH_RECORDS = 100


class ReadFile(beam.DoFn):
    """A file's path in, its Batches from the ledger's position on out."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def process(self, path: str) -> Iterator[Batch]:
        """Batches in order; the next is read when the one before it is landed (the graph is fused)."""
        file = Path(path)
        ledger = file_ledger(file)
        desk = open_lake(self.job)
        row = desk.position(ledger)
        records = read_records(file, row.next if row else 0)
        while not drain.requested():
            with BOARD.measured("ReadFile"):
                part = tuple(islice(records, BATCH_RECORDS))
            if not part:
                return
            span = span_of(ledger, part)
            desk.begin(span)
            yield Batch(span, part)


def run(job: Job, paths: Sequence[Path]) -> None:
    """Land what the files hold and the lake does not; raises the TocsinError that ended it."""
    graph = pipeline(streaming=False)
    names = [str(path.resolve()) for path in paths]
    files = graph | "Files" >> beam.Create(names, reshuffle=False)
    code_and_land(files | "ReadFile" >> beam.ParDo(ReadFile(job)), job)
    try:
        run_to_end(graph)
    finally:
        close_lakes()
