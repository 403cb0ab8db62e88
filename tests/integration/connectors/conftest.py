"""Fixtures of the room: settings for a fresh topic, ledgers in memory, readers that are closed at the end."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest

from connectors.reader import SlotReader
from connectors.settings import KafkaSettings, ReadSettings
from infra.broker.server import Broker
from tests.kit.broker import started_broker
from tests.kit.ledgers import MemoryLedgers


@pytest.fixture
def settings(broker: Broker, topic: str) -> KafkaSettings:
    """Kafka with a fresh topic of three partitions."""
    return KafkaSettings(bootstrap_servers=broker.bootstrap_servers, topic=topic)


@pytest.fixture
def ledgers() -> MemoryLedgers:
    """Ledgers that begin empty."""
    return MemoryLedgers()


@pytest.fixture
def read() -> ReadSettings:
    """The usual pace, but looking at the topic more often, so that no test waits for it."""
    return replace(ReadSettings(), check_seconds=0.3, missing_grace_seconds=1.0)


@pytest.fixture
def new_reader(
    settings: KafkaSettings, read: ReadSettings, ledgers: MemoryLedgers
) -> Iterator[Callable[..., SlotReader]]:
    """Makes readers of the topic over the ledgers; takes SlotReader's options, and `settings` or `read` of another kind."""
    with ExitStack() as stack:

        def make(**options: Any) -> SlotReader:
            of, pace = options.pop("settings", settings), options.pop("read", read)
            reader = SlotReader(of, pace, ledgers.read, **options)
            stack.callback(reader.close)
            return reader

        yield make


@pytest.fixture
def no_sockets_left() -> Iterator[None]:
    """Collects the sockets of refused connections, which kafka-python 3.0.12 leaves to the garbage collector.

    Within the test, because its filter for the warning ends with it.
    """
    yield
    gc.collect()


@pytest.fixture(scope="session")
def own_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A broker that a test may stop, kill and reconfigure."""
    broker = started_broker(tmp_path_factory.mktemp("own_broker"))
    yield broker
    broker.stop()
