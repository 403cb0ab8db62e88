"""The ledger: how far each sequence has been landed, with an identity, so that another log is never mistaken for it."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from schemas.columns import column


class LedgerKind(StrEnum):
    """What kind of sequence a ledger counts."""

    KAFKA = "kafka"
    FILE = "file"
    REPLAY = "@replay"
    RECODE = "@recode"


@dataclass(frozen=True, slots=True)
class LedgerKey:
    """Names one sequence. `name` is the topic or the file's digest; replays and recodings have none."""

    kind: LedgerKind
    name: str = ""
    partition: int = 0

    def __str__(self) -> str:
        """The text form kept in every row's `ledger` column."""
        if self.kind is LedgerKind.KAFKA:
            return f"kafka:{self.name}/{self.partition}"
        return f"file:{self.name}" if self.kind is LedgerKind.FILE else self.kind.value

    @property
    def table(self) -> str:
        """Name of the ledger's own small table; a digest keeps odd topic names apart and identifiers plain."""
        readable = re.sub(r"[^a-z0-9]+", "_", str(self).lower()).strip("_")[:40]
        return f"ledger_{readable}_{hashlib.sha256(str(self).encode()).hexdigest()[:8]}"

    @classmethod
    def parse(cls, text: str) -> "LedgerKey":
        """The key of a text form; raises ValueError for anything else."""
        if match := re.fullmatch(r"kafka:(.+)/(\d+)", text):
            return cls(LedgerKind.KAFKA, match[1], int(match[2]))
        if text.startswith("file:") and len(text) > len("file:"):
            return cls(LedgerKind.FILE, text.removeprefix("file:"))
        return cls(LedgerKind(text))


@dataclass(frozen=True, slots=True)
class LogIdentity:
    """Which log a sequence belongs to: a re-created topic has another topic id. Empty for files and replays."""

    cluster_id: str = ""
    topic_id: str = ""


@dataclass(frozen=True, slots=True)
class RecordStamp:
    """Fingerprint of one record, to recognise it again: offset, timestamp and CRC-32 of key and value."""

    offset: int
    timestamp_ms: int
    crc32: int


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """The one row of a ledger's table."""

    ledger: str = column("Text form of the ledger's key.")
    cluster_id: str = column("Kafka cluster id; empty for files, replays and recodings.")
    topic_id: str = column("Kafka topic id; empty for files, replays and recodings.")
    next: int = column("Every offset below this has been landed; the next Batch begins here.")
    first: int = column("The offset at which the ledger began (retention may have passed 0).")
    codings: int = column("Offsets that became codings.")
    skips: int = column("Offsets that became skips.")
    rejects: int = column("Offsets that became rejects of the whole article.")
    offsets_empty: int = column("Offsets that held no record (transaction markers, compaction).")
    offsets_lost: int = column("Offsets that retention removed before they were read, accepted by hand.")
    offsets_skipped: int = column("Offsets passed over by hand (tocsin ledger skip).")
    offsets_reopened: int = column(
        "Offsets opened again by hand (rewind, new topic): next - first + offsets_reopened = all that was read."
    )
    last_offset: int | None = column("Offset of the last record landed.")
    last_timestamp_ms: int | None = column("Kafka timestamp of the last record landed, milliseconds.")
    last_crc32: int | None = column("CRC-32 of key and value of the last record landed.")
    writer: str = column("Host, process id and start time of the writer.")
    updated_at: datetime = column("When the ledger last moved, UTC.")


@dataclass(frozen=True, slots=True)
class LedgerChange:
    """Row of table `ledger_changes`: a position changed by hand, a topic accepted, a loss accepted; append-only."""

    ledger: str = column("Text form of the ledger's key.")
    change: str = column("skip, rewind, accept_loss or accept_new_topic.")
    before: int = column("`next` before.")
    after: int = column("`next` after.")
    count: int = column("Offsets passed over (skip, loss) or reopened (rewind).")
    reason: str = column("Why, as given.")
    changed_by: str = column("Who: login and host.")
    changed_at: datetime = column("When, UTC.")
