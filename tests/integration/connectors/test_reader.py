"""The reader against a real broker: positions, bounds, codecs, transactions, compaction, growth."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from kafka import TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import CoordinatorLoadInProgressError, CoordinatorNotAvailableError, NotCoordinatorError

from connectors import client
from connectors.publisher import RawRecord, publish_raw
from connectors.reader import SlotReader
from connectors.settings import Compression, KafkaSettings, PublishSettings, ReadSettings
from connectors.shares import Share
from connectors.topics import describe_topic
from infra.broker.server import Broker
from tests.kit.broker import admin, create_topic
from tests.kit.ledgers import MemoryLedgers, drain

pytestmark = pytest.mark.integration

NewReader = Callable[..., SlotReader]


def numbered(count: int, partitions: int = 3, start: int = 0) -> list[RawRecord]:
    """Records in turn over the partitions, each with its number as value."""
    return [RawRecord(b"%d" % n, b"k", n % partitions) for n in range(start, start + count)]


def caught_up(settings: KafkaSettings, ledgers: MemoryLedgers) -> bool:
    """Whether every ledger has reached its partition's end."""
    reach = describe_topic(settings).reach
    return all(ledgers.nexts().get(p, r.earliest) == r.end for p, r in reach.items())


def test_everything_published_arrives_once_in_the_order_of_each_partition(
    settings: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader
) -> None:
    publish_raw(settings, numbered(300))
    drain(new_reader(), ledgers, lambda: caught_up(settings, ledgers))
    for partition in range(3):
        assert ledgers.values(partition) == [b"%d" % n for n in range(partition, 300, 3)]
    row = next(iter(ledgers.rows.values()))
    assert (row.first, row.offsets_empty, row.offsets_lost) == (0, 0, 0)
    assert row.cluster_id
    assert row.topic_id.count("-") == 4


def test_a_new_reader_goes_on_where_the_ledgers_stand(
    settings: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader
) -> None:
    publish_raw(settings, numbered(60))
    first = new_reader()
    drain(first, ledgers, lambda: sum(ledgers.nexts().values()) >= 20)
    first.poll()  # read, and lost before it landed
    first.close()
    drain(new_reader(), ledgers, lambda: caught_up(settings, ledgers))
    assert sorted(map(int, ledgers.values())) == list(range(60))


def test_reset_reads_again_what_was_not_landed(
    settings: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader
) -> None:
    publish_raw(settings, numbered(30))
    reader = new_reader()
    while not reader.poll():
        pass
    reader.reset()
    drain(reader, ledgers, lambda: caught_up(settings, ledgers))
    assert sorted(map(int, ledgers.values())) == list(range(30))


def test_nothing_to_read_costs_a_short_wait_and_gives_nothing(new_reader: NewReader) -> None:
    reader = new_reader()
    reader.poll()
    began = time.monotonic()
    assert reader.poll() == []
    assert 0.25 < time.monotonic() - began < 1.0


def test_values_keys_and_timestamps_are_the_producers_bytes(
    settings: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader
) -> None:
    sent = [
        RawRecord(None, b"dead", 0, 1_700_000_000_123),
        RawRecord(b"", None, 0, 1_700_000_000_124),
        RawRecord(b"\xff\x00", b"", 0, 1_700_000_000_125),
    ]
    publish_raw(settings, sent)
    drain(new_reader(), ledgers, lambda: caught_up(settings, ledgers))
    got = [RawRecord(r.value, r.key, 0, r.timestamp_ms) for r in ledgers.records[0]]
    assert got == sent


@pytest.mark.parametrize("codec", list(Compression))
def test_every_codec_is_read(
    codec: Compression, settings: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader
) -> None:
    texts = [b'{"text": "%s"}' % (b"the same words again " * 40), os.urandom(500)] * 50
    publish_raw(settings, [RawRecord(text, b"k") for text in texts], PublishSettings(compression=codec))
    drain(new_reader(), ledgers, lambda: caught_up(settings, ledgers))
    assert ledgers.values() == texts


def test_a_record_of_20_mb_passes_alone_and_the_rest_follows(
    settings: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader
) -> None:
    large = os.urandom(20 * 1024 * 1024)
    sent = [RawRecord(b"before", None, 0), RawRecord(large, None, 0), RawRecord(b"after", None, 0)]
    publish_raw(settings, sent)
    reader, sizes = new_reader(), []
    while sum(sizes) < 3:
        for batch in reader.poll():
            ledgers.land(batch)
            sizes.append(len(batch.records))
    assert ledgers.values(0) == [b"before", large, b"after"]
    assert sizes == [1, 1, 1]


def test_a_poll_keeps_to_its_bounds_and_hands_on_the_rest_later(
    settings: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader, read: ReadSettings
) -> None:
    publish_raw(settings, [RawRecord(b"x" * 1000, None, n % 3) for n in range(90)])
    reader = new_reader(read=replace(read, max_records=25, min_records=25, max_poll_bytes=7_500))
    sizes: list[int] = []
    while sum(sizes) < 90:
        batches = reader.poll()
        for batch in batches:
            ledgers.land(batch)
        sizes.append(sum(len(batch.records) for batch in batches))
    assert max(sizes) == 7
    assert len(ledgers.values()) == 90


def test_committed_transactions_are_read_to_their_markers_and_aborted_ones_passed(
    settings: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader
) -> None:
    producer = client.producer(settings, transactional_id=f"tx-{settings.topic}")
    producer.init_transactions()
    for name, ends in ((b"a", "commit"), (b"b", "abort"), (b"c", "commit"), (b"d", "abort")):
        producer.begin_transaction()
        for n in range(5):
            producer.send(settings.topic, name + b"%d" % n, partition=n % 2)
        producer.flush()
        getattr(producer, f"{ends}_transaction")()
    producer.close()
    drain(new_reader(), ledgers, lambda: caught_up(settings, ledgers))
    assert sorted(v or b"" for v in ledgers.values()) == [b"%c%d" % (c, n) for c in b"ac" for n in range(5)]
    rows = ledgers.rows.values()
    # ten records of aborted transactions, and four markers in each of two partitions
    assert sum(row.offsets_empty for row in rows) == 10 + 4 * 2


def test_an_open_transaction_holds_nothing_up_that_lies_before_it(
    settings: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader
) -> None:
    publish_raw(settings, [RawRecord(b"before", None, 0)])
    producer = client.producer(settings, transactional_id=f"tx-{settings.topic}")
    producer.init_transactions()
    producer.begin_transaction()
    producer.send(settings.topic, b"open", partition=0).get(timeout=10)
    reader = new_reader()
    drain(reader, ledgers, lambda: caught_up(settings, ledgers))
    assert ledgers.values(0) == [b"before"]
    producer.commit_transaction()
    producer.close()
    drain(reader, ledgers, lambda: ledgers.nexts() == {0: 3})
    assert ledgers.values(0) == [b"before", b"open"]


def test_a_compacted_topic_is_read_to_its_end_and_its_holes_are_counted(
    own_broker: Broker, ledgers: MemoryLedgers, new_reader: NewReader
) -> None:
    _clean_often(own_broker)
    topic = create_topic(
        own_broker.bootstrap_servers,
        partitions=1,
        cleanup_policy="compact",
        segment_ms="50",
        min_cleanable_dirty_ratio="0.001",
    )
    settings = KafkaSettings(bootstrap_servers=own_broker.bootstrap_servers, topic=topic)
    for n in range(4):  # each into a segment of its own: only closed segments are compacted
        publish_raw(settings, [RawRecord(b"%d-%d" % (n, k), b"key%d" % k) for k in range(10)])
        time.sleep(0.1)
    _wait_compacted(settings, fewer_than=40)
    drain(new_reader(settings=settings), ledgers, lambda: caught_up(settings, ledgers))
    row = next(iter(ledgers.rows.values()))
    assert row.next == 40
    assert row.offsets_empty == 40 - len(ledgers.values()) > 0
    assert ledgers.values()[-10:] == [b"3-%d" % k for k in range(10)]


def test_slots_and_shares_together_read_each_partition_once(
    settings: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader
) -> None:
    publish_raw(settings, numbered(30))
    readers = [new_reader(slot=s, slots=2, share=Share(i, 2)) for s in range(2) for i in (1, 2)]
    deadline = time.monotonic() + 15
    while not caught_up(settings, ledgers):
        assert time.monotonic() < deadline
        for reader in readers:
            for batch in reader.poll():
                ledgers.land(batch)
    assert sorted(p for reader in readers for p in reader.partitions) == [0, 1, 2]
    assert sorted(map(int, ledgers.values())) == list(range(30))


def test_new_partitions_are_noticed_and_read_by_the_next_reader(
    settings: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader
) -> None:
    reader = new_reader()
    drain(reader, ledgers, lambda: reader.partitions == (0, 1, 2))
    assert not reader.partitions_grown()
    with admin(settings.bootstrap_servers) as kafka:
        kafka.create_partitions({settings.topic: 5})
    drain(reader, ledgers, reader.partitions_grown)
    publish_raw(settings, numbered(50, partitions=5))
    reader.close()
    following = new_reader()
    drain(following, ledgers, lambda: caught_up(settings, ledgers))
    assert following.partitions == (0, 1, 2, 3, 4)
    assert sorted(map(int, ledgers.values())) == list(range(50))


def test_end_offsets_and_lag_tell_how_far_there_is_to_go(
    settings: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader, read: ReadSettings
) -> None:
    publish_raw(settings, numbered(90))
    reader = new_reader(read=replace(read, max_records=10, min_records=10))
    assert reader.lag() == reader.end_offsets() == {}
    drain(reader, ledgers, lambda: len(ledgers.values()) >= 10)
    assert reader.end_offsets() == {0: 30, 1: 30, 2: 30}
    drain(reader, ledgers, lambda: caught_up(settings, ledgers))
    assert reader.lag() == {0: 0, 1: 0, 2: 0}


def test_landed_positions_are_told_to_the_consumer_group(
    settings: KafkaSettings, ledgers: MemoryLedgers, new_reader: NewReader
) -> None:
    settings = replace(settings, group_id=f"group-{settings.topic}")
    publish_raw(settings, numbered(30))
    reader = new_reader(settings=settings)
    drain(reader, ledgers, lambda: caught_up(settings, ledgers))
    deadline = time.monotonic() + 20
    while _told(settings) != {0: 10, 1: 10, 2: 10}:  # a courtesy may be late, on a busy machine
        assert time.monotonic() < deadline
        reader.poll()
        for key, row in ledgers.rows.items():
            reader.acknowledge(key, row.next)
        reader.close()


def _told(settings: KafkaSettings) -> dict[int, int]:
    """The group's positions, by partition."""
    with admin(settings.bootstrap_servers) as kafka:
        try:
            told = kafka.list_group_offsets({settings.group_id: None})[settings.group_id]
        # a broker makes the topic of groups when it is first asked, and takes a moment to load it
        except (CoordinatorLoadInProgressError, CoordinatorNotAvailableError, NotCoordinatorError):
            return {}
    return {tp.partition: at.offset for tp, at in told.items()}


def _clean_often(broker: Broker) -> None:
    """Kafka's cleaner looks every 15 s; a test does not wait for that."""
    with admin(broker.bootstrap_servers) as kafka:
        kafka.alter_configs(
            [ConfigResource(ConfigResourceType.BROKER, "1", {"log.cleaner.backoff.ms": "200"})],
            incremental=True,
        )


def _wait_compacted(settings: KafkaSettings, fewer_than: int) -> None:
    """Waits until the log holds fewer records than were written."""
    deadline = time.monotonic() + 20
    while _count(settings) >= fewer_than:
        assert time.monotonic() < deadline, "the broker did not compact"
        time.sleep(0.2)


def _count(settings: KafkaSettings) -> int:
    consumer = client.consumer(settings, fetch_min_bytes=1)
    at = TopicPartition(settings.topic, 0)
    consumer.assign([at])
    consumer.seek(at, 0)
    count = 0
    while (consumer.position(at) or 0) < 40:
        count += sum(map(len, consumer.poll(timeout_ms=500).values()))
    consumer.close()
    return count
