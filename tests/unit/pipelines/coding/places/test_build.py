"""Building the gazetteer: from a few made-up places, whole or not at all."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.coding.places import build as module
from pipelines.coding.places.gazetteer import Gazetteer
from pipelines.coding.places.place import PlaceKind
from pipelines.coding.places.sources import Town, Unit


def made_up_towns() -> Iterator[Town]:
    yield Town("ML", "Qwendi", 14.5, -4.25, 12_000, "ML.A.1", ["Qwêndi", "Al Qwendi", "квенди", "QWD"])
    yield Town("ML", "Zorro", 15.0, -5.0, 90_000, "ML.A", [])
    yield Town("ML", "Nowhere", 16.0, -6.0, 10, None, [])


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    units = {
        "ML.A": Unit("ML.A", "ML", 1, "Région d'Alpha", None, ["Alpha Region"]),
        "ML.A.1": Unit("ML.A.1", "ML", 2, "Cercle de Qwendi", "ML.A", []),
        "ML.A.2": Unit("ML.A.2", "ML", 2, "Emptia", "ML.A", []),
    }
    monkeypatch.setattr(module, "read_units", lambda: units)
    monkeypatch.setattr(module, "read_towns", made_up_towns)
    monkeypatch.setattr(module, "read_myanmar", lambda _: iter(()))
    rock = Town("ML", "Big Rock", 14.9, -4.9, 0, "ML.A", ["The Rock"])
    monkeypatch.setattr(module, "read_supplement", lambda: iter([(rock, "feature")]))
    folder = tmp_path / "gazetteer-small"
    module.build(folder)
    return folder


def test_rows_know_their_kind_chain_and_position(small: Path) -> None:
    known = Gazetteer(small)
    (town,) = [r for r in known.rows("qwendi") if known.kind(r) is PlaceKind.TOWN]
    assert [known.label(r) for r in known.chain(town)] == ["Qwendi", "Qwendi", "Alpha", "Mali"]
    assert known.position(town) == (14.5, -4.25)
    assert known.population(town) == 12_000


def test_names_in_latin_letters_are_kept_and_codes_and_other_scripts_are_not(small: Path) -> None:
    known = Gazetteer(small)
    assert known.rows("al qwendi")
    assert not known.rows("qwd")
    assert not known.rows("квенди")


def test_a_unit_stands_where_its_largest_town_does_and_an_empty_one_nowhere(small: Path) -> None:
    known = Gazetteer(small)
    (alpha,) = known.rows("alpha region")
    (empty,) = known.rows("emptia")
    assert known.position(alpha) == (15.0, -5.0)
    seat = known.seat(alpha)
    assert seat is not None
    assert known.label(seat) == "Zorro"
    assert known.position(empty) is None


def test_a_town_without_a_unit_lies_in_its_country(small: Path) -> None:
    known = Gazetteer(small)
    (row,) = known.rows("nowhere")
    assert [known.label(r) for r in known.chain(row)] == ["Nowhere", "Mali"]


def test_supplement_places_have_their_kind_and_other_names(small: Path) -> None:
    known = Gazetteer(small)
    (row,) = known.rows("the rock")
    assert known.kind(row) is PlaceKind.FEATURE


def test_a_second_build_leaves_the_first_alone(small: Path) -> None:
    before = (small / "names.marisa").stat().st_mtime_ns
    module.build(small)
    assert (small / "names.marisa").stat().st_mtime_ns == before
    assert [p.name for p in small.parent.iterdir()] == [small.name]


def test_builds_of_other_versions_are_forgotten_after_a_week(small: Path) -> None:
    old, young = small.parent / "gazetteer-old", small.parent / "gazetteer-young"
    for folder in (old, young):
        folder.mkdir()
    week_ago = time.time() - 8 * 24 * 3600
    os.utime(old, (week_ago, week_ago))
    module.build(small)
    assert not old.exists()
    assert young.exists()


def test_the_version_changes_with_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    before = module.sources_version()
    monkeypatch.setattr(module, "_version", lambda package: "0")
    assert module.sources_version() != before
