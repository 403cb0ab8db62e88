"""How a record becomes a Reject: one envelope, filled in one place, with the original bytes whole."""

import hashlib
from datetime import UTC, datetime

from schemas.article import SCHEMA_VERSION, Article
from schemas.batch import Placed, Record, Span
from schemas.reject import STAGE_OF, Reject, RejectCode, RejectStatus, reject_id

# A message is one line that a person reads; an exception's text can be a page.
MESSAGE_CHARS = 500


def reject(
    span: Span,
    record: Record,
    code: RejectCode,
    message: str,
    *,
    article: Article | None = None,
    report_id: str | None = None,
    coding_id: str | None = None,
    expectations: tuple[str, ...] = (),
    coder_version: str | None = None,
) -> Placed[Reject]:
    """The record and its Reject; deterministic but for `first_seen_at`. Never raises: bytes stay bytes."""
    payload = record.value or b""
    stage = STAGE_OF[code]
    value = Reject(
        reject_id=record.reject_id or reject_id(str(span.ledger), record.offset, stage, code, report_id),
        stage=stage,
        code=code,
        message=storable(message)[:MESSAGE_CHARS],
        payload=payload,
        payload_sha256=hashlib.sha256(payload).hexdigest(),
        payload_bytes=len(payload),
        record_key=record.key,
        record_timestamp_at=record.timestamp_at,
        article_id=article.article_id if article else None,
        source=article.source if article else None,
        report_id=report_id,
        coding_id=coding_id,
        expectations=expectations,
        schema_version=SCHEMA_VERSION,
        coder_version=coder_version,
        first_seen_at=datetime.now(UTC),
        attempts=1,
        status=RejectStatus.OPEN,
        settled_at=None,
        settled_by=None,
    )
    return Placed(record, value)


def storable(text: str) -> str:
    """The text without what Arrow cannot hold (lone surrogates) and on one line."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
