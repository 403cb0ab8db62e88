"""The reject: the one envelope for everything that did not land, with the original bytes whole."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from schemas.columns import Int16, Int32, column


class Stage(StrEnum):
    """Where in the flow it failed."""

    READ = "read"
    PARSE = "parse"
    CODE = "code"
    VALIDATE = "validate"
    LAND = "land"
    RESOLVE = "resolve"


class RejectCode(StrEnum):
    """Closed list of reasons; each belongs to one stage (`STAGE_OF`)."""

    UNREADABLE_RECORD = "unreadable_record"
    EMPTY = "empty"
    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    TOO_DEEP = "too_deep"
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"
    MISSING_TEXT = "missing_text"
    FIELD_TOO_LONG = "field_too_long"
    BAD_TEXT = "bad_text"
    BAD_DATE = "bad_date"
    BAD_NUMBER = "bad_number"
    BAD_HTML = "bad_html"
    BAD_SCHEMA_VERSION = "bad_schema_version"
    CODING_TIMEOUT = "coding_timeout"
    CODING_FAILED = "coding_failed"
    SENTENCE_TOO_LONG = "sentence_too_long"
    EXPECTATION_FAILED = "expectation_failed"
    ARTICLE_EXPECTATION_FAILED = "article_expectation_failed"
    NOT_STORABLE = "not_storable"
    INSERT_FAILED = "insert_failed"
    EVENT_INVARIANT = "event_invariant"


STAGE_OF: dict[RejectCode, Stage] = {
    RejectCode.UNREADABLE_RECORD: Stage.READ,
    RejectCode.CODING_TIMEOUT: Stage.CODE,
    RejectCode.CODING_FAILED: Stage.CODE,
    RejectCode.SENTENCE_TOO_LONG: Stage.CODE,
    RejectCode.EXPECTATION_FAILED: Stage.VALIDATE,
    RejectCode.ARTICLE_EXPECTATION_FAILED: Stage.VALIDATE,
    RejectCode.NOT_STORABLE: Stage.LAND,
    RejectCode.INSERT_FAILED: Stage.LAND,
    RejectCode.EVENT_INVARIANT: Stage.RESOLVE,
} | {
    code: Stage.PARSE
    for code in RejectCode
    if code.name.startswith(
        ("EMPTY", "NOT_UTF8", "NOT_JSON", "NOT_AN", "TOO_", "WRONG", "MISSING", "FIELD", "BAD")
    )
}


class RejectStatus(StrEnum):
    """The life of a reject."""

    OPEN = "open"
    REPLAYED = "replayed"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Reject:
    """Row of table `rejects` (with its Provenance beside it).

    A reject of stage `validate` holds the whole article's original bytes, or replay would be impossible.
    A payload above 64 KB lies in table `reject_payloads`; `payload` is then NULL and the digest says which.
    """

    reject_id: str = column("Deterministic: ledger, offset, stage, code and report id.")
    stage: Stage = column("Where it failed.")
    code: RejectCode = column("Why, from a closed list.")
    message: str = column("What is wrong, in one line.")
    payload: bytes | None = column("The original bytes, whole; NULL when they lie in reject_payloads.")
    payload_sha256: str = column("SHA-256 of the original bytes.")
    payload_bytes: Int32 = column("Length of the original bytes.")
    record_key: bytes | None = column("Key of the Kafka record.")
    record_timestamp_at: datetime | None = column("Timestamp of the Kafka record, UTC.")
    article_id: str | None = column("The article, where it could be read.")
    source: str | None = column("Name of the source, where it could be read.")
    report_id: str | None = column(
        "The report, for stage validate; NULL when the whole article was rejected."
    )
    coding_id: str | None = column("The coding that the report belongs to, for stage validate.")
    expectations: tuple[str, ...] = column("Names of the expectations that failed.")
    schema_version: Int16 = column("Version of the article form in force.")
    coder_version: str | None = column("Version of the coder, from stage code on.")
    first_seen_at: datetime = column("When it was first rejected, UTC.")
    attempts: Int32 = column("How often it was tried, the first time included.")
    status: RejectStatus = column("open, replayed or discarded.")
    settled_at: datetime | None = column("When it was replayed or discarded, UTC.")
    settled_by: str | None = column("Who or what settled it, and why.")


@dataclass(frozen=True, slots=True)
class RejectPayload:
    """Row of table `reject_payloads`: payloads above 64 KB, kept out of inlining."""

    payload_sha256: str = column("SHA-256 of the bytes.")
    payload: bytes = column("The original bytes, whole.")


def reject_id(ledger: str, offset: int, stage: Stage, code: RejectCode, report_id: str | None = None) -> str:
    """Deterministic id of a reject (32 hex digits)."""
    seed = "\x00".join((ledger, str(offset), stage.value, code.value, report_id or ""))
    return hashlib.sha256(seed.encode()).hexdigest()[:32]
