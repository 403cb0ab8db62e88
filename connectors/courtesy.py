"""Tells Kafka's consumer group how far we have landed, so that lag tools can show it. Nothing here depends on it."""

import logging
import time

from kafka import KafkaConsumer, TopicPartition
from kafka.structs import OffsetAndMetadata

from connectors.client import consumer
from connectors.settings import KafkaSettings

# Lag tools look every few seconds at most.
_EVERY_SECONDS = 5.0
# A closing run waits no longer for the answer to a courtesy.
_LAST_MS = 500

logger = logging.getLogger("tocsin.connectors")


class Courtesy:
    """Committed offsets of a group without members. Never raises, and awaits no answer but the last (0.5 s).

    A consumer of its own, because one with a group asks for the group's coordinator before each poll, and hands out
    nothing while there is none.
    """

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._noted: dict[TopicPartition, OffsetAndMetadata] = {}
        self._client: KafkaConsumer | None = None
        self._due = time.monotonic() + _EVERY_SECONDS

    def note(self, partition: TopicPartition, position: int) -> None:
        """Everything below `position` has landed."""
        if self._settings.group_id:
            self._noted[partition] = OffsetAndMetadata(position, "", -1)

    def commit(self, *, last: bool = False) -> None:
        """Sends what was noted, at most every few seconds unless it is the last time."""
        if not self._noted or not (last or time.monotonic() >= self._due):
            return
        self._due = time.monotonic() + _EVERY_SECONDS
        try:
            self._send(wait=last)
        except Exception as error:
            logger.debug("Positions were not told to group %s: %s", self._settings.group_id, error)
            self.close()

    def close(self) -> None:
        """Gives its connection back."""
        client, self._client = self._client, None
        if client is not None:
            client.close(autocommit=False, timeout_ms=0)

    def _send(self, *, wait: bool) -> None:
        if self._client is None:
            self._client = consumer(self._settings, group_id=self._settings.group_id)
        noted, self._noted = self._noted, {}
        if wait:
            self._client.commit(noted, timeout_ms=_LAST_MS)
        else:
            self._client.commit_async(noted)
