"""A real broker for tests, and topics in it. Everything listens on loopback, in a folder of the test session."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kafka import KafkaAdminClient

from infra.broker.ports import free_port
from infra.broker.server import Broker
from schemas.errors import PortTaken

# The ready time is a test of its own; elsewhere a loaded machine may take its time.
READY_SECONDS = 60.0


def started_broker(folder: Path) -> Broker:
    """A broker on a free port that ends with this process. The port may be lost to another session: try again."""
    for _ in range(5):
        broker = Broker(folder, free_port(), owned=True, ready_seconds=READY_SECONDS)
        try:
            broker.start()
        except PortTaken:
            continue
        return broker
    raise RuntimeError("no free port in five tries")


@contextmanager
def admin(bootstrap_servers: str) -> Iterator[KafkaAdminClient]:
    """An admin client, closed at the end (an unclosed one is a warning, and warnings are errors)."""
    client = KafkaAdminClient(bootstrap_servers=bootstrap_servers)
    try:
        yield client
    finally:
        client.close()


def create_topic(
    bootstrap_servers: str, *, partitions: int = 3, name: str | None = None, **configs: str
) -> str:
    """A new topic with leaders elected. Kafka's settings as `cleanup_policy="compact"`. Gives its name."""
    name = name or f"articles-{uuid.uuid4().hex[:12]}"
    settings = {key.replace("_", "."): value for key, value in configs.items()}
    with admin(bootstrap_servers) as client:
        client.create_topics(
            {name: {"num_partitions": partitions, "replication_factor": 1, "configs": settings}},
            wait_for_metadata=True,
        )
    return name
