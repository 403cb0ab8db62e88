"""Creates and describes topics, and asks how far their partitions reach. Each call opens and closes its own client."""

from dataclasses import dataclass
from typing import Any

import kafka.errors
from kafka import TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType

from connectors.attach import ANSWER_SECONDS
from connectors.client import admin, consumer
from connectors.failures import missing, translate
from connectors.probe import look
from connectors.settings import KafkaSettings
from schemas.ledger import LogIdentity


@dataclass(frozen=True, slots=True)
class Reach:
    """What of a partition can be read: offsets in `[earliest, end)`. `end` is that of committed records."""

    earliest: int
    end: int


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as its broker knows it now."""

    name: str
    identity: LogIdentity
    reach: dict[int, Reach]

    @property
    def partitions(self) -> int:
        """How many partitions it has."""
        return len(self.reach)


def describe_topic(settings: KafkaSettings) -> Topic:
    """The topic of the settings: who it is and how far each partition reaches, by partition.

    Raises BrokerUnreachable, BrokerRefused, TopicMissing.
    """
    client = consumer(settings)
    try:
        return _describe(client, settings)
    except kafka.errors.KafkaError as error:
        raise translate(error, settings.bootstrap_servers, settings.topic) from error
    finally:
        client.close(autocommit=False, timeout_ms=0)


def create_topic(settings: KafkaSettings, partitions: int, configs: dict[str, str] | None = None) -> bool:
    """Creates the topic, with the broker's default replication, and waits until it can be used.

    Gives False and changes nothing if it is there already. Raises BrokerUnreachable, BrokerRefused, BrokerError.
    """
    wanted = {"num_partitions": partitions, "configs": configs or {}}
    with admin(settings) as client:
        try:
            client.create_topics({settings.topic: wanted}, wait_for_metadata=True)
        except kafka.errors.TopicAlreadyExistsError:
            return False
    return True


def max_message_bytes(settings: KafkaSettings) -> int | None:
    """The topic's `max.message.bytes`; None if we may not ask. Raises BrokerUnreachable."""
    resource = ConfigResource(ConfigResourceType.TOPIC, settings.topic, {"max.message.bytes": None})
    with admin(settings) as client:
        try:
            told = client.describe_configs([resource], config_filter="all")
        except kafka.errors.AuthorizationError:
            return None
    value: Any = told.get("topic", {}).get(settings.topic, {}).get("max.message.bytes", {}).get("value")
    return None if value is None else int(value)


def _describe(client: Any, settings: KafkaSettings) -> Topic:
    state = look(client, settings.topic, ANSWER_SECONDS)
    if state is None:
        raise missing(settings.topic, settings.bootstrap_servers)
    parts = [TopicPartition(settings.topic, p) for p in sorted(state.partitions)]
    earliest = client.beginning_offsets(parts, timeout_ms=ANSWER_SECONDS * 1000)
    end = client.end_offsets(parts, timeout_ms=ANSWER_SECONDS * 1000)
    return Topic(settings.topic, state.identity, {tp.partition: Reach(earliest[tp], end[tp]) for tp in parts})
