"""Fetches single records again by their offset, to compare them with what was landed."""

import time
from collections.abc import Mapping

import kafka.errors
from kafka import KafkaConsumer, TopicPartition

from connectors.stamp import stamp
from schemas.ledger import RecordStamp


def stamps_at(
    consumer: KafkaConsumer, topic: str, offsets: Mapping[int, int], timeout_seconds: float
) -> dict[int, RecordStamp]:
    """Fingerprints of the records at these offsets, by partition; a record that is gone (compacted) is left out.

    The consumer must be assigned the partitions; it stands anywhere afterwards, with nothing paused. Raises
    KafkaTimeoutError if an answer takes longer than `timeout_seconds`.
    """
    deadline = time.monotonic() + timeout_seconds
    stamps: dict[int, RecordStamp] = {}
    for partition, offset in offsets.items():
        found = _stamp_at(consumer, TopicPartition(topic, partition), offset, deadline)
        if found is not None:
            stamps[partition] = found
    consumer.resume(*consumer.paused())
    return stamps


def _stamp_at(
    consumer: KafkaConsumer, at: TopicPartition, offset: int, deadline: float
) -> RecordStamp | None:
    """One partition at a time, with all others paused: a poll for one record then brings the right one."""
    consumer.pause(*consumer.assignment())
    consumer.resume(at)
    consumer.seek(at, offset)
    while time.monotonic() < deadline:
        for record in consumer.poll(timeout_ms=100, max_records=1).get(at, ()):
            if record.offset == offset:
                return stamp(record.offset, record.timestamp, record.key, record.value)
            return None
        if (consumer.position(at, timeout_ms=0) or 0) > offset:
            return None
    raise kafka.errors.KafkaTimeoutError(
        f"no answer for the record at {at.topic}/{at.partition} offset {offset}"
    )
