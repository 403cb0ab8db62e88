"""Several `tocsin run` on one lake, and a topic that grows under them."""

from __future__ import annotations

import signal

import pytest

from tests.kit.broker import admin
from tests.kit.streams import Stream, names, pid_in, records

pytestmark = pytest.mark.integration


def test_two_shares_side_by_side_land_each_partition_once(stream: Stream) -> None:
    stream.publish(records(200))
    shares = [stream.start("run", "--share", share, "--until-caught-up") for share in ("1/2", "2/2")]
    ended = [share.ended() for share in shares]
    assert [e.code for e in ended] == [0, 0], [e.said for e in ended]
    report = stream.assert_whole(names(200))
    assert len(report.ledgers) == 3
    writers = stream.rows("SELECT ledger, split_part(writer, ' ', 2)::INTEGER FROM ledgers ORDER BY ledger")
    one, two = (share.pid for share in shares)
    assert [pid for _, pid in writers] == [one, two, one]


def test_a_share_that_is_read_already_is_refused_with_6_and_names_its_reader(stream: Stream) -> None:
    stream.publish(records(3))
    first = stream.start("run", "--share", "1/2")
    stream.until_coded(1)
    second = stream.run("run", "--share", "1/2", code=6)
    assert pid_in(second.last_line) == first.pid
    other_count = stream.run("run", "--share", "1/3", code=6)
    assert pid_in(other_count.last_line) == first.pid
    first.end(signal.SIGKILL)
    stream.catch_up("--share", "1/2")  # the lease went with its holder


def test_a_share_beyond_the_partitions_is_caught_up_at_once(stream: Stream) -> None:
    stream.publish(records(3))
    assert stream.catch_up("--share", "5/5").last_line.startswith("caught up: 0 articles")


def test_partitions_that_a_topic_gains_during_a_run_are_read(stream: Stream) -> None:
    stream.publish(records(30))
    running = stream.start("run")
    stream.until_coded(30)
    with admin(stream.kafka.bootstrap_servers) as kafka:
        kafka.create_partitions({stream.kafka.topic: 5})
    stream.publish(records(100, prefix="b", partitions=5))
    stream.until_coded(130)
    ended = running.end()
    assert ended.code == 0, ended.said
    report = stream.assert_whole(names(30) + names(100, prefix="b"))
    assert len(report.ledgers) == 5
