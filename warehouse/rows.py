"""ToArrow: a coded Batch becomes the rows of all tables, so that nothing can fail at Land.

What Arrow cannot hold (a lone surrogate passes JSON and fails in Arrow) rejects its own record (stage `land`, code
`not_storable`), never the Batch. Knows the records; knows nothing of what the lake holds.
"""

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pyarrow as pa

from schemas.article import SCHEMA_VERSION
from schemas.batch import CodedBatch, Placed, Record, Span, origin
from schemas.coding import Coding, CodingRow, coding_id
from schemas.reject import Reject, RejectCode, RejectStatus, Stage, reject_id
from schemas.report import Report
from schemas.tables import ARTICLES, CODINGS, REPORTS, SKIPS
from warehouse.columnar import UNSTORABLE, arrow_table
from warehouse.landing import Entry, Fate, Landing

# set when it lands, the same instant for all rows of one transaction
AT_LANDING = frozenset({"ingested_at"})
MESSAGE_CHARS = 500


class Place(NamedTuple):
    """A row's provenance, less the instant of landing."""

    ledger: str
    topic: str | None
    partition: int | None
    offset: int


class OfCoding(NamedTuple):
    """Which coding a report belongs to."""

    coding_id: str
    superseded_by: str | None


def place(span: Span, record: Record) -> Place:
    """Where a row of this record comes from: a replay keeps the topic and partition of the original."""
    first = origin(span.ledger, record)
    return Place(str(span.ledger), first.topic, first.partition, record.offset)


def to_landing(batch: CodedBatch) -> Landing:
    """The Batch as rows. Never raises for a value: a record that cannot be stored becomes a reject."""
    try:
        return _landing(batch)
    except UNSTORABLE:
        return _landing(without_unstorable(batch))


def without_unstorable(batch: CodedBatch) -> CodedBatch:
    """The Batch with each record that Arrow cannot hold moved to the rejects."""
    placed: tuple[Placed[Any], ...] = (*batch.codings, *batch.skips)
    alone = {p.record.offset: _only(batch, p.record.offset) for p in placed}
    failed = {offset: why for offset, one in alone.items() if (why := _failure(one))}
    moved = [_not_storable(batch.span, alone[offset], why) for offset, why in failed.items()]

    def kept(placed: Iterable[Placed[Any]]) -> tuple[Placed[Any], ...]:
        return tuple(p for p in placed if p.record.offset not in failed)

    return CodedBatch(
        batch.span,
        kept(batch.codings),
        kept(batch.skips),
        batch.rejects + tuple(moved),
        kept(batch.report_rejects),
    )


def _only(batch: CodedBatch, offset: int) -> CodedBatch:
    def one(placed: Iterable[Placed[Any]]) -> tuple[Placed[Any], ...]:
        return tuple(p for p in placed if p.record.offset == offset)

    return CodedBatch(batch.span, one(batch.codings), one(batch.skips), (), one(batch.report_rejects))


def _failure(batch: CodedBatch) -> str:
    try:
        _landing(batch)
    except UNSTORABLE as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _not_storable(span: Span, alone: CodedBatch, why: str) -> Placed[Reject]:
    code = RejectCode.NOT_STORABLE
    if alone.codings:
        coding = alone.codings[0]
        return whole_reject(span, coding.record, code, why, coding.value)
    return whole_reject(span, alone.skips[0].record, code, why)


def whole_reject(
    span: Span, record: Record, code: RejectCode, why: str, coding: Coding | None = None
) -> Placed[Reject]:
    """The reject of a whole article at stage `land`, its text made storable; never raises."""
    payload = record.value or b""
    article = coding.article if coding else None
    return Placed(
        record,
        Reject(
            reject_id=reject_id(str(span.ledger), record.offset, Stage.LAND, code),
            stage=Stage.LAND,
            code=code,
            message=storable(why)[:MESSAGE_CHARS],
            payload=payload,
            payload_sha256=hashlib.sha256(payload).hexdigest(),
            payload_bytes=len(payload),
            record_key=record.key,
            record_timestamp_at=_instant(record.timestamp_ms),
            article_id=encodable(article.article_id) if article else None,
            source=encodable(article.source) if article else None,
            report_id=None,
            coding_id=None,
            expectations=(),
            schema_version=SCHEMA_VERSION,
            coder_version=coding.coder_version if coding else None,
            first_seen_at=datetime.now(UTC),
            attempts=1,
            status=RejectStatus.OPEN,
            settled_at=None,
            settled_by=None,
        ),
    )


def _instant(timestamp_ms: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(timestamp_ms / 1000, UTC)
    except (OverflowError, ValueError, OSError):  # a producer may write any 64 bits
        return None


def encodable(text: str) -> str:
    """The text with question marks for lone surrogates."""
    return text.encode("utf-8", "replace").decode("utf-8")


def storable(text: str) -> str:
    """The same, on one line."""
    return " ".join(encodable(text).split())


def storable_reject(reject: Reject) -> Reject:
    """The reject with its texts storable; its bytes stay as they are."""
    return dataclasses.replace(
        reject,
        message=storable(reject.message),
        article_id=None if reject.article_id is None else encodable(reject.article_id),
        source=None if reject.source is None else encodable(reject.source),
    )


def _landing(batch: CodedBatch) -> Landing:
    batch = _without_twins(batch)
    entries = _entries(batch)
    rejected = {e.offset: len(e.report_rejects) for e in entries if e.fate is Fate.CODING}
    ids = {e.offset: e.coding_id or "" for e in entries}
    return Landing(
        batch,
        entries,
        _table(ARTICLES, [(p.value.article, place(batch.span, p.record)) for p in batch.codings]),
        _table(CODINGS, [_coding_row(batch.span, p, ids, rejected) for p in batch.codings]),
        _table(REPORTS, [row for p in batch.codings for row in _report_rows(batch.span, p, ids)]),
        _table(SKIPS, [(p.value, place(batch.span, p.record)) for p in batch.skips]),
    )


def _table(table: Any, rows: Sequence[Sequence[Any]]) -> pa.Table:
    return arrow_table(table, rows, AT_LANDING)


def _coding_row(
    span: Span, placed: Placed[Coding], ids: dict[int, str], rejected: dict[int, int]
) -> tuple[CodingRow, Place]:
    coding, offset = placed.value, placed.record.offset
    landed = len(coding.reports)
    row = CodingRow(
        coding_id=ids[offset],
        article_id=coding.article.article_id,
        text_sha256=coding.article.text_sha256,
        coder_version=coding.coder_version,
        reports_coded=landed + coding.out_of_scope + rejected[offset],
        reports_landed=landed,
        reports_out_of_scope=coding.out_of_scope,
        reports_rejected=rejected[offset],
        superseded_by=None,
    )
    return row, place(span, placed.record)


def _report_rows(
    span: Span, placed: Placed[Coding], ids: dict[int, str]
) -> list[tuple[Report, OfCoding, Place]]:
    of_coding = OfCoding(ids[placed.record.offset], None)
    where = place(span, placed.record)
    return [(report, of_coding, where) for report in placed.value.reports]


def _without_twins(batch: CodedBatch) -> CodedBatch:
    """A coding that names one report twice (the same words, the same sub-event type) keeps the first; the others are
    rejected, or a report_id would not be unique."""
    if not any(_twins(p.value) for p in batch.codings):
        return batch
    codings, rejects = [], list(batch.report_rejects)
    for placed in batch.codings:
        first: dict[str, Report] = {}
        for report in placed.value.reports:
            first.setdefault(report.report_id, report)
        once = dataclasses.replace(placed.value, reports=tuple(first.values()))
        codings.append(Placed(placed.record, once))
        rejects.extend(_twin_reject(batch.span, placed, r) for r in _twins(placed.value))
    return dataclasses.replace(batch, codings=tuple(codings), report_rejects=tuple(rejects))


def _twins(coding: Coding) -> list[str]:
    return [i for i, n in Counter(r.report_id for r in coding.reports).items() for _ in range(n - 1)]


def _twin_reject(span: Span, placed: Placed[Coding], report: str) -> Placed[Reject]:
    why = f"the coder wrote the report {report} more than once"
    reject = whole_reject(span, placed.record, RejectCode.NOT_STORABLE, why, placed.value).value
    return Placed(placed.record, dataclasses.replace(reject, report_id=report))


def _entries(batch: CodedBatch) -> tuple[Entry, ...]:
    entries = [_coding_entry(batch, p) for p in batch.codings]
    entries += [Entry(p.record, Fate.SKIP, skip_reason=p.value.reason.value) for p in batch.skips]
    entries += [Entry(p.record, Fate.REJECT, reject=storable_reject(p.value)) for p in batch.rejects]
    return tuple(sorted(entries, key=lambda e: e.offset))


def _coding_entry(batch: CodedBatch, placed: Placed[Coding]) -> Entry:
    coding, record = placed.value, placed.record
    article = coding.article
    made = coding_id(
        article.article_id, article.text_sha256, coding.coder_version, str(batch.span.ledger), record.offset
    )
    rejects = tuple(
        dataclasses.replace(storable_reject(p.value), coding_id=made)
        for p in batch.report_rejects
        if p.record.offset == record.offset
    )
    return Entry(record, Fate.CODING, article, made, coding.coder_version, None, rejects)
