"""Fixtures of the graphs' tests: a stream between a fresh topic and a fresh lake."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.settings import KafkaSettings
from infra.broker.server import Broker
from tests.kit.streams import Stream


@pytest.fixture
def stream(broker: Broker, topic: str, tmp_path: Path) -> Iterator[Stream]:
    """A fresh topic of three partitions, and no lake yet."""
    kafka = KafkaSettings(bootstrap_servers=broker.bootstrap_servers, topic=topic)
    stream = Stream(kafka, tmp_path / "stream")
    yield stream
    stream.close()
