"""Gathers records from a consumer for one poll: waits for a first one, then a little longer, within bounds."""

import time
from collections import deque
from collections.abc import Callable, Iterable

from kafka import KafkaConsumer
from kafka.consumer.fetcher import ConsumerRecord

from connectors.settings import ReadSettings

# Polling for each single record costs more than the record; a slice of 50 ms adds 25 ms to the median.
_SLICE_SECONDS = 0.05
# A poll that brings so many at once did not wait for them to be written: they had piled up.
_FLOOD_RECORDS = 20


class Gatherer:
    """Takes records out of one consumer; keeps what exceeded a bound for the next time."""

    def __init__(
        self,
        consumer: KafkaConsumer,
        settings: ReadSettings,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._consumer, self._settings = consumer, settings
        self._clock, self._sleep = clock, sleep
        self._kept: deque[ConsumerRecord] = deque()
        self._left_at = clock()

    def gather(self, limit: int) -> list[ConsumerRecord]:
        """At most `limit` records and `max_poll_bytes`, in the order of their partitions' offsets; may be empty.

        Returns at once when a bound is reached, else after `first_wait_seconds` without a record, or
        `gather_seconds` after the first (`flood_gather_seconds` while they come in floods). Whoever stayed away for
        `gather_seconds`, coding what he was given, has let records gather meanwhile: he only gets what lies ready.
        """
        taken, room = self._take(limit, self._settings.max_poll_bytes, [])
        came_late = self._clock() - self._left_at >= self._settings.gather_seconds
        began = None
        fetches = 0
        deadline = self._clock() + self._settings.first_wait_seconds
        while not self._kept and len(taken) < limit and (wait := deadline - self._clock()) > 0:
            fetched = self._fetch(wait, limit - len(taken))
            taken, room = self._take(limit, room, taken)
            if fetched or began is not None:
                fetches += 1
                began = self._clock() if began is None else began
                deadline = self._until(began, fetched, fetches if came_late else 0)
        self._left_at = self._clock()
        return taken

    def first_kept(self, partition: int) -> int | None:
        """Offset of the first record of the partition that was fetched and not yet handed out."""
        return next((record.offset for record in self._kept if record.partition == partition), None)

    def _until(self, began: float, fetched: int, late_fetches: int) -> float:
        """When to stop gathering, after a fetch; `late_fetches` counts those of one who came late, else 0.

        Sleeps a slice when records only trickle. The first fetch of one who came late gives what the broker sent
        while he was away, often a single record, and the second all the rest: after a trickle that is no first one,
        everything that lay ready is taken.
        """
        settings = self._settings
        if fetched >= _FLOOD_RECORDS:
            return min(self._clock() + settings.gather_seconds, began + settings.flood_gather_seconds)
        if late_fetches:
            return began + settings.gather_seconds if late_fetches == 1 else began
        self._sleep(min(_SLICE_SECONDS, settings.gather_seconds / 4))
        return began + settings.gather_seconds

    def _fetch(self, wait_seconds: float, most: int) -> int:
        got = self._consumer.poll(timeout_ms=wait_seconds * 1000, max_records=most)
        for records in got.values():
            self._kept.extend(records)
        return len(self._kept)

    def _take(self, limit: int, room: int, taken: list[ConsumerRecord]) -> tuple[list[ConsumerRecord], int]:
        """Moves what fits; a record larger than the whole room passes alone."""
        while self._kept and len(taken) < limit:
            size = record_bytes(self._kept[0])
            if taken and size > room:
                break
            taken.append(self._kept.popleft())
            room -= size
        return taken, room


def record_bytes(record: ConsumerRecord) -> int:
    """Bytes of key and value."""
    return len(record.key or b"") + len(record.value or b"")


def by_partition(records: Iterable[ConsumerRecord]) -> dict[int, list[ConsumerRecord]]:
    """The records of each partition, order kept."""
    parts: dict[int, list[ConsumerRecord]] = {}
    for record in records:
        parts.setdefault(record.partition, []).append(record)
    return parts
