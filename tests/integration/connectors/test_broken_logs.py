"""The reader when the log is not as its ledger left it, or the broker is not there: survived, or stopped loudly."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import kafka.errors
import pytest
from kafka import TopicPartition

from connectors.gather import Gatherer
from connectors.publisher import RawRecord, publish_raw
from connectors.reader import SlotReader
from connectors.settings import KafkaSettings, ReadSettings
from connectors.topics import describe_topic
from infra.broker.ports import free_port
from infra.broker.server import Broker
from schemas.errors import (
    AnotherLog,
    BrokerUnreachable,
    LakeLocked,
    OffsetsLost,
    RecordUnreadable,
    TopicMissing,
)
from schemas.ledger import LedgerKey, LedgerKind
from tests.kit.broker import admin, create_topic
from tests.kit.ledgers import MemoryLedgers, drain

pytestmark = [
    pytest.mark.integration,
    pytest.mark.usefixtures("no_sockets_left"),
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]

NewReader = Callable[..., SlotReader]


def numbered(count: int, start: int = 0) -> list[RawRecord]:
    """Records in turn over three partitions, each with its number as value."""
    return [RawRecord(b"%d" % n, b"k", n % 3) for n in range(start, start + count)]


def key(settings: KafkaSettings, partition: int) -> LedgerKey:
    """The ledger of one partition."""
    return LedgerKey(LedgerKind.KAFKA, settings.topic, partition)


def forget(settings: KafkaSettings, below: dict[int, int]) -> None:
    """Removes the records below these offsets, as retention would."""
    with admin(settings.bootstrap_servers) as kafka:
        kafka.delete_records({TopicPartition(settings.topic, p): offset for p, offset in below.items()})


def recreate(settings: KafkaSettings) -> None:
    """Deletes the topic and creates it again under its name."""
    with admin(settings.bootstrap_servers) as kafka:
        kafka.delete_topics([settings.topic])
    create_topic(settings.bootstrap_servers, partitions=3, name=settings.topic)


def poll_in_vain(reader: SlotReader, seconds: float = 10.0) -> None:
    """Polls for a while; fails the test if anything is handed on."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert reader.poll() == []


@pytest.fixture
def landed(settings: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader) -> KafkaSettings:
    """A topic of which ten records a partition have landed, and whose reader was closed."""
    publish_raw(settings, numbered(30))
    reader = new_reader()
    drain(reader, ledgers, lambda: ledgers.nexts() == {0: 10, 1: 10, 2: 10})
    reader.close()
    return settings


def test_a_first_start_begins_at_the_earliest_offset_that_is_left(
    settings: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader
) -> None:
    publish_raw(settings, numbered(30))
    forget(settings, {0: 4})
    drain(new_reader(), ledgers, lambda: ledgers.nexts() == {0: 10, 1: 10, 2: 10})
    assert ledgers.rows[key(settings, 0)].first == 4
    assert ledgers.rows[key(settings, 0)].offsets_lost == 0


def test_retention_that_passed_the_ledger_is_a_stop_that_counts_the_loss(
    landed: KafkaSettings, new_reader: NewReader
) -> None:
    publish_raw(landed, numbered(30, start=30))
    forget(landed, {1: 17})
    with pytest.raises(OffsetsLost) as told:
        new_reader().poll()
    assert (told.value.count, told.value.next_offset, told.value.earliest) == (7, 10, 17)


def test_an_accepted_loss_is_written_into_the_ledger_and_the_rest_is_read(
    landed: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader
) -> None:
    publish_raw(landed, numbered(30, start=30))
    forget(landed, {1: 17})
    drain(new_reader(accept_loss=True), ledgers, lambda: ledgers.nexts() == {0: 20, 1: 20, 2: 20})
    assert ledgers.rows[key(landed, 1)].offsets_lost == 7
    assert ledgers.values(1)[10:] == [b"52", b"55", b"58"]


def test_retention_that_passes_a_running_reader_is_noticed(
    landed: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader, read: ReadSettings
) -> None:
    publish_raw(landed, numbered(300, start=30))
    reader = new_reader(read=replace(read, max_records=5, min_records=5))
    drain(reader, ledgers, lambda: sum(ledgers.nexts().values()) > 30)
    forget(landed, {0: 110, 1: 110, 2: 110})
    reader.reset()  # what it had fetched already would still be right
    with pytest.raises(OffsetsLost):
        reader.poll()


def test_retention_that_passes_the_consumers_position_is_noticed(
    landed: KafkaSettings, new_reader: NewReader
) -> None:
    reader = new_reader()
    reader.poll()
    publish_raw(landed, numbered(30, start=30))  # not polled, so not fetched beyond what one answer brings
    forget(landed, {0: 20, 1: 20, 2: 20})
    assert reader._attached is not None
    for partition in range(3):
        reader._attached.consumer.seek(TopicPartition(landed.topic, partition), 11)
    with pytest.raises(OffsetsLost):
        poll_in_vain(reader)


def test_a_topic_created_anew_stops_the_next_start(landed: KafkaSettings, new_reader: NewReader) -> None:
    recreate(landed)
    publish_raw(landed, numbered(60))
    with pytest.raises(AnotherLog, match="created again"):
        new_reader().poll()


@pytest.mark.parametrize("records", [0, 60], ids=["still empty", "with as many records"])
def test_a_topic_created_anew_under_a_running_reader_stops_it_before_anything_is_handed_on(
    records: int, landed: KafkaSettings, new_reader: NewReader
) -> None:
    reader = new_reader()
    reader.poll()
    assert reader.partitions == (0, 1, 2)
    recreate(landed)
    publish_raw(landed, numbered(records))
    with pytest.raises(AnotherLog, match="created again"):
        poll_in_vain(reader)


def test_a_new_topic_that_is_accepted_is_written_down_and_read_from_its_beginning(
    landed: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader
) -> None:
    recreate(landed)
    publish_raw(landed, numbered(6, start=100))
    ledgers.records.clear()
    drain(new_reader(adopt=ledgers.adopt), ledgers, lambda: ledgers.nexts() == {0: 2, 1: 2, 2: 2})
    identity = describe_topic(landed).identity
    assert ledgers.adopted == [(key(landed, p), identity, 0) for p in range(3)]
    assert sorted(map(int, ledgers.values())) == list(range(100, 106))


def test_another_cluster_stops(landed: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader) -> None:
    ledgers.rows = {k: replace(row, cluster_id="elsewhere") for k, row in ledgers.rows.items()}
    with pytest.raises(AnotherLog, match="belongs to cluster elsewhere"):
        new_reader().poll()


def test_a_log_that_ends_before_the_ledger_stops(
    landed: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader
) -> None:
    ledgers.rows[key(landed, 2)] = replace(ledgers.rows[key(landed, 2)], next=11)
    with pytest.raises(AnotherLog, match="ends at 10"):
        new_reader().poll()


@pytest.mark.parametrize("field", ["last_crc32", "last_timestamp_ms"])
def test_another_record_in_the_place_of_the_last_landed_one_stops(
    field: str, landed: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader
) -> None:
    row = ledgers.rows[key(landed, 1)]
    ledgers.rows[key(landed, 1)] = replace(row, **{field: getattr(row, field) + 1})
    with pytest.raises(AnotherLog, match="another record lies at offset 9"):
        new_reader().poll()


def test_a_last_record_that_is_no_longer_kept_is_not_asked_for(
    landed: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader
) -> None:
    forget(landed, {0: 10, 1: 10, 2: 10})
    ledgers.rows = {k: replace(row, last_crc32=1) for k, row in ledgers.rows.items()}
    publish_raw(landed, numbered(3, start=30))
    drain(new_reader(), ledgers, lambda: ledgers.nexts() == {0: 11, 1: 11, 2: 11})
    assert len(ledgers.values()) == 33


def test_what_cannot_be_decoded_is_tried_anew_and_then_named_with_its_place(
    landed: KafkaSettings, new_reader: NewReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, tries = new_reader(), []

    def garbled(*_: object) -> None:
        tries.append(1)
        raise kafka.errors.CorruptRecordError("crc")

    monkeypatch.setattr(Gatherer, "gather", garbled)
    with pytest.raises(RecordUnreadable, match="partition 0 offset 10, partition 1 offset 10"):
        poll_in_vain(reader)
    assert len(tries) == 3


def test_one_garbled_answer_is_survived(
    landed: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, gather = new_reader(), Gatherer.gather
    reader.poll()

    def garbled(*_: object) -> None:
        monkeypatch.setattr(Gatherer, "gather", gather)
        raise ValueError("not a batch")

    monkeypatch.setattr(Gatherer, "gather", garbled)
    publish_raw(landed, numbered(3, start=30))
    drain(reader, ledgers, lambda: len(ledgers.values()) == 33)
    assert len(ledgers.values()) == 33


def test_a_lake_that_fails_is_not_taken_for_a_broker_that_does(
    settings: KafkaSettings, read: ReadSettings
) -> None:
    def positions(_: LedgerKey) -> None:
        raise LakeLocked("held")

    reader = SlotReader(settings, read, positions)
    with pytest.raises(LakeLocked):
        reader.poll()
    assert reader.broker_down_since is None


def test_a_topic_that_is_not_there_is_named_after_a_grace(
    settings: KafkaSettings, new_reader: NewReader
) -> None:
    reader = new_reader(settings=replace(settings, topic="no-such-topic"))
    assert reader.poll() == []
    with pytest.raises(TopicMissing, match="no-such-topic"):
        poll_in_vain(reader)


def test_a_topic_that_is_deleted_is_named(landed: KafkaSettings, new_reader: NewReader) -> None:
    reader = new_reader()
    reader.poll()
    with admin(landed.bootstrap_servers) as kafka:
        kafka.delete_topics([landed.topic])
    with pytest.raises(TopicMissing):
        poll_in_vain(reader)
    with pytest.raises(TopicMissing):
        describe_topic(landed)  # nothing that we did has brought it back


def test_a_broker_that_was_never_there_is_waited_for_without_a_busy_loop(
    settings: KafkaSettings, new_reader: NewReader
) -> None:
    nowhere = replace(settings, bootstrap_servers=f"127.0.0.1:{free_port()}", bootstrap_timeout_ms=300)
    reader = new_reader(settings=nowhere)
    began, spent = time.monotonic(), time.process_time()
    while time.monotonic() - began < 3:
        assert reader.poll() == []
    assert reader.broker_down_since is not None
    assert time.process_time() - spent < 0.6
    with pytest.raises(BrokerUnreachable, match="No Kafka broker answers"):
        describe_topic(nowhere)


@pytest.mark.parametrize("end", ["kill", "stop"])
def test_a_broker_that_goes_away_and_comes_back_is_read_on(
    end: str, own_broker: Broker, ledgers: MemoryLedgers, new_reader: NewReader, read: ReadSettings
) -> None:
    topic = create_topic(own_broker.bootstrap_servers, partitions=3)
    settings = KafkaSettings(bootstrap_servers=own_broker.bootstrap_servers, topic=topic)
    publish_raw(settings, numbered(300))
    reader = new_reader(settings=settings, read=replace(read, max_records=20, missing_grace_seconds=10))
    drain(reader, ledgers, lambda: len(ledgers.values()) >= 40)
    getattr(own_broker, end)()
    drain(reader, ledgers, lambda: reader.broker_down_since is not None)
    restart = threading.Thread(target=own_broker.start)
    restart.start()
    slowest = 0.0
    while restart.is_alive():
        began = time.monotonic()
        for batch in reader.poll():
            ledgers.land(batch)
        slowest = max(slowest, time.monotonic() - began)
    restart.join()
    drain(reader, ledgers, lambda: len(ledgers.values()) >= 300)
    publish_raw(settings, numbered(30, start=300))
    drain(reader, ledgers, lambda: len(ledgers.values()) >= 330)
    assert reader.broker_down_since is None
    assert sorted(map(int, ledgers.values())) == list(range(330))
    assert slowest < 5
