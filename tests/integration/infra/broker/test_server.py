"""The life of a real broker. Each test has a folder of its own: after a kill a start takes longer than a format."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from infra.broker import jars as jars_module
from infra.broker import server as server_module
from infra.broker.folder import BrokerFolder
from infra.broker.ports import free_port
from infra.broker.server import Broker, BrokerState
from schemas.errors import (
    BrokerFolderInUse,
    BrokerNotReady,
    EmbeddedBrokerError,
    InputError,
    JarDownloadFailed,
    PortTaken,
)
from tests.kit.broker import create_topic

pytestmark = pytest.mark.integration

# What the design promises.
PROMISED_SECONDS = 10.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a comma, a blank and an umlaut: Kafka's settings must not mind."""
    return tmp_path / "own, bröker"


@pytest.fixture
def own(folder: Path) -> Iterator[Broker]:
    """A broker that the test starts, stops and kills itself."""
    broker = Broker(folder, free_port(), owned=True)
    yield broker
    broker.stop()


def write(broker: Broker, topic: str, value: bytes) -> None:
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap_servers, max_request_size=32 * 1024 * 1024)
    try:
        producer.send(topic, value).get(timeout=30)
    finally:
        producer.close()


def read(broker: Broker, topic: str) -> list[bytes]:
    consumer = KafkaConsumer(
        bootstrap_servers=broker.bootstrap_servers,
        auto_offset_reset="earliest",
        consumer_timeout_ms=1500,
        max_partition_fetch_bytes=32 * 1024 * 1024,
    )
    try:
        consumer.assign([TopicPartition(topic, 0)])
        return [record.value for record in consumer]
    finally:
        consumer.close()


def test_a_new_folder_is_ready_within_the_promised_time(own: Broker) -> None:
    began = time.monotonic()
    own.start()
    assert time.monotonic() - began < PROMISED_SECONDS
    assert own.status().state is BrokerState.RUNNING


def test_what_was_written_is_there_after_a_stop_and_a_start_on_another_port(folder: Path) -> None:
    with Broker(folder, free_port(), owned=True) as first:
        topic = create_topic(first.bootstrap_servers, partitions=1)
        write(first, topic, b"kept")
    with Broker(folder, free_port(), owned=True) as second:
        assert read(second, topic) == [b"kept"]


def test_what_was_acknowledged_is_there_after_a_kill(own: Broker) -> None:
    own.start()
    topic = create_topic(own.bootstrap_servers, partitions=1)
    write(own, topic, b"acknowledged")
    assert own.kill()
    assert own.status().state is BrokerState.STOPPED
    own.start()
    assert read(own, topic) == [b"acknowledged"]


def test_a_message_of_20_mb_passes(own: Broker) -> None:
    own.start()
    topic = create_topic(own.bootstrap_servers, partitions=1)
    large = b"x" * 20_000_000
    write(own, topic, large)
    assert read(own, topic) == [large]


def test_it_listens_on_loopback_alone(own: Broker) -> None:
    own.start()
    pid = own.status().pid
    assert pid is not None
    listening = [s for s in psutil.Process(pid).net_connections("tcp") if s.status == psutil.CONN_LISTEN]
    assert len(listening) == 2
    assert {s.laddr.ip.removeprefix("::ffff:") for s in listening} == {"127.0.0.1"}


def test_a_second_start_is_refused_and_names_the_first(own: Broker) -> None:
    own.start()
    with pytest.raises(BrokerFolderInUse) as caught:
        Broker(own.folder.path, free_port()).start()
    assert (caught.value.pid, caught.value.port) == (own.status().pid, own.port)
    assert own.status().state is BrokerState.RUNNING


def test_another_object_for_the_same_folder_can_stop_it(own: Broker) -> None:
    own.start()
    assert Broker(own.folder.path).stop()
    assert own.status().state is BrokerState.STOPPED
    assert not own.stop()


def test_a_taken_port_is_refused_before_anything_starts_and_its_holder_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        broker = Broker(tmp_path, other.getsockname()[1])
        with pytest.raises(PortTaken) as caught:
            broker.start()
    assert f"pid {os.getpid()}" in str(caught.value)
    assert broker.status().state is BrokerState.STOPPED


def test_a_broker_that_hangs_is_silent_and_is_killed_when_asking_does_not_help(
    own: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "_STOP_SECONDS", 1.0)
    own.start()
    pid = own.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    assert own.status().state is BrokerState.SILENT
    assert own.stop()
    assert own.status().state is BrokerState.STOPPED


def test_a_start_that_fails_shows_the_end_of_the_log_and_leaves_nothing_running(folder: Path) -> None:
    broker = Broker(folder, free_port())
    with broker:
        pass
    meta = broker.folder.data / "meta.properties"
    right = meta.read_text()
    meta.write_text(right.replace("node.id=1", "node.id=77"))
    try:
        with pytest.raises(BrokerNotReady) as caught:
            broker.start()
    finally:
        meta.write_text(right)
    assert caught.value.reason == "ended while starting"
    assert "77" in caught.value.log_tail
    assert broker.status().state is BrokerState.STOPPED


def test_a_start_that_takes_too_long_is_undone(folder: Path) -> None:
    broker = Broker(folder, free_port(), ready_seconds=0.1)
    with pytest.raises(BrokerNotReady, match=r"did not answer within 0.1 s"):
        broker.start()
    assert broker.status().state is BrokerState.STOPPED


def test_a_start_that_is_interrupted_is_undone(own: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(server_module, "wait_ready", interrupted)
    with pytest.raises(KeyboardInterrupt):
        own.start()
    assert own.status().state is BrokerState.STOPPED


def test_a_broker_that_cannot_be_written_down_does_not_go_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(BrokerFolder, "write_record", full)
    broker = Broker(folder, free_port())
    with pytest.raises(OSError, match="No space"):
        broker.start()
    until = time.monotonic() + 5
    while broker.folder.is_owned() and time.monotonic() < until:
        time.sleep(0.05)
    assert broker.status().state is BrokerState.STOPPED


def test_a_start_that_still_prepares_keeps_others_out_and_cannot_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "_RECORD_SECONDS", 0.1)
    broker = Broker(tmp_path, free_port())
    lock = broker.folder.lock()
    assert lock is not None
    with lock:
        with pytest.raises(BrokerFolderInUse, match="just starting"):
            broker.start()
        with pytest.raises(BrokerFolderInUse, match="just starting"):
            broker.stop()
        assert broker.status().state is BrokerState.SILENT


def test_the_record_of_a_killed_broker_is_not_believed(own: Broker) -> None:
    own.start()
    pid = own.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    while own.folder.is_owned():
        time.sleep(0.02)
    assert own.folder.read_record() is not None
    assert own.status().state is BrokerState.STOPPED
    assert not own.stop()


def test_a_broker_that_does_not_even_end_when_killed_is_an_error(
    own: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.start()
    with monkeypatch.context() as patched:
        patched.setattr(Broker, "_has_ended", lambda self: False)
        with pytest.raises(EmbeddedBrokerError, match="does not end"):
            own.kill()


def test_a_download_that_fails_leaves_the_folder_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jars_module, "_PAUSE_SECONDS", 0)
    broker = Broker(
        tmp_path / "broker",
        free_port(),
        cache=tmp_path / "cache",
        maven_repository=str(tmp_path / "no mirror"),
    )
    with pytest.raises(JarDownloadFailed):
        broker.start()
    assert broker.status().state is BrokerState.STOPPED


def test_a_file_in_the_folders_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "broker").write_text("")
    with pytest.raises(InputError, match="cannot be used"):
        Broker(tmp_path / "broker").start()
