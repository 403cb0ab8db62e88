"""Flush, merge, rewrite and expiry on a real lake: nothing changes but the files, and those stay few."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from schemas.reject import RejectStatus
from tests.kit.lake import KEY, Told, contents, land, new_lake
from tests.kit.rows import insert
from warehouse import compact
from warehouse.compact import compactions, file_counts, flush
from warehouse.expire import clean, drop_payloads, expire, sweep
from warehouse.lake import METADATA, Lake
from warehouse.land import Lander
from warehouse.maintain import Upkeep, maintain
from warehouse.serving_settings import MaintainSettings

pytestmark = pytest.mark.integration
HOUR = 3600.0


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    with new_lake(tmp_path / "lake") as lake:
        yield lake


def inlined(lake: Lake) -> int:
    """Rows of reports that are still in the catalog."""
    names = lake.rows(
        f"SELECT i.table_name FROM {METADATA}.ducklake_inlined_data_tables AS i "
        f"JOIN {METADATA}.ducklake_table AS t USING (table_id) WHERE t.table_name = 'reports'"
    )
    return sum(int(lake.rows(f"SELECT count(*) FROM {METADATA}.{name}")[0][0]) for (name,) in names)


def compact_all(lake: Lake, *, whole: bool = False) -> None:
    for step in compactions(lake, whole=whole):
        step()


def files(lake: Lake) -> set[Path]:
    return set(lake.settings.data_path.rglob("*.parquet"))


def test_a_flush_moves_rows_from_the_catalog_to_parquet_and_changes_none(lake: Lake) -> None:
    land(Lander(lake), Told(0, "a", reports=2), Told(1, "b", reports=None), Told(2, "c", fails=True))
    before = contents(lake)
    assert inlined(lake) == 2
    assert {d.table for d in flush(lake)} == {"articles", "codings", "reports", "skips", "rejects"}
    assert inlined(lake) == 0
    assert contents(lake) == before
    assert file_counts(lake)["reports"] == 1
    assert flush(lake) == []


def test_a_flush_leaves_the_ledgers_in_the_catalog(lake: Lake) -> None:
    land(Lander(lake), Told(0))
    flush(lake)
    assert not [name for name in file_counts(lake) if name.startswith("ledger_")]


def test_small_files_are_merged_when_a_tier_is_full(lake: Lake) -> None:
    lander = Lander(lake)
    for n in range(compact.FILES_A_TIER):
        assert file_counts(lake)["reports"] == n
        land(lander, Told(n, f"a{n}", f"text {n}"))
        flush(lake)
        if n < compact.FILES_A_TIER - 1:
            compact_all(lake)
    before = contents(lake)
    compact_all(lake)
    assert file_counts(lake)["reports"] == 1
    assert contents(lake) == before


def test_a_large_file_is_not_rewritten_by_the_merge_of_small_ones(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    lander = Lander(lake)
    land(lander, *(Told(n, f"a{n}", f"text {n}") for n in range(400)))
    large = max(files(lake), key=lambda p: p.stat().st_size)
    monkeypatch.setattr(compact, "TIERS", (large.stat().st_size // 2, 16 * compact.MB, 256 * compact.MB))
    for n in range(400, 400 + compact.FILES_A_TIER):
        land(lander, Told(n, f"a{n}", f"text {n}"))
        flush(lake)
    compact_all(lake)
    live = {
        Path(str(p)).name
        for (p,) in lake.rows(f"SELECT path FROM {METADATA}.ducklake_data_file WHERE end_snapshot IS NULL")
    }
    assert large.name in live
    assert file_counts(lake)[large.parent.name] == 2


def test_files_with_superseded_rows_are_rewritten_so_that_they_can_be_merged(lake: Lake) -> None:
    lander = Lander(lake)
    for n in range(compact.FILES_WITH_DELETES + 1):
        # each revision supersedes the coding in the file before
        land(lander, Told(n, "a", f"text {n}", reports=1))
        flush(lake)
    before = contents(lake)
    compact_all(lake)
    assert file_counts(lake)["reports"] <= 2
    assert contents(lake) == before
    assert lake.rows("SELECT count(*) FROM reports_latest") == [(1,)]
    assert lake.rows("SELECT bool_and(balanced) FROM conservation") == [(True,)]


def test_former_versions_of_a_ledgers_row_are_dropped_when_they_are_many(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compact, "LEDGER_VERSIONS", 10)
    lander = Lander(lake)
    for n in range(9):
        land(lander, Told(n, f"a{n}"))
    compact_all(lake)
    assert file_counts(lake)[KEY.table] == 0
    for n in range(9, 24):
        land(lander, Told(n, f"a{n}"))
        compact_all(lake)
    assert 1 <= file_counts(lake)[KEY.table] <= 2
    assert lake.rows("SELECT next, codings FROM ledgers") == [(24, 24)]
    assert lake.rows("SELECT bool_and(balanced) FROM conservation") == [(True,)]


def test_many_commits_keep_the_files_few(lake: Lake) -> None:
    lander, tidy = Lander(lake), Upkeep(lake, upkeep=MaintainSettings(flush_seconds=0.0))
    most = 0
    for n in range(36):
        land(lander, Told(n, f"a{n % 20}", f"text {n}"))
        tidy.between_batches()
        most = max([most, *file_counts(lake).values()])
    # without merges and rewrites it would be 36
    assert most <= 2 * compact.FILES_A_TIER
    assert lake.rows("SELECT count(*), bool_and(balanced) FROM conservation") == [(1, True)]


def test_only_snapshots_beyond_the_bound_are_expired(lake: Lake) -> None:
    def snapshots() -> int:
        return int(lake.rows(f"SELECT count(*) FROM {METADATA}.ducklake_snapshot")[0][0])

    land(Lander(lake), Told(0))
    before = snapshots()
    assert expire(lake, MaintainSettings()) == []
    assert snapshots() == before


def test_old_snapshots_go_and_their_files_only_later(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    lander = Lander(lake)
    for n in range(3):
        land(lander, Told(n, f"a{n}"))
        flush(lake)
    compact_all(lake, whole=True)
    before, merged = contents(lake), len(files(lake))
    pretend_later(monkeypatch, hours=30)
    (done,) = expire(lake, MaintainSettings())
    assert done.count > 3
    assert len(files(lake)) == merged
    pretend_later(monkeypatch, hours=0)
    assert clean(lake, MaintainSettings()) == []
    pretend_later(monkeypatch, hours=30)
    clean(lake, MaintainSettings())
    assert len(files(lake)) < merged
    assert contents(lake) == before


def pretend_later(monkeypatch: pytest.MonkeyPatch, hours: float) -> None:
    """Steps see a bound that lies so many hours later; the catalog's instants are the real ones."""
    from warehouse import expire as module

    monkeypatch.setattr(
        module, "_ago", lambda kept: f"now() - INTERVAL '{int((kept - hours) * 3600)} seconds'"
    )


def test_only_old_orphans_are_swept(lake: Lake) -> None:
    land(Lander(lake), Told(0))
    flush(lake)
    folder = next(iter(files(lake))).parent
    known = files(lake)
    young, old = folder / "young.parquet", folder / "old.parquet"
    for orphan in (young, old):
        orphan.write_bytes(b"left by a landing that was killed")
    os.utime(old, (time.time() - 25 * HOUR,) * 2)
    for file in known:
        os.utime(file, (time.time() - 25 * HOUR,) * 2)
    (done,) = sweep(lake, MaintainSettings())
    assert done.count == 1
    assert files(lake) == known | {young}


def test_payloads_are_dropped_when_all_their_rejects_are_long_settled(lake: Lake) -> None:
    now = lake.rows("SELECT now()")[0][0]
    long_ago = lake.rows("SELECT now() - INTERVAL 31 DAYS")[0][0]
    for digest, fates in {
        "open": [(RejectStatus.OPEN, None)],
        "fresh": [(RejectStatus.REPLAYED, now)],
        "shared": [(RejectStatus.DISCARDED, long_ago), (RejectStatus.OPEN, None)],
        "old": [(RejectStatus.REPLAYED, long_ago), (RejectStatus.DISCARDED, long_ago)],
    }.items():
        insert(lake, "reject_payloads", payload_sha256=digest, payload=b"x")
        for n, (status, settled_at) in enumerate(fates):
            insert(
                lake,
                "rejects",
                reject_id=f"{digest}{n}",
                payload_sha256=digest,
                status=status,
                settled_at=settled_at,
            )
    (done,) = drop_payloads(lake, MaintainSettings())
    assert done.count == 1
    kept = lake.rows("SELECT payload_sha256 FROM reject_payloads ORDER BY ALL")
    assert [digest for (digest,) in kept] == ["fresh", "open", "shared"]
    assert drop_payloads(lake, MaintainSettings()) == []


PHASES = [
    "before_flush", "before_flush_commit", "after_flush", "before_rewrite", "before_rewrite_commit", "after_rewrite",
    "before_merge", "before_merge_commit", "after_merge", "before_ledger_flush", "between_ledger_flush_and_rewrite",
    "after_ledger_rewrite", "before_expire", "after_expire", "before_cleanup", "after_cleanup", "before_sweep", "after_sweep",
]  # fmt: skip


class Cut(BaseException):
    """The process ends here, as far as the lake can tell."""


def test_upkeep_may_end_anywhere_and_nothing_is_lost(lake: Lake) -> None:
    lander = Lander(lake)
    for n, phase in enumerate(PHASES):
        for offset in (3 * n, 3 * n + 1, 3 * n + 2):
            land(lander, Told(offset, f"a{offset % 2}", f"text {offset}", reports=2))
            if offset % 3 < 2:
                flush(lake)
        before = contents(lake)
        with pytest.raises(Cut):
            maintain(lake, at=cut_at(phase))
        assert contents(lake) == before, phase
    maintain(lake)
    assert contents(lake) == before
    assert lake.rows("SELECT offsets_passed, balanced FROM conservation") == [(3 * len(PHASES), True)]


def cut_at(phase: str) -> Callable[[str], None]:
    def at(here: str) -> None:
        if here == phase:
            raise Cut

    return at


def test_a_lake_can_be_read_at_every_phase(lake: Lake) -> None:
    lander = Lander(lake)
    for n in range(4):
        land(lander, Told(n, f"a{n % 2}", f"text {n}", reports=2))
        flush(lake)
    expected = lake.rows("SELECT count(*) FROM reports_latest")
    seen: dict[str, Any] = {}
    with Lake.open_read_only(lake.settings) as reader:
        maintain(
            lake, at=lambda phase: seen.update({phase: reader.rows("SELECT count(*) FROM reports_latest")})
        )
    assert len(seen) >= 10
    assert all(rows == expected for rows in seen.values())


def test_a_lake_with_short_lived_settings_is_refused_whole(lake: Lake) -> None:
    land(Lander(lake), Told(0))
    lake.settings = replace(lake.settings, snapshots_kept_hours=0.1)
    with pytest.raises(Exception, match="too short"):
        maintain(lake)
    assert inlined(lake) == 1
