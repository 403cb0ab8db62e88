"""Publishing to a real broker: keys and order, what is refused, exit codes."""

from __future__ import annotations

import io
import json
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

import connectors.publisher
from connectors.publish import publish_lines
from connectors.publisher import RawRecord, publish_raw
from connectors.reader import SlotReader
from connectors.settings import KafkaSettings, PublishSettings, ReadSettings
from connectors.topics import create_topic, describe_topic, max_message_bytes
from infra.broker.ports import free_port
from infra.broker.server import Broker
from schemas.errors import BrokerUnreachable, InputError, PublishError, TopicMissing
from tests.kit.ledgers import MemoryLedgers, drain
from tocsin.cli.publish import run_publish

pytestmark = pytest.mark.integration


def read_all(settings: KafkaSettings) -> MemoryLedgers:
    """Everything in the topic."""
    ledgers = MemoryLedgers()
    reader = SlotReader(settings, ReadSettings(), ledgers.read)
    ends = {p: reach.end for p, reach in describe_topic(settings).reach.items() if reach.end}
    drain(reader, ledgers, lambda: ledgers.nexts() == ends)
    reader.close()
    return ledgers


def run(settings: KafkaSettings, *files: Path | str, **options: object) -> tuple[int, str]:
    """Runs `tocsin publish`; gives the exit code and what was printed."""
    said = io.StringIO()
    console = Console(file=said, width=200)
    return run_publish(settings, [str(f) for f in files], console=console, **options), said.getvalue()  # type: ignore[arg-type]


@pytest.fixture
def small(broker: Broker) -> KafkaSettings:
    """A topic whose records may have 2,000 bytes."""
    settings = KafkaSettings(bootstrap_servers=broker.bootstrap_servers, topic=f"small-{os.urandom(4).hex()}")
    assert create_topic(settings, 3, {"max.message.bytes": "2000"})
    return settings


def test_one_source_stays_in_order_in_one_partition_and_bytes_are_kept(settings: KafkaSettings) -> None:
    lines = [b'{ "source":"paper %d", "n":%d,  "text":"\xc3\xa9" }' % (n % 5, n) for n in range(200)]
    summary = publish_lines(settings, lines)
    assert (summary.published, summary.refused) == (200, 0)
    landed = read_all(settings)
    assert sorted(landed.values(), key=lambda v: json.loads(v or b"")["n"]) == lines
    for source in range(5):
        key = b"paper %d" % source
        holders = [p for p, records in landed.records.items() if any(r.key == key for r in records)]
        assert len(holders) == 1
        numbers = [json.loads(r.value or b"")["n"] for r in landed.records[holders[0]] if r.key == key]
        assert numbers == list(range(source, 200, 5))


def test_lines_that_cannot_be_sent_are_told_with_their_place_and_the_rest_is_sent(
    small: KafkaSettings, tmp_path: Path
) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_bytes(
        b'{"text": "one"}\n\nnot json\n[1]\n{"text": "%s"}\n{"n": NaN}\n{"text": "last, without a newline"}'
        % (b"x" * 3000)
    )
    code, said = run(small, file)
    assert code == 1
    for place in (
        f"{file}:3: not JSON",
        f"{file}:4: not a JSON object but list",
        f"{file}:5: too large",
        f"{file}:6:",
    ):
        assert place in said
    assert "2 published" in said
    assert "4 refused" in said
    assert sorted(read_all(small).values()) == [b'{"text": "last, without a newline"}', b'{"text": "one"}']


def test_a_broker_that_refuses_without_having_told_its_limit_stops_no_other_line(
    small: KafkaSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connectors.publisher, "max_message_bytes", lambda _: None)
    lines = [
        b'{"n": %d, "source": "s%d", "text": "%s"}'
        % (n, n % 4, os.urandom(4000).hex().encode() if n == 30 else b"x")
        for n in range(60)
    ]
    summary = publish_lines(small, lines)
    assert (summary.published, summary.refused) == (59, 1)
    assert summary.refusals[0].number == 31
    landed = sorted(read_all(small).values(), key=lambda v: json.loads(v or b"")["n"])
    assert landed == lines[:30] + lines[31:]


def test_limit_and_rate_are_kept(settings: KafkaSettings) -> None:
    began = time.monotonic()
    summary = publish_lines(settings, (b'{"n": %d}' % n for n in range(1000)), rate=50, limit=20)
    assert summary.published == 20
    assert 0.35 < time.monotonic() - began < 3


def test_unconfirmed_bytes_are_bounded(settings: KafkaSettings) -> None:
    publish = PublishSettings(max_in_flight_bytes=10_000)
    summary = publish_lines(settings, [b'{"text": "%s"}' % (b"x" * 4000)] * 30, publish=publish)
    assert summary.published == 30


def test_raw_records_go_as_they_are_and_a_refusal_is_an_error(small: KafkaSettings) -> None:
    assert publish_raw(small, [RawRecord(b"\xff\xfe"), RawRecord(None, b"k"), RawRecord(b"")]) == 3
    with pytest.raises(PublishError, match="record 2: too large"):
        publish_raw(small, [RawRecord(b"fine"), RawRecord(b"x" * 3000)])


def test_a_missing_topic_is_named_or_created(broker: Broker, tmp_path: Path) -> None:
    settings = KafkaSettings(bootstrap_servers=broker.bootstrap_servers, topic=f"new-{os.urandom(4).hex()}")
    file = tmp_path / "one.jsonl"
    file.write_bytes(b'{"text": "one"}\n')
    with pytest.raises(TopicMissing, match=settings.topic):
        run(settings, file)
    assert run(settings, file, create=5)[0] == 0
    assert describe_topic(settings).partitions == 5
    assert not create_topic(settings, 7)
    assert max_message_bytes(settings) == 32 * 1024 * 1024


def test_a_missing_file_sends_nothing_at_all(settings: KafkaSettings, tmp_path: Path) -> None:
    file = tmp_path / "there.jsonl"
    file.write_bytes(b'{"text": "one"}\n')
    with pytest.raises(InputError, match=r"gone\.jsonl cannot be read"):
        run(settings, file, tmp_path / "gone.jsonl")
    assert all(reach.end == 0 for reach in describe_topic(settings).reach.values())


@pytest.mark.usefixtures("no_sockets_left")
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
def test_no_broker_is_told_within_the_bootstrap_timeout(settings: KafkaSettings) -> None:
    nowhere = replace(settings, bootstrap_servers=f"127.0.0.1:{free_port()}", bootstrap_timeout_ms=500)
    with pytest.raises(BrokerUnreachable):
        publish_lines(nowhere, [b"{}"])
