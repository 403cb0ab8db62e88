"""Fixtures of the integration tests: one real broker per test session, a fresh topic per test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.broker.server import Broker
from tests.kit.broker import create_topic, started_broker


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A running broker with its own port and folder. Whoever stops or kills it starts his own instead."""
    broker = started_broker(tmp_path_factory.mktemp("broker"))
    yield broker
    broker.stop()


@pytest.fixture
def topic(broker: Broker) -> str:
    """The name of a fresh topic with three partitions."""
    return create_topic(broker.bootstrap_servers, partitions=3)
