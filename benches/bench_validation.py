"""Validation of one Batch of 50 articles: predicates, which judge every Batch, and Great Expectations, which judges few.

Articles with events only, coded by the coder: a Batch as heavy as it comes.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import psutil

from benches.articles import lines
from benches.figures import Figure
from pipelines.coding.coder import Coder
from pipelines.coding.settings import CoderSettings
from pipelines.parse import parse_article
from pipelines.validation.validator import Validator
from schemas.batch import CodedBatch, Placed, Record, Span
from schemas.coding import Coding
from schemas.errors import CodingError
from schemas.ledger import LedgerKey, LedgerKind

ARTICLES = 50
# Enough for a steady median; the judge costs a hundred times as much a run.
PREDICATE_RUNS, JUDGE_RUNS = 200, 10
# Runs of the judge between the two readings of memory.
GROWTH_RUNS = 50


def run() -> list[Figure]:
    """Predicates and judge on the same Batch, and whether judging again and again keeps memory."""
    batch = _batch()
    reports = sum(len(placed.value.reports) for placed in batch.codings)
    began = time.perf_counter()
    validator = Validator(sample_seconds=float("inf"))
    compiled = time.perf_counter() - began
    sound = validator.validate(batch)
    # with no interval every Batch is the sample, so each run goes to the judge, too
    judged = Validator(sample_seconds=0, judge=validator.judge)
    began = time.perf_counter()
    while not validator.judge.ready():
        time.sleep(0.01)
    loaded = time.perf_counter() - began
    failing = _with_a_failure(sound)
    validator.validate(failing)
    kept_bytes = _growth(lambda: judged.validate(sound))
    return [
        Figure("validation: articles in the Batch", len(sound.codings), "articles"),
        Figure("validation: reports in the Batch", reports, "reports"),
        Figure("validation: compile both suites, once a process", compiled * 1e3, "ms"),
        Figure(
            "validation: predicates, per Batch",
            _median(lambda: validator.validate(sound), PREDICATE_RUNS) * 1e3,
            "ms",
            "under 5",
        ),
        Figure("validation: load Great Expectations, once a process", loaded, "s"),
        Figure(
            "validation: a Batch with a critical failure, confirmed by Great Expectations",
            _median(lambda: validator.validate(failing), JUDGE_RUNS) * 1e3,
            "ms",
        ),
        Figure(
            "validation: the sample, whole suites by Great Expectations, one Batch a minute",
            _median(lambda: judged.validate(sound), JUDGE_RUNS) * 1e3,
            "ms",
        ),
        Figure("validation: memory kept per sample", kept_bytes / 1e3, "KB", "0"),
        Figure("validation: disagreements", judged.counts["disagreements"], "", "0"),
    ]


def _batch() -> CodedBatch:
    coder = Coder(CoderSettings())
    codings: list[Placed[Coding]] = []
    for offset, line in enumerate(lines()):
        try:
            coding = coder.code(parse_article(line, 0))
        except CodingError:
            continue
        if coding.reports:
            codings.append(Placed(Record(offset, 0, None, line), coding))
        if len(codings) == ARTICLES:
            break
    return CodedBatch(Span(LedgerKey(LedgerKind.KAFKA, "bench", 0), 0, ARTICLES), tuple(codings), (), ())


def _with_a_failure(batch: CodedBatch) -> CodedBatch:
    """The Batch with one report of a wrong year in its first coding that has reports."""
    first = next(placed for placed in batch.codings if placed.value.reports)
    head, *rest = first.value.reports
    broken = replace(first.value, reports=(replace(head, year=0), *rest))
    codings = tuple(Placed(p.record, broken) if p is first else p for p in batch.codings)
    return replace(batch, codings=codings)


def _median(work: Callable[[], object], runs: int) -> float:
    return statistics.median(_seconds(work) for _ in range(runs))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _growth(work: Callable[[], object]) -> float:
    """Bytes of resident memory that a run keeps, once the caches are warm."""
    process = psutil.Process()
    for _ in range(GROWTH_RUNS):
        work()
    before = process.memory_info().rss
    for _ in range(GROWTH_RUNS):
        work()
    return (process.memory_info().rss - before) / GROWTH_RUNS
