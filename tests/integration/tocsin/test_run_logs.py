"""Logs that are not as their ledger left them: `tocsin run` stops with 4 and says what is gone, or goes on by hand."""

from __future__ import annotations

import pytest
from kafka import TopicPartition

from tests.kit.broker import admin, create_topic
from tests.kit.streams import Stream, names, records

pytestmark = pytest.mark.integration


def test_a_topic_made_anew_stops_the_run_until_it_is_accepted(stream: Stream) -> None:
    stream.publish(records(30))
    running = stream.start("run")
    stream.until_coded(30)
    make_anew(stream)
    ended = running.ended()
    assert ended.code == 4
    assert "--accept-new-topic" in ended.last_line
    assert "Traceback" not in ended.said
    stream.publish(records(30, prefix="b"))
    again = stream.run("run", "--until-caught-up", code=4)  # nothing was forgotten by stopping
    assert f"kafka:{stream.kafka.topic}/" in again.last_line
    assert stream.coded() == 30
    stream.catch_up("--accept-new-topic")
    report = stream.assert_whole(names(30) + names(30, prefix="b"))
    assert sum(row.offsets_reopened for row in report.ledgers) == 30
    changes = stream.rows("SELECT change, reason, count(*) FROM ledger_changes GROUP BY ALL")
    assert changes == [("accept_new_topic", "--accept-new-topic", 3)]


def make_anew(stream: Stream) -> None:
    """Deletes the topic and creates it again under its name."""
    with admin(stream.kafka.bootstrap_servers) as kafka:
        kafka.delete_topics([stream.kafka.topic])
    create_topic(stream.kafka.bootstrap_servers, name=stream.kafka.topic)


def test_what_retention_took_stops_the_run_until_the_loss_is_accepted(stream: Stream) -> None:
    stream.publish(records(30))
    stream.catch_up()
    stream.publish(records(60, first=30))
    with admin(stream.kafka.bootstrap_servers) as kafka:
        kafka.delete_records({TopicPartition(stream.kafka.topic, 1): 17})
    ended = stream.run("run", "--until-caught-up", code=4)
    assert f"kafka:{stream.kafka.topic}/1: 7 messages are gone" in ended.last_line
    assert "--accept-loss" in ended.last_line
    stream.catch_up("--accept-loss")
    gone = {f"a-{3 * offset + 1}" for offset in range(10, 17)}
    report = stream.assert_whole(set(names(90)) - gone)
    assert [row.offsets_lost for row in report.ledgers] == [0, 7, 0]
    (change,) = stream.rows('SELECT ledger, change, before, after, "count" FROM ledger_changes')
    assert change == (f"kafka:{stream.kafka.topic}/1", "accept_loss", 10, 17, 7)
