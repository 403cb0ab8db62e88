"""Asks a broker who it is: cluster id, topic id and partitions of one topic.

The one place that touches what kafka-python 3.0.12 keeps to itself (`_manager`, `_cluster`): its consumer has no
public way to ask for a topic's id, and an admin client beside it would be one more connection and one more thread.
The version is pinned.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import kafka.errors
from kafka import KafkaConsumer, TopicPartition
from kafka.protocol.metadata import MetadataRequest

from schemas.ledger import LogIdentity

_NO_TOPIC_ID = "00000000-0000-0000-0000-000000000000"  # brokers before 2.8 know none


@dataclass(frozen=True, slots=True)
class LogState:
    """A topic as one broker knows it at one moment."""

    identity: LogIdentity
    partitions: frozenset[int]


def look(
    consumer: KafkaConsumer, topic: str, timeout_seconds: float, node: int | None = None
) -> LogState | None:
    """The topic as broker `node` (or any) knows it now; None if it does not know it. Never creates the topic.

    Raises kafka-python's errors, KafkaTimeoutError among them after `timeout_seconds`.
    """
    request = MetadataRequest(
        topics=[MetadataRequest.MetadataRequestTopic(name=topic)], allow_auto_topic_creation=False
    )
    answer = consumer._manager.run(_ask, consumer._manager, request, node, timeout_seconds * 1000)
    return _state(answer)


def leaders(consumer: KafkaConsumer, topic: str, partitions: Iterable[int]) -> frozenset[int | None]:
    """The brokers that lead these partitions; None for any broker, where no leader is known."""
    known = (consumer._cluster.leader_for_partition(TopicPartition(topic, p)) for p in partitions)
    return frozenset(None if node is None or node < 0 else node for node in known)


async def _ask(manager: Any, request: Any, node: int | None, timeout_ms: float) -> Any:
    return await manager.wait_for(manager.send(request, node_id=node), timeout_ms)


def _state(answer: Any) -> LogState | None:
    topic = answer.topics[0]
    error = kafka.errors.for_code(topic.error_code)
    if error is kafka.errors.UnknownTopicOrPartitionError:
        return None
    if error is kafka.errors.InvalidTopicError:
        return None
    # A partition without a leader is told with the topic; only what hides the topic itself is an error here.
    if error not in (kafka.errors.NoError, kafka.errors.LeaderNotAvailableError):
        raise error(topic.name)
    topic_id = str(topic.topic_id or _NO_TOPIC_ID)
    identity = LogIdentity(answer.cluster_id or "", "" if topic_id == _NO_TOPIC_ID else topic_id)
    return LogState(identity, frozenset(p.partition_index for p in topic.partitions))
