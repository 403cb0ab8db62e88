"""Where each partition of the topic begins and ends now: for runs that end when caught up, and for the audit."""

from connectors.attach import key_of
from connectors.settings import KafkaSettings
from connectors.topics import describe_topic
from schemas.ledger import LedgerKey


def log_ends(settings: KafkaSettings) -> dict[LedgerKey, tuple[int, int]]:
    """By ledger: the earliest offset kept, and the offset after the last committed record.

    Raises TopicMissing, BrokerUnreachable, BrokerRefused.
    """
    reach = describe_topic(settings).reach
    return {key_of(settings.topic, p): (of.earliest, of.end) for p, of in reach.items()}
