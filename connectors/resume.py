"""Decides where a partition is read on, from its ledger and what the broker says. Pure; the rules of DESIGN 4.2, 4.3."""

from dataclasses import dataclass

from schemas.errors import AnotherLog, OffsetsLost
from schemas.ledger import LedgerKey, LedgerRow, LogIdentity, RecordStamp

_ADOPT = "Run again with --accept-new-topic to read the new log from its beginning and write that down."


@dataclass(frozen=True, slots=True)
class Start:
    """Where to read on. What lies in `[from_offset, position)` is lost, and accepted."""

    from_offset: int
    position: int

    @property
    def lost(self) -> int:
        """Offsets that retention removed before they were read."""
        return self.position - self.from_offset


def start(
    key: LedgerKey,
    row: LedgerRow | None,
    identity: LogIdentity,
    earliest: int,
    end: int,
    *,
    accept_loss: bool = False,
) -> Start:
    """Where to read on: at the ledger's `next`, or at the earliest offset of a partition that has no ledger yet.

    Raises AnotherLog (another cluster or topic id, or a log that ends before `next`) and OffsetsLost (retention
    passed `next`, unless the loss is accepted).
    """
    if row is None:
        return Start(earliest, earliest)
    check_identity(key, LogIdentity(row.cluster_id, row.topic_id), identity)
    if row.next > end:
        raise AnotherLog(
            f"{key}: the ledger stands at {row.next}, but the log ends at {end}: it was cut off or made anew.",
            _ADOPT,
        )
    if row.next < earliest:
        if not accept_loss:
            raise OffsetsLost(str(key), row.next, earliest)
        return Start(row.next, earliest)
    return Start(row.next, row.next)


def check_identity(key: LedgerKey, ours: LogIdentity, theirs: LogIdentity) -> None:
    """Raises AnotherLog if both sides know an id and they differ. (Brokers before 2.8 have no topic ids.)"""
    if ours.cluster_id and theirs.cluster_id and ours.cluster_id != theirs.cluster_id:
        raise AnotherLog(
            f"{key}: the ledger belongs to cluster {ours.cluster_id}, but this is {theirs.cluster_id}.",
            f"Check kafka.bootstrap_servers. {_ADOPT}",
        )
    if ours.topic_id and theirs.topic_id and ours.topic_id != theirs.topic_id:
        raise AnotherLog(
            f"{key}: the ledger belongs to topic id {ours.topic_id}, but the topic is now {theirs.topic_id}: "
            "it was deleted and created again.",
            _ADOPT,
        )


def check_stamp(key: LedgerKey, ours: RecordStamp, theirs: RecordStamp) -> None:
    """Raises AnotherLog if another record lies where the last landed one was."""
    if ours != theirs:
        raise AnotherLog(
            f"{key}: another record lies at offset {ours.offset} than the one that was landed "
            f"(timestamp {theirs.timestamp_ms} instead of {ours.timestamp_ms}, "
            f"CRC-32 {theirs.crc32:08x} instead of {ours.crc32:08x}).",
            _ADOPT,
        )


def last_stamp(row: LedgerRow | None) -> RecordStamp | None:
    """The fingerprint of the last record landed; None if there was none."""
    if row is None or row.last_offset is None or row.last_timestamp_ms is None or row.last_crc32 is None:
        return None
    return RecordStamp(row.last_offset, row.last_timestamp_ms, row.last_crc32)
