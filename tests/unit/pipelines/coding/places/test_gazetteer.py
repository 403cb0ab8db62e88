"""The gazetteer: built whole or not at all, read by name, its names written as analysts write them."""

from pathlib import Path

import pytest

from pipelines.coding.places.build import cache_folder, kilometres, plain, skeleton, unit_label
from pipelines.coding.places.gazetteer import gazetteer
from pipelines.coding.places.place import PlaceKind
from pipelines.coding.places.sources import bare_unit_name


def test_names_lead_to_all_their_homonyms() -> None:
    known = gazetteer()
    countries = {known.country(row).name for row in known.rows("tripoli")}
    assert {"Libya", "Lebanon"} <= countries


@pytest.mark.parametrize(
    "name", ["deir ezzor", "raqqa", "odessa", "kyiv", "bombay", "saigon", "cote divoire"]
)
def test_other_spellings_are_known(name: str) -> None:
    assert gazetteer().rows(name)


def test_the_chain_leads_from_the_town_to_its_country() -> None:
    known = gazetteer()
    row = max(known.rows("mosul"), key=known.population)
    labels = [known.label(unit) for unit in known.chain(row)]
    assert labels[-2:] == ["Ninewa", "Iraq"]
    assert known.kind(known.chain(row)[-1]) is PlaceKind.COUNTRY


def test_kurdish_governorates_and_palestinian_regions_are_first_level() -> None:
    known = gazetteer()
    for name, label in (("duhok", "Duhok"), ("west bank", "West Bank"), ("gaza strip", "Gaza Strip")):
        assert any(known.kind(r) is PlaceKind.ADMIN1 and known.label(r) == label for r in known.rows(name))


def test_the_longest_name_at_a_place_is_given_last() -> None:
    assert gazetteer().longest("new york city hall ")[-1] == "new york city"


def test_every_first_level_unit_of_a_conflict_country_has_a_position() -> None:
    known = gazetteer()
    wanted = {"SY", "YE", "IQ", "AF", "UA", "ML", "NG", "SO", "SD", "MM", "BF", "CD", "ET"}
    units = [
        r
        for r in range(len(known))
        if known.kind(r) is PlaceKind.ADMIN1 and known.country(r).alpha2 in wanted
    ]
    assert len(units) > 200
    assert [known.label(r) for r in units if known.position(r) is None] == []


def test_the_cache_lies_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TOCSIN_CACHE_DIR", str(tmp_path))
    assert cache_folder().parent.is_relative_to(tmp_path)
    assert cache_folder().name.startswith("gazetteer-")


def test_names_of_units_lose_the_word_for_their_kind() -> None:
    assert bare_unit_name("Manbij District") == "Manbij"
    assert bare_unit_name("Cercle de Macina") == "Macina"
    assert bare_unit_name("Provincia de La Mar") == "La Mar"
    assert unit_label("Donetska oblast", ["Donetsk", "Donetsk Oblast"]) == "Donetsk"


def test_names_are_written_in_plain_letters() -> None:
    assert plain("Ségou") == "Segou"
    assert plain("Şırnak") == "Sirnak"


def test_spellings_of_one_name_share_their_skeleton() -> None:
    assert skeleton("faiz abad") == skeleton("fayzabad")
    assert skeleton("al hasakah") == skeleton("hasakeh")
    assert skeleton("mosul") != skeleton("basra")


def test_distances_are_in_kilometres() -> None:
    assert kilometres((0.0, 0.0), (0.0, 1.0)) == pytest.approx(111.19, abs=0.5)
