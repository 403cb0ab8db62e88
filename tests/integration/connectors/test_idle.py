"""A reader at rest: what it costs, and that it leaves nothing behind."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import psutil
import pytest

from connectors import client
from connectors.reader import SlotReader
from connectors.settings import KafkaSettings, ReadSettings
from infra.broker.server import Broker
from tests.kit.broker import create_topic

pytestmark = pytest.mark.integration

NewReader = Callable[..., SlotReader]


@pytest.mark.parametrize("partitions", [3, 12])
def test_idle_polling_takes_under_a_hundredth_and_a_half_of_a_core(
    partitions: int, broker: Broker, new_reader: NewReader
) -> None:
    topic = create_topic(broker.bootstrap_servers, partitions=partitions)
    settings = KafkaSettings(bootstrap_servers=broker.bootstrap_servers, topic=topic)
    reader = new_reader(settings=settings, read=ReadSettings())
    for _ in range(3):
        reader.poll()
    began, spent, polls = time.monotonic(), time.process_time(), 0
    while time.monotonic() - began < 3:
        assert reader.poll() == []
        polls += 1
    assert (time.process_time() - spent) / (time.monotonic() - began) < 0.015
    assert polls >= 4


def test_idle_polls_leave_nothing_behind(
    new_reader: NewReader, read: ReadSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a hundred times as fast as in earnest, fetches and looks too
    monkeypatch.setattr(client, "_FETCH_WAIT_MS", 20)
    reader = new_reader(read=replace(read, first_wait_seconds=0.003, check_seconds=0.1))
    for _ in range(300):
        reader.poll()
    before = _held()
    for _ in range(1000):
        assert reader.poll() == []
    after = _held()
    assert after[1:] == before[1:]
    assert after[0] - before[0] < 5_000_000


def test_attaching_again_and_again_leaves_nothing_behind(new_reader: NewReader) -> None:
    reader = new_reader()
    for _ in range(3):
        reader.poll()
        reader.reset()
    before = _held()
    for _ in range(20):
        reader.poll()
        reader.reset()
    assert _held()[1:] == before[1:]


def _held() -> tuple[int, int, int]:
    """Resident bytes, open files and threads."""
    gc.collect()
    return psutil.Process().memory_info().rss, psutil.Process().num_fds(), threading.active_count()
