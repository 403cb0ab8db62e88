"""Which country a sentence tells of that names no place."""

import pytest

from pipelines.coding.places.nation import nation_told


def _told(text: str, word: str, here: str | None = None) -> str | None:
    mention = nation_told(text, 0, text.index(word), 0, here)
    return mention.place.country if mention else None


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        ("The Guatemalan government condemned the murder of a Salvadoran minister.", "murder", "El Salvador"),
        (
            "The movement accused the Colombian intelligence services of assassinating its leader.",
            "assass",
            "Colombia",
        ),
        ("He lamented the death of the Peruvian senator, murdered by gunmen.", "murdered", "Peru"),
        ("They mourned the killing of six priests in El Salvador.", "killing", "El Salvador"),
    ],
)
def test_the_country_of_the_victim_or_the_accused(text: str, word: str, country: str) -> None:
    assert _told(text, word) == country


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("An American tourist was kidnapped at the hotel.", "kidnapped"),
        ("A bomb exploded outside the French embassy.", "exploded"),
        ("Two soldiers were killed, the Mexican president said on Monday.", "killed"),
        ("Turkish troops killed two fighters.", "killed"),
    ],
)
def test_who_may_be_abroad_tells_no_country(text: str, word: str) -> None:
    assert _told(text, word) is None


def test_the_country_of_the_dateline_needs_no_telling() -> None:
    assert _told("They mourned the killing of six priests in Peru.", "killing", here="PE") is None
