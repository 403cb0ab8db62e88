"""Fixtures of the front door: a stream between a fresh topic and a fresh lake."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from connectors.settings import KafkaSettings
from infra.broker.server import Broker
from tests.kit.broker import create_topic, started_broker
from tests.kit.streams import Stream


@pytest.fixture
def new_stream(broker: Broker, tmp_path: Path) -> Iterator[Callable[..., Stream]]:
    """Makes streams, each in a folder of its own; takes `topic` (by default a fresh one) and `bootstrap_servers`."""
    with ExitStack() as stack:

        def make(name: str = "stream", topic: str = "", bootstrap_servers: str = "") -> Stream:
            servers = bootstrap_servers or broker.bootstrap_servers
            kafka = KafkaSettings(bootstrap_servers=servers, topic=topic or create_topic(servers))
            made = Stream(kafka, tmp_path / name)
            stack.callback(made.close)
            return made

        yield make


@pytest.fixture
def stream(new_stream: Callable[..., Stream]) -> Stream:
    """A fresh topic of three partitions, and no lake yet."""
    return new_stream()


@pytest.fixture(scope="module")
def own_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A broker that a test may stop."""
    broker = started_broker(tmp_path_factory.mktemp("own_broker"))
    yield broker
    broker.stop()
