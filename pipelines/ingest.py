"""The ingest graph: articles on a Kafka topic in, reports in the lake out. Read it aloud: it is the architecture.

Everything is fused: no GroupByKey, no window, no watermark (downstream of an unbounded source in process they never
fire). One element is one Batch: what one poll of one partition gave.
"""

from collections.abc import Mapping
from typing import Any

import apache_beam as beam

from pipelines import drain
from pipelines.job import Job
from pipelines.lakes import close_lakes
from pipelines.read import ReadArticles
from pipelines.runner import pipeline, run_to_end
from pipelines.transforms.code_reports import CodeReports
from pipelines.transforms.land import Land, ToArrow
from pipelines.transforms.parse_articles import ParseArticles
from pipelines.transforms.skip_known import SkipKnown
from pipelines.transforms.validate_reports import ValidateReports
from schemas.ledger import LedgerKey


def code_and_land(batches: Any, job: Job) -> Any:
    """From Batches of records to committed rows; shared by the stream, backfill and replay."""
    parsed = (
        batches
        | "ParseArticles" >> beam.ParDo(ParseArticles(job.parse, job.run))
        | "SkipKnown" >> beam.ParDo(SkipKnown(job))
    )
    return code_parsed(parsed, job)


def code_parsed(batches: Any, job: Job) -> Any:
    """From Batches of articles to committed rows; here recoding comes in, whose articles were parsed long ago."""
    return (
        batches
        | "CodeReports" >> beam.ParDo(CodeReports(job.coder))
        | "ValidateReports" >> beam.ParDo(ValidateReports(job.run))
        | "ToArrow" >> beam.ParDo(ToArrow(job))
        | "Land" >> beam.ParDo(Land(job))
    )


def build(job: Job, until: Mapping[LedgerKey, int] | None = None) -> Any:
    """The streaming graph. In process there is one slot: all its Batches are polled one after another."""
    graph = pipeline(streaming=True)
    batches = (
        graph
        | "Slots" >> beam.Create([0], reshuffle=False)
        | "ReadArticles" >> beam.ParDo(ReadArticles(job, until))
    )
    code_and_land(batches, job)
    return graph


def run(job: Job, until: Mapping[LedgerKey, int] | None = None) -> drain.Reason:
    """Stream, generation after generation, until a STOP or (with `until`) until caught up; returns which.

    Raises the TocsinError that ended the run; what was claimed before it is landed, nothing is half-done.
    """
    while True:
        try:
            run_to_end(build(job, until))
        finally:
            close_lakes()
        reason = drain.reason() or drain.Reason.STOP
        if reason is not drain.Reason.GENERATION:
            return reason
        drain.next_generation()
