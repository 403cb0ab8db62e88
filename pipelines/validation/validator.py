"""The policy: which Batches the judge sees, what its verdict does, and what becomes of a row that fails.

- Predicates judge every Batch. Nothing is rejected on their word alone: in each Batch with a critical failure the judge
  (Great Expectations) runs every critical expectation that failed, from the same JSON. Once in `sample_seconds` it runs
  the whole suites, on the next Batch whatever its state. (The whole suites on every failing Batch took 500 ms each, and
  with two reports of a hundred failing most Batches of 50 articles are failing ones.)
- Its verdict counts, expectation by expectation; one that it could not evaluate (or all, where it fails as a whole)
  stays with the predicate. Any difference is a Disagreement: logged as a warning, counted, handed to
  `on_disagreement`; and until the two agree again every Batch is a sample.
- A critical failure of an article makes the whole article a reject, and its reports are not judged. A critical failure
  of a report makes that report a reject and takes it out of its coding. A warning is written into `quality_flags`; an
  article's warning into those of each of its reports.
- Nothing of a row's content may end the run: a row that does not fit the frame is rejected as `value_not_judgeable`.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import pyarrow as pa

from pipelines.validation.agreement import EVERY, Disagreement, settle
from pipelines.validation.compiled import CompiledSuite, Failures, compile_suite
from pipelines.validation.findings import Finding, findings
from pipelines.validation.frame import (
    ARTICLE_BASE,
    REPORT_BASE,
    article_row,
    base,
    derive_articles,
    derive_reports,
    report_row,
)
from pipelines.validation.judge import Judge
from pipelines.validation.outcome import without_failed_articles, without_failed_reports
from pipelines.validation.rows import to_rows
from schemas.batch import CodedBatch, Placed
from schemas.coding import Coding
from schemas.expectations.suite import SUITE_NAMES, parse_suite, suite_text
from schemas.report import Report

LOG = logging.getLogger(__name__)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Validator:
    """Judges Batches. One a process: compiled at start (raises ExpectationError), the judge loaded when first needed.

    Safe to call from several threads. `clock` counts seconds for the sample, `now` is the time that "in the future"
    is measured by.
    """

    def __init__(
        self,
        sample_seconds: float = 60.0,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = _utc_now,
        judge: Judge | None = None,
        on_disagreement: Callable[[Disagreement], None] | None = None,
    ) -> None:
        texts = {name: suite_text(name) for name in SUITE_NAMES}
        self.articles = compile_suite(
            parse_suite(texts["articles"]), derive_articles(base((), ARTICLE_BASE), now()).schema
        )
        self.reports = compile_suite(
            parse_suite(texts["reports"]), derive_reports(base((), REPORT_BASE)).schema
        )
        self.judge = judge or Judge(texts)
        self.counts: Counter[str] = Counter()
        self._sample_seconds, self._clock, self._now = sample_seconds, clock, now
        self._on_disagreement = on_disagreement
        # the first sample a whole interval after start: loading the judge must not delay the first articles
        self._sample_at = clock() + sample_seconds
        self._lock = threading.Lock()

    def validate(self, batch: CodedBatch) -> CodedBatch:
        """The Batch as far as it may land: order kept, deterministic but for `first_seen_at` of new rejects.

        Every report that goes in comes out once, landed or in `report_rejects`; every coding once, landed or in
        `rejects` (its reports with it).
        """
        if not batch.codings:
            return batch
        sampled = self._sample_due()
        sound = without_failed_articles(batch, self._judge_articles(batch.codings, sampled))
        return without_failed_reports(sound, self._judge_reports(sound.codings, sampled))

    def _judge_articles(self, codings: Sequence[Placed[Coding]], sampled: bool) -> Mapping[int, Finding]:
        rows = to_rows([placed.value.article for placed in codings], article_row, ARTICLE_BASE)
        frame = derive_articles(rows.base, self._now())
        return findings(self.articles, rows, frame, self._failures(self.articles, frame, sampled))

    def _judge_reports(self, codings: Sequence[Placed[Coding]], sampled: bool) -> Mapping[int, Finding]:
        items = [(placed, report) for placed in codings for report in placed.value.reports]
        if not items:
            return {}
        rows = to_rows(items, _row_of_report, REPORT_BASE)
        frame = derive_reports(rows.base)
        return findings(self.reports, rows, frame, self._failures(self.reports, frame, sampled))

    def _failures(self, compiled: CompiledSuite, frame: pa.RecordBatch, sampled: bool) -> Failures:
        """By the predicates; what is critical, or all of a sample, by the judge."""
        failures = compiled.failures(frame)
        asked = () if sampled else compiled.critical & failures.keys()
        if not frame.num_rows or not (sampled or asked):
            return failures
        suite = compiled.suite.name
        self.counts["judged"] += 1
        try:
            verdict = self.judge.verdict(suite, frame, asked)
        except Exception as error:
            LOG.exception("Great Expectations failed on the suite %s", suite)
            self._note([Disagreement(suite, EVERY, (), (), f"{type(error).__name__}: {error}")])
            return failures
        settled, differences = settle(suite, failures, verdict, asked)
        self._note(differences)
        return settled

    def _sample_due(self) -> bool:
        """Whether this Batch is the sample. Put off while the judge still loads in the background."""
        with self._lock:
            if self._clock() < self._sample_at or not self.judge.ready():
                return False
            self._sample_at = self._clock() + self._sample_seconds
            return True

    def _note(self, differences: Sequence[Disagreement]) -> None:
        """Log, count and hand on; after a real difference the next Batch is a sample, too."""
        for difference in differences:
            self.counts["disagreements"] += 1
            LOG.warning("%s", difference)
            if self._on_disagreement:
                self._on_disagreement(difference)
        if any(not d.reason for d in differences):
            with self._lock:
                self._sample_at = self._clock()


def _row_of_report(item: tuple[Placed[Coding], Report]) -> tuple[object, ...]:
    placed, report = item
    return report_row(report, placed.value.article, placed.record.offset)
