"""The session's broker and topics, as the other integration tests find them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from infra.broker.folder import BrokerFolder
from infra.broker.server import Broker, BrokerState
from tests.kit.broker import admin, create_topic

pytestmark = pytest.mark.integration

SESSION = """
import sys, time
from pathlib import Path
from tests.kit.broker import started_broker
started_broker(Path(sys.argv[1]))
print("started", flush=True)
time.sleep(60)
"""


def test_the_sessions_broker_answers(broker: Broker) -> None:
    assert broker.status().state is BrokerState.RUNNING


def test_a_fresh_topic_has_three_partitions_with_leaders(broker: Broker, topic: str) -> None:
    with admin(broker.bootstrap_servers) as client:
        (description,) = client.describe_topics([topic])
    assert [partition["leader_id"] for partition in description["partitions"]] == [1, 1, 1]


def test_a_topic_takes_kafkas_own_settings(broker: Broker) -> None:
    name = create_topic(broker.bootstrap_servers, partitions=1, cleanup_policy="compact")
    with admin(broker.bootstrap_servers) as client:
        assert len(client.describe_topics([name])[0]["partitions"]) == 1


def test_the_broker_of_a_killed_test_session_does_not_survive_it(tmp_path: Path) -> None:
    session = subprocess.Popen(
        [sys.executable, "-c", SESSION, str(tmp_path)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[4],
    )
    assert session.stdout is not None
    assert session.stdout.readline() == b"started\n"
    folder = BrokerFolder(tmp_path)
    assert folder.is_owned()
    os.kill(session.pid, signal.SIGKILL)
    session.communicate()
    until = time.monotonic() + 15
    while folder.is_owned() and time.monotonic() < until:
        time.sleep(0.05)
    assert not folder.is_owned()
