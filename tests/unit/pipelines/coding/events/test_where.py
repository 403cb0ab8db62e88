"""Where an event is put whose own sentence names no place, or only that of its telling."""

import pytest

from tests.kit.coding import political


def _first(title: str, text: str) -> tuple[str | None, str | None]:
    report = political(text, title)[0]
    return report.country, report.location


@pytest.mark.parametrize(
    ("text", "country"),
    [
        (
            "GUATEMALA CITY, 9 June (ACAN) -- The Guatemalan government today condemned the murder of a Salvadoran minister.",
            "El Salvador",
        ),
        (
            "PANAMA CITY (PANAMA), 2 May (ACAN) -- The movement today accused the Colombian police of murdering its leader Ana Gil in her home.",
            "Colombia",
        ),
        (
            "QUITO, 18 January (AFP) -- The committee condemned Monday's murder of three priests in Guatemala.",
            "Guatemala",
        ),
    ],
)
def test_what_is_told_from_abroad_happened_at_home(text: str, country: str) -> None:
    assert _first("", text) == (country, None)


def test_a_country_in_brackets_is_part_of_the_dateline() -> None:
    text = "MEXICO CITY (MEXICO), 2 May (ACAN) -- Gunmen killed a Peruvian senator on Monday."
    assert _first("", text) == ("Peru", None)


def test_the_dateline_places_what_nothing_else_places() -> None:
    text = "BOGOTA, 4 May (AFP) -- Gunmen killed a judge outside her home on Monday."
    assert _first("", text) == ("Colombia", "Bogota")


def test_a_place_below_the_lead_serves_where_all_agree() -> None:
    filler = "The family asked for peace and quiet while neighbours brought food and flowers. " * 9
    text = f"Gunmen killed two farmers on Monday, Kenyan police said. {filler} The farm lies near Garissa."
    assert _first("Two farmers killed", text) == ("Kenya", "Garissa")


def test_a_town_of_the_lead_says_more_than_its_county() -> None:
    text = "Police in Clairton, Pennsylvania, were called on Saturday. Gunmen killed two activists in Allegheny County."
    assert _first("", text) == ("United States", "Clairton")
