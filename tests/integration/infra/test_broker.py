"""The session's broker, as the other integration tests find it."""

from infra.broker.server import Broker, BrokerState
from tests.kit.broker import admin


def test_the_sessions_broker_answers(broker: Broker) -> None:
    assert broker.status().state is BrokerState.RUNNING


def test_a_fresh_topic_has_three_partitions(broker: Broker, topic: str) -> None:
    with admin(broker.bootstrap_servers) as client:
        (description,) = client.describe_topics([topic])
    assert len(description["partitions"]) == 3
