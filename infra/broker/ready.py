"""Knows when a broker serves: when a real client gets its answer, not when a port opens."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable
from pathlib import Path

from infra.broker.ports import LOOPBACK

_POLL_SECONDS = 0.05
_TAIL_LINES = 20


def wait_ready(port: int, seconds: float, is_alive: Callable[[], bool]) -> str | None:
    """None once the broker on this port answers a client; else why not: it ended, or `seconds` have passed."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not is_alive():
            return "ended while starting"
        if port_answers(port) and client_answers(port, until - time.monotonic()):
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


def client_answers(port: int, seconds: float = 2.0) -> bool:
    """Whether a Kafka client gets the cluster's description, with a live node, within the time."""
    from kafka import KafkaAdminClient
    from kafka.errors import KafkaError

    milliseconds = max(int(seconds * 1000), 1)
    log = logging.getLogger("kafka")
    level = log.level
    # The client warns of every refused connection; here a refusal is an answer.
    log.setLevel(logging.CRITICAL)
    try:
        client = KafkaAdminClient(
            bootstrap_servers=f"{LOOPBACK}:{port}",
            bootstrap_timeout_ms=milliseconds,
            request_timeout_ms=milliseconds,
        )
        try:
            return any(not broker["is_fenced"] for broker in client.describe_cluster()["brokers"])
        finally:
            client.close()
    except KafkaError:
        return False
    finally:
        log.setLevel(level)


def log_tail(path: Path, lines: int = _TAIL_LINES) -> str:
    """The last lines of the broker's log; empty where there is no log."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        # The log of one start is far larger than its end: the last 16 kB hold 20 lines and a stack trace.
        file.seek(max(path.stat().st_size - 16_384, 0))
        return "\n".join(file.read().decode("utf-8", "replace").splitlines()[-lines:])
