"""Where each partition of the topic begins and ends now: for runs that end when caught up, and for the audit."""

import kafka.errors
from kafka import TopicPartition

from connectors.attach import ANSWER_SECONDS, key_of
from connectors.client import consumer as new_consumer
from connectors.failures import missing, translate
from connectors.probe import look
from connectors.settings import KafkaSettings
from schemas.ledger import LedgerKey


def log_ends(settings: KafkaSettings) -> dict[LedgerKey, tuple[int, int]]:
    """By ledger: the earliest offset kept, and the offset after the last committed record.

    Raises TopicMissing, BrokerUnreachable, BrokerRefused.
    """
    try:
        return _ask(settings)
    except kafka.errors.KafkaError as error:
        raise translate(error, settings.bootstrap_servers, settings.topic) from error


def _ask(settings: KafkaSettings) -> dict[LedgerKey, tuple[int, int]]:
    consumer = new_consumer(settings)
    try:
        state = look(consumer, settings.topic, ANSWER_SECONDS)
        if state is None:
            raise missing(settings.topic, settings.bootstrap_servers)
        partitions = [TopicPartition(settings.topic, p) for p in sorted(state.partitions)]
        consumer.assign(partitions)
        earliest = consumer.beginning_offsets(partitions, timeout_ms=ANSWER_SECONDS * 1000)
        ends = consumer.end_offsets(partitions, timeout_ms=ANSWER_SECONDS * 1000)
        return {key_of(*tp): (earliest[tp], ends[tp]) for tp in partitions}
    finally:
        consumer.close(autocommit=False, timeout_ms=0)
