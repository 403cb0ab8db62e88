"""Fetches single records again by their offset, to compare them with what was landed."""

import time
from collections.abc import Mapping
from typing import Any

import kafka.errors
from kafka import TopicPartition

from connectors.client import consumer
from connectors.settings import KafkaSettings
from connectors.stamp import stamp
from schemas.ledger import RecordStamp


def stamps_at(
    settings: KafkaSettings, offsets: Mapping[int, int], timeout_seconds: float
) -> dict[int, RecordStamp]:
    """Fingerprints of the records at these offsets, by partition; a record that is gone (compacted) is left out.

    Through a consumer of its own: a fetch that runs ahead would hold up the stream's. Raises kafka-python's errors,
    KafkaTimeoutError if the records take longer than `timeout_seconds`.
    """
    if not offsets:
        return {}
    client = consumer(settings)
    try:
        wanted = {TopicPartition(settings.topic, p): offset for p, offset in offsets.items()}
        client.assign(list(wanted))
        for tp, offset in wanted.items():
            client.seek(tp, offset)
        return _collect(client, wanted, time.monotonic() + timeout_seconds)
    finally:
        client.close(autocommit=False, timeout_ms=0)


def _collect(client: Any, wanted: dict[TopicPartition, int], deadline: float) -> dict[int, RecordStamp]:
    """Polls until each partition gave its first record, or has none at or above its offset."""
    stamps: dict[int, RecordStamp] = {}
    while wanted:
        if time.monotonic() > deadline:
            raise kafka.errors.KafkaTimeoutError(f"no answer for the last records of {sorted(wanted)}")
        for tp, records in client.poll(timeout_ms=100).items():
            offset, first = wanted.pop(tp, None), records[0]
            if offset == first.offset:
                stamps[tp.partition] = stamp(first.offset, first.timestamp, first.key, first.value)
        passed = [tp for tp, offset in wanted.items() if (client.position(tp, timeout_ms=0) or 0) > offset]
        for tp in passed:
            del wanted[tp]
    return stamps
