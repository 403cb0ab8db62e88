"""Sends records to the topic: idempotent, acknowledged by all replicas, bounded in memory.

A record that the broker refuses stops no other. Knows nothing of what a record says.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Self

import kafka.errors
from kafka import KafkaProducer

from connectors.client import producer
from connectors.failures import translate
from connectors.settings import KafkaSettings, PublishSettings
from connectors.topics import describe_topic, max_message_bytes
from schemas.errors import PublishError

# Errors by which a broker refuses one record or batch for what it is; anything else is the broker's own trouble.
_REFUSED = (
    kafka.errors.MessageSizeTooLargeError,
    kafka.errors.RecordListTooLargeError,
    kafka.errors.InvalidRecordError,
    kafka.errors.InvalidTimestampError,
    kafka.errors.CorruptRecordError,
)
# Kafka's own default: about four articles.
_BATCH_BYTES = 16_384


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record of any bytes. `value` None is a tombstone; without `partition` the key decides."""

    value: bytes | None
    key: bytes | None = None
    partition: int | None = None
    timestamp_ms: int | None = None


@dataclass(slots=True)
class _Sent:
    record: RawRecord
    label: str
    future: Any

    @property
    def size(self) -> int:
        return len(self.record.value or b"") + len(self.record.key or b"")


Refused = Callable[[str, str], None]
"""Told the label of a refused record and the reason."""


class Publisher:
    """One producer and what it has not had confirmed. `published` counts confirmed records by partition.

    Raises BrokerUnreachable, BrokerRefused or TopicMissing when made. A record whose delivery failed together with
    a refused one is sent again: it may then, very rarely, lie in the log twice, and is skipped as a duplicate.
    """

    def __init__(
        self, settings: KafkaSettings, publish: PublishSettings | None = None, refused: Refused | None = None
    ) -> None:
        describe_topic(settings)  # raises TopicMissing now; a producer would try for a minute
        limit = max_message_bytes(settings)
        self.max_record_bytes = min(settings.max_record_bytes, limit or settings.max_record_bytes)
        self.published: dict[int, int] = {}
        self.refused = 0
        self._settings = replace(settings, max_record_bytes=self.max_record_bytes)
        self._publish = publish or PublishSettings()
        self._tell = refused or (lambda _label, _reason: None)
        self._in_flight: deque[_Sent] = deque()
        self._in_flight_bytes = 0
        self._alone = False
        self._producer: KafkaProducer = self._new_producer()

    def send(self, record: RawRecord, label: str = "") -> None:
        """Sends one record; waits while too much is unconfirmed. `label` names it if it is refused."""
        self._enqueue(record, label)
        while self._in_flight_bytes > self._publish.max_in_flight_bytes:
            self._settle_oldest()
        while self._in_flight and self._in_flight[0].future.is_done:
            self._settle_oldest()

    def flush(self) -> None:
        """Waits until everything sent is confirmed or refused. Raises BrokerUnreachable or BrokerError."""
        while self._in_flight:
            self._settle_oldest()

    def close(self) -> None:
        """Gives the connection back, without waiting for what is not confirmed."""
        self._producer.close(timeout=0)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """Flushes unless something went wrong; closes in any case."""
        try:
            if kind is None:
                self.flush()
        finally:
            self.close()

    def _enqueue(self, record: RawRecord, label: str) -> None:
        try:
            future = self._producer.send(
                self._settings.topic,
                value=record.value,
                key=record.key,
                partition=record.partition,
                timestamp_ms=record.timestamp_ms,
            )
        except kafka.errors.MessageSizeTooLargeError:
            self._refuse(label, f"too large (at most {self.max_record_bytes:,} bytes with its overhead)")
            return
        except kafka.errors.KafkaError as error:
            raise translate(error, self._settings.bootstrap_servers, self._settings.topic) from error
        sent = _Sent(record, label, future)
        self._in_flight.append(sent)
        self._in_flight_bytes += sent.size

    def _settle_oldest(self) -> None:
        sent = self._in_flight[0]
        try:
            metadata = sent.future.get(timeout=self._publish.delivery_timeout_ms / 1000 + 10)
        except _REFUSED:
            self._recover()
            return
        except kafka.errors.KafkaError as error:
            raise translate(error, self._settings.bootstrap_servers, self._settings.topic) from error
        self._in_flight.popleft()
        self._in_flight_bytes -= sent.size
        self._confirmed(metadata.partition)

    def _confirmed(self, partition: int) -> None:
        self.published[partition] = self.published.get(partition, 0) + 1

    def _refuse(self, label: str, reason: str) -> None:
        self.refused += 1
        self._tell(label, reason)

    def _recover(self) -> None:
        """After a refusal kafka-python's idempotent producer takes nothing more: a new one sends the others again.

        From then on every record travels alone, because a broker refuses whole batches: only alone is a record
        known to be the one that is refused.
        """
        waiting, self._in_flight, self._in_flight_bytes = self._in_flight, deque(), 0
        was_alone, self._alone = self._alone, True
        again: list[_Sent] = []
        for sent in waiting:
            error = _outcome(sent, self._publish.delivery_timeout_ms / 1000)
            if error is None:
                self._confirmed(sent.future.value.partition)
            elif was_alone and isinstance(error, _REFUSED):
                self._refuse(sent.label, f"refused by the broker ({type(error).__name__})")
            else:
                again.append(sent)
        self._producer.close(timeout=0)
        self._producer = self._new_producer()
        for sent in again:
            self._enqueue(sent.record, sent.label)

    def _new_producer(self) -> KafkaProducer:
        # A batch has to fit into the topic's limit too. With 0, kafka-python sends each record alone.
        batch_size = 0 if self._alone else min(_BATCH_BYTES, self.max_record_bytes)
        return producer(
            self._settings,
            self._publish.compression,
            batch_size=batch_size,
            linger_ms=self._publish.linger_ms,
            delivery_timeout_ms=self._publish.delivery_timeout_ms,
        )


def _outcome(sent: _Sent, timeout_seconds: float) -> Exception | None:
    """How the delivery ended: None if it was confirmed."""
    try:
        sent.future.get(timeout=timeout_seconds)
    except kafka.errors.KafkaError as error:
        ended: Exception = error
        return ended
    return None


def publish_raw(
    settings: KafkaSettings, records: Iterable[RawRecord], publish: PublishSettings | None = None
) -> int:
    """Sends records of any bytes, and gives how many were confirmed. Raises PublishError for the first refused."""
    told: list[str] = []
    with Publisher(settings, publish, lambda label, reason: told.append(f"{label}: {reason}")) as publisher:
        for number, record in enumerate(records, 1):
            publisher.send(record, f"record {number}")
    if told:
        raise PublishError(f"{len(told)} records were refused; the first is {told[0]}.")
    return sum(publisher.published.values())


class Metronome:
    """Keeps a steady rate: `tick` returns when the next one is due. A late one is not caught up with in a burst."""

    def __init__(self, per_second: float | None) -> None:
        self._pause = 1 / per_second if per_second else 0.0
        self._due = time.monotonic()

    def tick(self) -> None:
        """Waits for its turn."""
        if not self._pause:
            return
        now = time.monotonic()
        self._due = max(self._due, now - self._pause)
        if self._due > now:
            time.sleep(self._due - now)
        self._due += self._pause
