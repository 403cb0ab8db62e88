"""The gazetteer's sources: our own files name units that exist, and levels follow ACLED."""

import pytest

from pipelines.coding.places import sources
from schemas.countries import by_alpha2


@pytest.fixture(scope="module")
def units() -> dict[str, sources.Unit]:
    return sources.read_units()


def test_every_province_that_we_name_exists(units: dict[str, sources.Unit]) -> None:
    missing = [code for code in sources._provinces() if code not in units]
    assert missing == []


def test_levels_follow_acled(units: dict[str, sources.Unit]) -> None:
    assert (units["PS.WE"].level, units["PS.WE"].name) == (1, "West Bank")
    assert units["IQ.08"].level == 1
    assert all(
        u.level == 2 and u.parent in ("PS.WE", "PS.GZ")
        for u in units.values()
        if u.code.startswith("PS.") and u.code.count(".") == 2
    )


def test_parents_exist_and_lie_higher(units: dict[str, sources.Unit]) -> None:
    lower = [u for u in units.values() if u.parent is not None and u.parent in units]
    assert len(lower) > 40_000
    assert all(units[u.parent or ""].level < u.level for u in lower)


def test_supplement_rows_are_complete(units: dict[str, sources.Unit]) -> None:
    rows = list(sources.read_supplement())
    assert len(rows) > 50
    for town, kind in rows:
        assert kind in ("town", "feature")
        assert town.alpha2 in by_alpha2()
        assert town.unit in units
        assert -90 <= town.latitude <= 90
        assert -180 <= town.longitude <= 180


def test_myanmars_villages_bring_their_townships(units: dict[str, sources.Unit]) -> None:
    pytest.importorskip("mm_geo_coder")
    own = dict(units)
    villages = list(sources.read_myanmar(own))
    assert len(villages) > 40_000
    townships = [u for code, u in own.items() if code not in units]
    assert all(u.level == 3 and u.alpha2 == "MM" for u in townships)
    assert len(townships) > 300


def test_without_the_package_myanmar_is_just_thinner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "find_spec", lambda name: None)
    assert list(sources.read_myanmar({})) == []
