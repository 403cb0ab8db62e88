"""A day of small commits in minutes: files stay few, the catalog small, commits and queries quick."""

import os
import statistics
import time
from pathlib import Path

import pytest

from tests.kit.lake import Told, land, new_lake
from warehouse.compact import FILES_A_TIER, FILES_WITH_DELETES, TIERS, file_counts
from warehouse.land import Lander
from warehouse.maintain import Upkeep
from warehouse.serving_settings import MaintainSettings

pytestmark = [pytest.mark.integration, pytest.mark.load]
# A commit every half minute is a day; TOCSIN_LOAD_COMMITS makes it longer.
COMMITS = int(os.environ.get("TOCSIN_LOAD_COMMITS", "3000"))
# Flushed every ten commits or so: a minute of a slow feed, passed in half a second.
UPKEEP = MaintainSettings(flush_seconds=0.5)


@pytest.mark.timeout(3600)
def test_a_day_of_small_commits_leaves_few_files_and_quick_queries(tmp_path: Path) -> None:
    most = 0
    landing: list[float] = []
    with new_lake(tmp_path / "lake") as lake:
        lander, upkeep = Lander(lake), Upkeep(lake, upkeep=UPKEEP)
        for n in range(COMMITS):
            started = time.perf_counter()
            # every tenth is a revision of an earlier article, whose rows are superseded
            land(lander, Told(n, f"a{n if n % 10 else max(0, n - 37)}", f"text {n}"))
            landing.append(time.perf_counter() - started)
            upkeep.between_batches()
            if n % 50 == 49:
                most = max([most, *file_counts(lake).values()])
        asked = [
            _time_of(lake, "SELECT country, count(*) FROM reports_latest GROUP BY ALL") for _ in range(9)
        ]
        ((balanced, passed),) = lake.rows("SELECT balanced, offsets_passed FROM conservation")
    first, last = (statistics.median(part) for part in (landing[: COMMITS // 10], landing[-COMMITS // 10 :]))
    print(
        f"{COMMITS} commits: most files of a table {most}, query {statistics.median(asked) * 1000:.0f} ms, "
    )
    print(f"a landing {first * 1000:.0f} ms in the first tenth, {last * 1000:.0f} ms in the last")
    assert (balanced, passed) == (True, COMMITS)
    assert most <= (FILES_A_TIER + FILES_WITH_DELETES) * len(TIERS)
    # a file for each flush would make it seconds; the factor allows for a busy machine
    assert statistics.median(asked) < 0.5
    assert last < 3 * first


def _time_of(lake: object, sql: str) -> float:
    started = time.perf_counter()
    lake.rows(sql)  # type: ignore[attr-defined]
    return time.perf_counter() - started
