"""Tells Kafka's consumer group how far we have landed, so that lag tools can show it. Nothing here depends on it."""

import logging
import time

from kafka import KafkaConsumer, TopicPartition
from kafka.structs import OffsetAndMetadata

# Lag tools look every few seconds at most.
_EVERY_SECONDS = 5.0
# A closing run waits no longer for the answer to a courtesy.
_LAST_MS = 500

logger = logging.getLogger("tocsin.connectors")


class Courtesy:
    """Committed offsets of a group without members. Never raises, and awaits no answer but the last (0.5 s)."""

    def __init__(self, group_id: str) -> None:
        self._group_id = group_id
        self._noted: dict[TopicPartition, OffsetAndMetadata] = {}
        self._due = time.monotonic() + _EVERY_SECONDS

    def note(self, partition: TopicPartition, position: int) -> None:
        """Everything below `position` has landed."""
        if self._group_id:
            self._noted[partition] = OffsetAndMetadata(position, "", -1)

    def commit(self, client: KafkaConsumer, *, last: bool = False) -> None:
        """Sends what was noted through a consumer of the group, at most every few seconds unless it is the last time.

        Not through the consumer that reads: with a group it would ask for the group's coordinator before each poll,
        and hand out nothing while there is none.
        """
        if not self._noted or not (last or time.monotonic() >= self._due):
            return
        self._due = time.monotonic() + _EVERY_SECONDS
        noted, self._noted = self._noted, {}
        try:
            if last:
                client.commit(noted, timeout_ms=_LAST_MS)
            else:
                client.commit_async(noted)
        except Exception as error:  # whatever it is: a courtesy must not end a run
            logger.debug("Positions were not told to group %s: %s", self._group_id, error)
