"""The country table: complete codes, unique names, ACLED's spellings, readable time zones."""

import zoneinfo

import pytest

from schemas.countries import Region, by_demonym, countries, find_country, fold_name


def test_every_country_has_codes_a_region_and_a_known_time_zone() -> None:
    for country in countries():
        assert len(country.alpha2) == 2
        assert len(country.alpha3) == 3
        assert isinstance(country.region, Region)
        assert zoneinfo.ZoneInfo(country.timezone)
        assert (country.iso is None) == (country.name == "Kosovo")


def test_names_and_codes_are_unique() -> None:
    assert len({c.name for c in countries()}) == len(countries())
    assert len({c.alpha2 for c in countries()}) == len(countries())
    assert len({c.iso for c in countries()}) == len(countries())


def test_all_regions_are_used() -> None:
    assert {c.region for c in countries()} == set(Region)


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Côte d’Ivoire", "Ivory Coast"),
        ("DR Congo", "Democratic Republic of Congo"),
        ("Congo-Brazzaville", "Republic of Congo"),
        ("Swaziland", "eSwatini"),
        ("Türkiye", "Turkey"),
        ("Burma", "Myanmar"),
        ("burmese", "Myanmar"),
        ("Afghans", "Afghanistan"),
        ("U.S.", "United States"),
        ("Guinea", "Guinea"),
        ("IQ", "Iraq"),
        ("SSD", "South Sudan"),
    ],
)
def test_other_names_and_demonyms_lead_to_the_name_that_acled_uses(name: str, country: str) -> None:
    found = find_country(name)
    assert found is not None
    assert found.name == country


@pytest.mark.parametrize("word", ["us", "in", "car", "no", "it", "Atlantis", ""])
def test_plain_words_are_no_countries(word: str) -> None:
    assert find_country(word) is None


def test_plural_demonyms_are_found() -> None:
    assert by_demonym()["iraqis"].name == "Iraq"


def test_folding_drops_case_accents_and_apostrophes() -> None:
    assert fold_name("  São Tomé  and Príncipe’s ") == "sao tome and principes"
