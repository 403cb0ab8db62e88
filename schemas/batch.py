"""What one stage of the graph hands to the next: always one Batch of one ledger, never a lone record.

A Batch is what one poll of one partition gave. Its span moves the ledger; its parts become rows. The sums that the
conservation equation needs are properties here, so that no stage counts for itself.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from schemas.article import Article
from schemas.coding import Coding
from schemas.ledger import LedgerKey, LedgerKind, LogIdentity, RecordStamp
from schemas.reject import Reject
from schemas.skip import Skip

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record first lay: replays keep the original's position beside their own offset."""

    topic: str | None
    partition: int | None
    offset: int


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it was read. `offset` counts in the Batch's ledger; `origin` is set when that is a replay's."""

    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    origin: Origin | None = None
    reject_id: str | None = None  # the reject that a replay tries again

    @property
    def timestamp_at(self) -> datetime:
        """The record's timestamp, UTC."""
        return datetime.fromtimestamp(self.timestamp_ms / 1000, UTC)


@dataclass(frozen=True, slots=True)
class Span:
    """The offsets `[from_offset, to_offset)` of one ledger that a Batch passes.

    `last` stamps the last record in it (None when it held none); `lost` counts offsets in it that retention removed
    and the operator accepted.
    """

    ledger: LedgerKey
    from_offset: int
    to_offset: int
    identity: LogIdentity = LogIdentity()
    last: RecordStamp | None = None
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Records of one span, ascending in offset; may be empty (the ledger then only moves)."""

    span: Span
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A value and the record that it came from."""

    record: Record
    value: T


@dataclass(frozen=True, slots=True)
class ParsedBatch:
    """After ParseArticles (and SkipKnown): each record is exactly one of the three."""

    span: Span
    articles: tuple[Placed[Article], ...]
    skips: tuple[Placed[Skip], ...]
    rejects: tuple[Placed[Reject], ...]


@dataclass(frozen=True, slots=True)
class CodedBatch:
    """After CodeReports and ValidateReports.

    `rejects` are of whole articles (report_id None); `report_rejects` are of single reports of a coding in `codings`.
    """

    span: Span
    codings: tuple[Placed[Coding], ...]
    skips: tuple[Placed[Skip], ...]
    rejects: tuple[Placed[Reject], ...]
    report_rejects: tuple[Placed[Reject], ...] = ()


def origin(ledger: LedgerKey, record: Record) -> Origin:
    """Where the record first lay, whether it is read for the first time or replayed."""
    if record.origin is not None:
        return record.origin
    if ledger.kind is LedgerKind.KAFKA:
        return Origin(ledger.name, ledger.partition, record.offset)
    return Origin(None, None, record.offset)
