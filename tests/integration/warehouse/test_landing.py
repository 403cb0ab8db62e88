"""Landing on a real lake: any cuts by two writers, a lost answer, a locked catalog, a full disk, an unknown writer."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from schemas.batch import ParsedBatch, Placed
from schemas.errors import LakeLocked
from schemas.reject import RejectStatus
from tests.kit.cuts import TRIES, LostError, Try, land_all, land_somehow, logs
from tests.kit.lake import (
    KEY,
    REPLAY,
    Told,
    coded_batch,
    contents,
    land,
    new_lake,
    new_lander,
    one,
)
from warehouse import land as land_module
from warehouse.audit import audit
from warehouse.known import skip_known
from warehouse.lake import Lake
from warehouse.land import Lander, Outcome
from warehouse.ledger import open_ledger, rewind
from warehouse.rows import to_landing
from warehouse.settings import LakeSettings

Copy = Callable[..., Lake]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty lake with one ledger, to be copied: making one takes a second."""
    folder = tmp_path_factory.mktemp("template") / "lake"
    new_lake(folder).close()
    return folder


@pytest.fixture
def copy(template: Path, tmp_path: Path) -> Copy:
    """Makes an open lake of its own."""
    numbers = itertools.count()

    def made(**changes: object) -> Lake:
        folder = tmp_path / str(next(numbers))
        shutil.copytree(template, folder)
        return Lake.create_or_open(LakeSettings(folder=str(folder), threads=1, **changes))  # type: ignore[arg-type]

    return made


@given(log=logs(), tries=TRIES)
@settings(
    max_examples=8,  # a real lake takes a second an example; the same property runs in memory a hundred times faster
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_two_writers_in_any_way_end_in_the_rows_of_one_clean_landing(
    copy: Copy, log: tuple[list[Told], int], tries: list[Try]
) -> None:
    told, end = log
    with copy() as clean, copy() as lake, Lake.create_or_open(lake.settings) as beside:
        land_all(clean, told, end)
        land_somehow((lake, beside), told, end, tries)
        assert contents(lake) == contents(clean)
        assert audit(lake).broken == {}


def test_flushing_between_batches_changes_nothing_for_revisions_and_copies(copy: Copy) -> None:
    with copy() as lake:
        lander = new_lander(lake)
        for n, text in enumerate(("first", "second", "second", "third")):
            land(lander, Told(n, text=text, reports=2))
            lake.execute("CALL ducklake_flush_inlined_data('tocsin')")
        assert one(lake, "SELECT count(*) FROM codings") == 3
        assert one(lake, "SELECT count(*) FROM reports WHERE superseded_by IS NULL") == 2
        assert audit(lake).broken == {}


def test_a_commit_whose_answer_was_lost_is_a_replay(copy: Copy) -> None:
    def lose(phase: str) -> None:
        if phase == "after_commit":
            raise LostError

    with copy() as lake:
        with pytest.raises(LostError):
            land(new_lander(lake, lose), Told(0))
        assert land(new_lander(lake), Told(0)).outcome is Outcome.REPLAYED
        assert one(lake, "SELECT count(*) FROM reports") == 1


@pytest.mark.parametrize("flushed", [False, True])
def test_without_the_lock_the_fence_alone_lets_one_of_two_writers_commit(
    copy: Copy, monkeypatch: pytest.MonkeyPatch, flushed: bool
) -> None:
    monkeypatch.setattr(land_module, "writer_lock", lambda _: nullcontext())
    with copy() as lake, Lake.create_or_open(lake.settings) as beside:
        land(new_lander(lake), Told(0, "z"))
        if flushed:
            lake.execute("CALL ducklake_flush_inlined_data('tocsin')")
        told, others = [Told(1), Told(2, "b")], []

        def overtake(phase: str) -> None:
            if phase == "before_commit" and not others:
                others.append(land(new_lander(beside), *told))

        assert land(new_lander(lake, overtake), *told).outcome is Outcome.REPLAYED
        assert others[0].outcome is Outcome.LANDED
        assert one(lake, "SELECT count(*) FROM codings") == 3
        assert audit(lake).broken == {}


def test_readers_of_the_same_process_and_another_one_see_what_was_landed(copy: Copy) -> None:
    with copy() as lake, Lake.open_read_only(lake.settings) as reader:
        land(new_lander(lake), Told(0, reports=2))
        assert one(reader, "SELECT count(*) FROM reports_latest") == 2
        land(new_lander(lake), Told(1, "b"))
        assert one(reader, "SELECT next FROM ledgers") == 2
        batch = ParsedBatch(coded_batch([Told(2)]).span, (Placed(Told(2).record, Told(2).article),), (), ())
        assert len(skip_known(batch, reader).skips) == 1


HOLD_CATALOG = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("ROLLBACK")
"""


def held_catalog(lake: Lake, seconds: float) -> subprocess.Popen[str]:
    """Another process that holds the catalog for so long."""
    words = [sys.executable, "-c", HOLD_CATALOG, str(lake.settings.catalog_path), str(seconds)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_catalog_that_another_process_holds_is_waited_for(copy: Copy) -> None:
    with copy(busy_timeout_ms=200) as lake, held_catalog(lake, 1.5) as holder:
        began = time.monotonic()
        landed = land(new_lander(lake), Told(0))
        assert landed.outcome in (Outcome.LANDED, Outcome.REPLAYED)
        assert time.monotonic() - began > 1
        assert (holder.wait(), one(lake, "SELECT count(*) FROM codings")) == (0, 1)


def test_a_catalog_that_is_held_for_too_long_stops_with_a_name(copy: Copy) -> None:
    with copy(busy_timeout_ms=100, lock_wait_seconds=0.5) as lake, held_catalog(lake, 30) as holder:
        with pytest.raises(LakeLocked, match="stayed locked"):
            land(new_lander(lake), Told(0))
        holder.kill()
        holder.wait()
        assert land(new_lander(lake), Told(0)).outcome is Outcome.LANDED


# inside a mount namespace of its own: a disk of 6 MB that fills up and is made larger
FILL = """
import subprocess, sys
from pathlib import Path
from schemas.errors import LakeFull
from tests.kit.lake import Told, land, new_lake, new_lander, one
from warehouse import land as land_module
from warehouse.audit import audit
from warehouse.lake import Lake

disk, articles = sys.argv[1], int(sys.argv[2])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk], check=True)
lake = new_lake(Path(disk) / "lake")
lander = new_lander(lake)
batch = lambda n: [Told(n + i, f"{n} {i}", text="word " * 2000, reports=3) for i in range(articles)]
try:
    for n in range(0, 10_000, articles):
        land(lander, *batch(n))
except LakeFull as error:
    print(type(error).__name__, str(error).split(":")[0])
lake.close()
subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
lake = Lake.create_or_open(lake.settings)
next_ = one(lake, "SELECT next FROM ledgers")
assert next_ == n > 0, (next_, n)
assert one(lake, "SELECT count(*) FROM codings") == next_
land(new_lander(lake), *batch(next_))
print(audit(lake).broken)
"""


@pytest.mark.parametrize("articles", [20, 200])  # the catalog fills up; a Parquet file does
def test_a_full_disk_stops_with_its_name_and_loses_nothing(tmp_path: Path, articles: int) -> None:
    alone = ["unshare", "--mount", "--map-root-user"]
    if subprocess.run(
        [*alone, "mount", "-t", "tmpfs", "tmpfs", tmp_path], capture_output=True, check=False
    ).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    run = subprocess.run(
        [*alone, sys.executable, "-c", FILL, str(tmp_path), str(articles)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
    )
    assert run.stdout == f"LakeFull No space is left in {tmp_path}/lake\n{{}}\n", run.stderr


def test_replays_settle_and_count_on_a_real_lake(copy: Copy) -> None:
    with copy() as lake:
        lander = Lander(lake)
        open_ledger(lake, REPLAY, 0)
        land(lander, Told(0, fails=True, payload=b"x" * 100_000), Told(1, "b", reports=3, failing=(0,)))
        whole, part = (
            one(lake, f"SELECT reject_id FROM rejects WHERE report_id IS {null}")
            for null in ("NULL", "NOT NULL")
        )
        land(
            lander, Told(0, fails=True, reject_id=whole), Told(1, "b", reports=3, reject_id=part), key=REPLAY
        )
        assert lake.rows(
            "SELECT reject_id, status, attempts, payload IS NULL FROM rejects ORDER BY payload_bytes"
        ) == [
            (part, RejectStatus.REPLAYED.value, 1, False),
            (whole, RejectStatus.OPEN.value, 2, True),
        ]
        assert one(lake, "SELECT octet_length(payload) FROM reject_payloads") == 100_000
        rewind(lake, KEY, 0, "a test")
        land(lander, Told(0, fails=True, payload=b"x" * 100_000), Told(1, "b", reports=3, failing=(0,)))
        assert lake.rows("SELECT sum(attempts)::INTEGER, count(*) FROM rejects") == [(4, 2)]
        assert one(lake, "SELECT count(*) FROM reject_payloads") == 1
        assert audit(lake).broken == {}


def test_a_batch_of_fifty_articles_lands_in_one_snapshot(copy: Copy) -> None:
    with copy() as lake:
        before = lake.snapshot_id()
        landed = new_lander(lake).land(
            to_landing(coded_batch([Told(n, f"{n}", reports=2) for n in range(50)]))
        )
        assert (landed.codings, landed.reports, lake.snapshot_id()) == (50, 100, before + 1)
