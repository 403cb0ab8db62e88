"""`tocsin run` as a process: to the end and no further, drained by signals, and nothing twice."""

from __future__ import annotations

import signal

import pytest

from connectors import client
from tests.kit.streams import Stream, article, names, records

pytestmark = pytest.mark.integration


def test_until_caught_up_lands_all_and_a_second_run_adds_nothing(stream: Stream) -> None:
    stream.publish(records(90))
    first = stream.catch_up(fresh=True)  # as a person starts it
    assert first.last_line == "caught up: 90 articles, 90 reports, 0 skips, 0 rejects"
    stream.assert_whole(names(90))
    assert stream.catch_up().last_line == "caught up: 0 articles, 0 reports, 0 skips, 0 rejects"
    stream.assert_whole(names(90))


def test_an_empty_topic_is_caught_up_with_at_once(stream: Stream) -> None:
    assert stream.catch_up().last_line.startswith("caught up: 0 articles")
    assert stream.coded() == 0


def test_a_transactional_topic_is_read_to_its_last_marker(stream: Stream) -> None:
    producer = client.producer(stream.kafka, transactional_id=f"tx-{stream.kafka.topic}")
    producer.init_transactions()
    for name, ends in (("kept", "commit"), ("dropped", "abort")):
        producer.begin_transaction()
        for n in range(6):
            producer.send(stream.kafka.topic, article(f"{name}-{n}"), partition=n % 3)
        producer.flush()
        getattr(producer, f"{ends}_transaction")()
    producer.close()
    stream.catch_up()
    report = stream.assert_whole(names(6, prefix="kept"))
    # in each partition: a marker of the commit, two records that were aborted, and the marker of that
    assert [row.offsets_empty for row in report.ledgers] == [4, 4, 4]


def test_a_file_that_is_published_twice_is_landed_once(stream: Stream) -> None:
    lines = [record.value or b"" for record in records(40)]
    stream.folder.mkdir()
    (stream.folder / "articles.jsonl").write_bytes(b"\n".join(lines))
    for _ in range(2):
        stream.run("publish", "articles.jsonl")
    stream.catch_up()
    assert stream.assert_whole(names(40)).skips == {"duplicate": 40}


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_under_load_drains_within_5_s_and_leaves_nothing_half_done(
    stream: Stream, kind: signal.Signals
) -> None:
    stream.publish(records(500))
    running = stream.start("run", fresh=kind is signal.SIGINT)
    stream.until_coded(1)
    ended = running.end(kind)
    assert ended.code == 0, ended.said
    assert ended.seconds < 5
    assert ended.last_line.startswith("drained: ")
    done = stream.coded()
    assert 0 < done < 500  # it was stopped in the middle
    assert f"drained: {done} articles, " in ended.last_line
    assert stream.audit().differences == ()
    stream.catch_up()
    stream.assert_whole(names(500))


def test_a_graph_that_is_built_anew_every_second_loses_nothing(stream: Stream) -> None:
    stream.publish(records(100))
    running = stream.start("run", TOCSIN_RUN__GENERATION_MINUTES="0.01")
    stream.until_coded(100)
    stream.publish(records(60, first=100))
    stream.until_coded(160)
    assert running.end().code == 0
    stream.assert_whole(names(160))
