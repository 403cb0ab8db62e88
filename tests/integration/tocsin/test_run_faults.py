"""What surrounds a stream fails: the broker goes away, the disk is full, another process holds the catalog."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from infra.broker.server import Broker
from tests.kit.streams import Stream, names, pid_in, records

pytestmark = pytest.mark.integration

# The catalog of a new lake has some 600 KB; with 300 articles it is beyond this.
MOST_BYTES = 1_000_000


@pytest.mark.parametrize("away_seconds", [3, pytest.param(30, marks=pytest.mark.load)])
def test_a_broker_that_goes_away_twice_is_waited_for(
    own_broker: Broker, new_stream: Callable[..., Stream], away_seconds: float
) -> None:
    stream = new_stream(bootstrap_servers=own_broker.bootstrap_servers)
    stream.publish(records(300))
    running = stream.start("run")
    stream.until_coded(20)
    for outage in (1, 2):
        own_broker.stop()
        time.sleep(away_seconds)
        assert running.alive, running.said
        own_broker.start()
        stream.publish(records(30, first=270 + 30 * outage))
        stream.until_coded(300 + 30 * outage)
    ended = running.end()
    assert ended.code == 0, ended.said
    assert len(re.findall("Kafka does not serve us", ended.said)) == 2
    assert len(re.findall("Kafka serves us again, after", ended.said)) == 2
    stream.assert_whole(names(360))


def limit_files() -> None:
    """No file of this process may grow beyond the limit: writing fails as on a full disk, wherever the test runs."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))


def test_a_disk_that_is_full_stops_the_run_and_nothing_is_lost(stream: Stream) -> None:
    stream.publish(records(600))
    ended = stream.start("run", "--until-caught-up", before=limit_files).ended()
    assert ended.code == 5, ended.said
    assert str(stream.folder / "lake") in ended.last_line
    assert "space, quota" in ended.last_line
    assert "Traceback" not in ended.said
    done = stream.coded()
    assert 0 < done < 600  # it happened in the middle
    assert stream.audit().differences == ()
    stream.catch_up()
    stream.assert_whole(names(600))


@contextmanager
def catalog_held(stream: Stream) -> Iterator[None]:
    """Another process has a write transaction open in the catalog."""
    program = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)\n"
        "connection.execute('BEGIN IMMEDIATE')\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(stream.lake.catalog_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout
    assert holder.stdout.readline() == b"held\n"
    try:
        yield
    finally:
        holder.communicate()


@pytest.mark.parametrize("held_seconds", [3, pytest.param(10, marks=pytest.mark.load)])
def test_a_catalog_that_another_process_holds_is_waited_for(stream: Stream, held_seconds: float) -> None:
    stream.publish(records(200))
    stream.environment["TOCSIN_LAKE__BUSY_TIMEOUT_MS"] = "300"  # so that our waiting is tried, not SQLite's
    running = stream.start("run")
    stream.until_coded(1)
    with catalog_held(stream):
        time.sleep(held_seconds)
        assert running.alive, running.said
        held_at = stream.coded()
    stream.until_coded(200)
    assert held_at < 200
    assert running.end().code == 0
    stream.assert_whole(names(200))


def test_a_catalog_that_is_held_from_the_beginning_is_waited_for(stream: Stream) -> None:
    stream.catch_up()  # makes the lake, and no ledger yet
    stream.publish(records(30))
    with catalog_held(stream):
        running = stream.start("run", "--until-caught-up", TOCSIN_LAKE__BUSY_TIMEOUT_MS="300")
        time.sleep(3)
        assert running.alive, running.said
    assert running.ended().code == 0, running.said
    stream.assert_whole(names(30))


def test_a_writers_lock_that_is_not_given_back_stops_the_run_and_names_its_holder(stream: Stream) -> None:
    from warehouse.lock import writer_lock

    stream.catch_up()
    stream.publish(records(30))
    with writer_lock(stream.lake):
        ended = stream.run("run", "--until-caught-up", code=5, TOCSIN_LAKE__LOCK_WAIT_SECONDS="1")
    assert pid_in(ended.last_line) == os.getpid()
    stream.catch_up()
    stream.assert_whole(names(30))
