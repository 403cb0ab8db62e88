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
# kafka-python ends a delivery by itself when its time is over; this is for its answer to reach us.
_ANSWER_SECONDS = 10.0


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
        error = _outcome(self._in_flight[0].future, self._wait_seconds)
        if isinstance(error, _REFUSED):
            self._recover()
        elif error is not None:
            raise translate(error, self._settings.bootstrap_servers, self._settings.topic) from error
        else:
            sent = self._in_flight.popleft()
            self._in_flight_bytes -= sent.size
            self._confirmed(sent.future.value.partition)

    def _confirmed(self, partition: int) -> None:
        self.published[partition] = self.published.get(partition, 0) + 1

    def _refuse(self, label: str, reason: str) -> None:
        self.refused += 1
        self._tell(label, reason)

    def _recover(self) -> None:
        """After a refusal kafka-python's idempotent producer takes nothing more, and fails all it had with that error.

        A new one sends them again, each alone and awaited: only then is a refused record known to be the one.
        """
        waiting, self._in_flight, self._in_flight_bytes = self._in_flight, deque(), 0
        outcomes = [(sent, _outcome(sent.future, self._wait_seconds)) for sent in waiting]
        self._renew()
        for sent, error in outcomes:
            if error is None:
                self._confirmed(sent.future.value.partition)
            else:
                self._send_alone(sent)

    def _send_alone(self, sent: _Sent) -> None:
        self._enqueue(sent.record, sent.label)
        if not self._in_flight:
            return  # refused before it was sent
        alone = self._in_flight.pop()
        self._in_flight_bytes = 0
        error = _outcome(alone.future, self._wait_seconds)
        if error is None:
            self._confirmed(alone.future.value.partition)
        elif isinstance(error, _REFUSED):
            self._refuse(sent.label, f"refused by the broker ({type(error).__name__})")
            self._renew()
        else:
            raise translate(error, self._settings.bootstrap_servers, self._settings.topic) from error

    @property
    def _wait_seconds(self) -> float:
        return self._publish.delivery_timeout_ms / 1000 + _ANSWER_SECONDS

    def _renew(self) -> None:
        self._producer.close(timeout=0)
        self._producer = self._new_producer()

    def _new_producer(self) -> KafkaProducer:
        return producer(
            self._settings,
            self._publish.compression,
            batch_size=min(
                _BATCH_BYTES, self.max_record_bytes
            ),  # a batch has to fit into the topic's limit too
            linger_ms=self._publish.linger_ms,
            delivery_timeout_ms=self._publish.delivery_timeout_ms,
        )


def _outcome(future: Any, timeout_seconds: float) -> Exception | None:
    """How a delivery ended: None if it was confirmed."""
    try:
        future.get(timeout=timeout_seconds)
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
