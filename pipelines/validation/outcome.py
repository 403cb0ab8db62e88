"""What becomes of a Batch's codings after the verdict: what lands, flagged or not, and what is rejected."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from pipelines.rejecting import reject
from pipelines.validation.findings import NOTHING, Finding
from schemas.batch import CodedBatch, Placed, Span
from schemas.coding import Coding, coding_id
from schemas.reject import Reject, RejectCode
from schemas.report import Report


def without_failed_articles(batch: CodedBatch, found: Mapping[int, Finding]) -> CodedBatch:
    """The Batch with each critically failing article among the rejects instead of the codings.

    A warning of an article is written on each of its reports: there an analyst meets it.
    """
    codings: list[Placed[Coding]] = []
    rejects: list[Placed[Reject]] = []
    for position, placed in enumerate(batch.codings):
        finding = found.get(position, NOTHING)
        if finding.critical:
            rejects.append(_article_reject(batch.span, placed, finding))
        else:
            codings.append(_with_reports(placed, [_flagged(r, finding) for r in placed.value.reports]))
    return dataclasses.replace(batch, codings=tuple(codings), rejects=(*batch.rejects, *rejects))


def without_failed_reports(batch: CodedBatch, found: Mapping[int, Finding]) -> CodedBatch:
    """The Batch with each critically failing report among the report rejects instead of its coding's reports.

    Findings are by position among all reports of the Batch, codings in order. A coding stays, even with no report left.
    """
    codings: list[Placed[Coding]] = []
    rejects: list[Placed[Reject]] = []
    position = 0
    for placed in batch.codings:
        judged = [(report, found.get(position + n, NOTHING)) for n, report in enumerate(placed.value.reports)]
        position += len(judged)
        rejects += [_report_reject(batch.span, placed, r, f) for r, f in judged if f.critical]
        codings.append(_with_reports(placed, [_flagged(r, f) for r, f in judged if not f.critical]))
    return dataclasses.replace(
        batch, codings=tuple(codings), report_rejects=(*batch.report_rejects, *rejects)
    )


def _with_reports(placed: Placed[Coding], reports: Sequence[Report]) -> Placed[Coding]:
    if len(reports) == len(placed.value.reports) and all(map(_same, reports, placed.value.reports)):
        return placed
    return Placed(placed.record, dataclasses.replace(placed.value, reports=tuple(reports)))


def _same(one: Report, other: Report) -> bool:
    return one is other


def _flagged(report: Report, finding: Finding) -> Report:
    flags = _joined(report.quality_flags, finding.warnings)
    return report if flags == report.quality_flags else dataclasses.replace(report, quality_flags=flags)


def _joined(flags: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*flags, *more)))


def _article_reject(span: Span, placed: Placed[Coding], finding: Finding) -> Placed[Reject]:
    return reject(
        span,
        placed.record,
        RejectCode.ARTICLE_EXPECTATION_FAILED,
        finding.message,
        article=placed.value.article,
        expectations=finding.critical,
        coder_version=placed.value.coder_version,
    )


def _report_reject(span: Span, placed: Placed[Coding], report: Report, finding: Finding) -> Placed[Reject]:
    coding, offset = placed.value, placed.record.offset
    article = coding.article
    return reject(
        span,
        placed.record,
        RejectCode.EXPECTATION_FAILED,
        finding.message,
        article=article,
        report_id=report.report_id,
        coding_id=coding_id(
            article.article_id, article.text_sha256, coding.coder_version, str(span.ledger), offset
        ),
        expectations=finding.critical,
        coder_version=coding.coder_version,
    )
