"""English is coded; other languages are recognised, also where the feed says otherwise."""

import pytest

from pipelines.language import foreign

ENGLISH = (
    "Soldiers said on Tuesday that they had retaken the village after a night of fighting with the militia."
)
SPANISH = "Hombres armados mataron el lunes a tres comerciantes en el mercado, según informó la policía de la ciudad."
FRENCH = (
    "Des hommes armés ont attaqué lundi le marché de la ville et tué quatre commerçants, selon la préfecture."
)
SWAHILI = "Watu wenye silaha walishambulia soko la mji siku ya Jumatatu na kuwaua wafanyabiashara wanne, alisema mkuu."


@pytest.mark.parametrize(
    ("declared", "text"), [("en", ENGLISH), (None, ENGLISH), ("en-GB", ENGLISH), ("", ENGLISH)]
)
def test_english_is_coded(declared: str | None, text: str) -> None:
    assert foreign(declared, text) is None


@pytest.mark.parametrize(
    ("declared", "text", "code"),
    [
        ("es", SPANISH, "es"),
        (None, SPANISH, "es"),
        (None, FRENCH, "fr"),
        ("en", FRENCH, "fr"),
        (None, SWAHILI, "sw"),
    ],
)
def test_another_language_is_recognised_also_when_the_feed_calls_it_english(
    declared: str | None, text: str, code: str
) -> None:
    assert foreign(declared, text) == code


def test_a_text_that_says_it_is_another_language_is_believed() -> None:
    assert foreign("pt-BR", ENGLISH) == "pt"


def test_a_short_text_is_taken_for_english() -> None:
    assert foreign(None, "Aleppo, Idlib, Hama") is None
