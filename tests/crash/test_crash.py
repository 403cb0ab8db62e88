"""A small sample of the crash laboratory, for every change: `make crash` runs two hundred kills."""

from pathlib import Path

import pytest

from tests.crash.run import IN_UPKEEP, laboratory, verdict

KILLS, TERMS = 20, 4


@pytest.mark.crash
@pytest.mark.timeout(420)
def test_kills_and_terms_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    result = laboratory(KILLS, TERMS, 7, tmp_path)
    assert verdict(result) == []
    assert result.killed() == KILLS
    assert result.killed(("before_commit",)) >= 3
    assert result.killed(IN_UPKEEP) >= 2
