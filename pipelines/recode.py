"""The recoding graph: stored articles in, coded again by the present coder, through the stream's own transforms.

A recoding has a ledger of its own (`@recode`), so its offsets are conserved like a topic's, and it may run beside the
stream: what it lands supersedes the article's coding in one transaction under the writers' lock. Only articles whose
current coding is of another version are read, so a second recoding does nothing, and one that was killed goes on.

Rejects stay to be replayed. Articles that were skipped for their language cannot be recoded when a coder for it
arrives: the lake keeps no text of theirs. `tocsin ledger rewind` reads them again where topic or file still holds them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import apache_beam as beam

from pipelines import drain
from pipelines.board import BOARD
from pipelines.files import span_of
from pipelines.ingest import code_parsed
from pipelines.job import Job
from pipelines.lakes import close_lakes, open_lake
from pipelines.runner import pipeline, run_to_end
from pipelines.transforms.code_reports import code_batch, shared_coder
from pipelines.transforms.validate_reports import shared_validator
from pipelines.unparse import article_timestamp_ms, article_value
from schemas.batch import ParsedBatch, Placed, Record
from schemas.ledger import LedgerKey, LedgerKind
from warehouse.differences import Differences, Trial, read_differences
from warehouse.lake import Lake
from warehouse.lease import sole_lease
from warehouse.ledger import read_ledger
from warehouse.recoding import RecodeFilter, StoredArticle, ToRecode, to_recode
from warehouse.rows import to_landing

LEDGER = LedgerKey(LedgerKind.RECODE)
# Articles a Batch, two or three seconds of coding. A landing searches for what it supersedes: among 400,000 articles that
# takes 3.9 ms an article in Batches of 100, 2.0 ms in those of 200.
BATCH_RECORDS = 200


@dataclass(frozen=True, slots=True)
class Recoding:
    """What is about to be recoded."""

    to_version: str
    from_versions: tuple[str, ...]
    articles: int
    what: ToRecode


@dataclass(frozen=True, slots=True)
class Recoded:
    """What became of it. Of a dry run nothing is landed; `articles` are then those that would be."""

    recoding: Recoding
    dry_run: bool
    articles: int
    reports: int
    skips: int
    rejects: int
    differences: Differences


class ReadStored(beam.DoFn):
    """What to recode in, Batches of articles out."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def process(self, what: ToRecode) -> Iterator[ParsedBatch]:
        """Batches in order of publication; numbered on from where the ledger `@recode` stands."""
        desk = open_lake(self.job)
        row = desk.position(LEDGER)
        for batch in batches(what, desk.lake, row.next if row else 0):
            desk.begin(batch.span)
            yield batch


def plan(job: Job, which: RecodeFilter) -> Recoding:
    """What there is to recode as of now. Raises LakeError where no lake is."""
    what = to_recode(shared_coder(job.coder).version, which)
    with Lake.open_read_only(job.lake) as lake:
        return Recoding(what.coder_version, what.versions(lake), what.count(lake), what)


def batches(what: ToRecode, lake: Lake, number: int) -> Iterator[ParsedBatch]:
    """The articles in Batches from offset `number` on, until a drain is asked for; each read when it is asked for."""
    stored = what.articles(lake)
    while not drain.requested():
        with BOARD.measured("ReadStored"):
            part = tuple(islice(stored, BATCH_RECORDS))
        if not part:
            return
        yield as_batch(part, number)
        number += len(part)


def as_batch(part: Sequence[StoredArticle], number: int) -> ParsedBatch:
    """Stored articles as if they had just been parsed."""
    records = tuple(_record(stored, number + n) for n, stored in enumerate(part))
    placed = tuple(Placed(record, stored.article) for record, stored in zip(records, part, strict=True))
    return ParsedBatch(span_of(LEDGER, records), placed, (), ())


def _record(stored: StoredArticle, offset: int) -> Record:
    """A record that holds the article, to be kept whole if it fails."""
    return Record(
        offset=offset,
        timestamp_ms=article_timestamp_ms(stored.article),
        key=None,
        value=article_value(stored.article),
        origin=stored.origin,
        reject_id=stored.reject_id,
    )


def recode(job: Job, recoding: Recoding) -> Recoded:
    """Code the articles again and land them; raises the TocsinError that ended it, ShareTaken if another one runs."""
    with sole_lease(job.lake, "recode"):
        first = _position(job)
        graph = pipeline(streaming=False)
        what = graph | "ToRecode" >> beam.Create([recoding.what], reshuffle=False)
        code_parsed(what | "ReadStored" >> beam.ParDo(ReadStored(job)), job)
        BOARD.clear()
        try:
            run_to_end(graph)
        finally:
            close_lakes()
        return _recoded(recoding, _landed_differences(job, first), dry_run=False)


def try_out(job: Job, recoding: Recoding) -> Recoded:
    """Code the articles again and compare, landing nothing: the lake is open for reading alone."""
    coder, validator = shared_coder(job.coder), shared_validator(job.run.sample_judge_seconds)
    BOARD.clear()
    with Lake.open_read_only(job.lake) as lake, Trial() as trial:
        for batch in batches(recoding.what, lake, 0):
            landing = to_landing(validator.validate(code_batch(batch, coder)))
            trial.add(lake, landing)
            BOARD.counts["articles"] += landing.codings.num_rows
            BOARD.counts["reports"] += landing.reports.num_rows
            BOARD.counts["rejects"] += len(landing.batch.rejects)
        return _recoded(recoding, trial.differences, dry_run=True)


def nothing(recoding: Recoding, *, dry_run: bool) -> Recoded:
    """The outcome where there is nothing to recode."""
    return Recoded(recoding, dry_run, 0, 0, 0, 0, Differences())


def done() -> int:
    """How many articles this process has recoded so far, whatever became of them."""
    return sum(BOARD.counts[name] for name in ("articles", "skips", "rejects"))


def _position(job: Job) -> int:
    with Lake.open_read_only(job.lake) as lake:
        row = read_ledger(lake, LEDGER)
    return row.next if row else 0


def _landed_differences(job: Job, first: int) -> Differences:
    with Lake.open_read_only(job.lake) as lake:
        row = read_ledger(lake, LEDGER)
        return read_differences(lake, first, row.next) if row else Differences()


def _recoded(recoding: Recoding, differences: Differences, *, dry_run: bool) -> Recoded:
    counts = BOARD.counts
    return Recoded(
        recoding,
        dry_run,
        counts["articles"],
        counts["reports"],
        counts["skips"],
        counts["rejects"],
        differences,
    )
