"""Knows when a broker serves: when a real client gets its answer, not when a port opens."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from infra.broker.ports import LOOPBACK

_POLL_SECONDS = 0.05
_TAIL_LINES = 20


def wait_ready(port: int, cluster_id: str | None, seconds: float, is_alive: Callable[[], bool]) -> str | None:
    """None once the cluster's broker on this port answers a client; else why not: it ended, or time is up."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not is_alive():
            return "ended while starting"
        if port_answers(port) and client_answers(port, cluster_id, until - time.monotonic()):
            return None
        time.sleep(_POLL_SECONDS)
    return f"did not answer within {seconds:g} s"


def port_answers(port: int) -> bool:
    """Whether something accepts connections on the port; cheap, so it is asked before a client is made."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1):
            return True
    except OSError:
        return False


def client_answers(port: int, cluster_id: str | None, seconds: float = 2.0) -> bool:
    """Whether a Kafka client gets this cluster's description, with a live node in it, within the time."""
    from kafka.errors import KafkaError

    log = logging.getLogger("kafka")
    level = log.level
    # The client warns of every refused connection; here a refusal is an answer.
    log.setLevel(logging.CRITICAL)
    try:
        cluster = _describe_cluster(port, max(int(seconds * 1000), 1))
    except KafkaError:
        return False
    finally:
        log.setLevel(level)
    return cluster["cluster_id"] == cluster_id and any(
        not broker["is_fenced"] for broker in cluster["brokers"]
    )


def _describe_cluster(port: int, timeout_ms: int) -> Any:
    from kafka import KafkaAdminClient

    client = KafkaAdminClient(
        bootstrap_servers=f"{LOOPBACK}:{port}", bootstrap_timeout_ms=timeout_ms, request_timeout_ms=timeout_ms
    )
    try:
        return client.describe_cluster()
    finally:
        client.close()


def log_tail(path: Path, lines: int = _TAIL_LINES) -> str:
    """The last lines of the broker's log; empty where there is no log."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        # The log of one start is far larger than its end: the last 16 kB hold 20 lines and a stack trace.
        file.seek(max(path.stat().st_size - 16_384, 0))
        return "\n".join(file.read().decode("utf-8", "replace").splitlines()[-lines:])
