"""Acronyms are a group's where the article speaks of its country, and nobody's elsewhere."""

import pytest

from pipelines.coding.actors import ActorFinder, strangers

FINDER = ActorFinder()


def strange(text: str) -> frozenset[str]:
    return strangers(FINDER.find_groups(text, text.lower()), text.lower())


@pytest.mark.parametrize(
    "text",
    [
        "The ANA said Afghan troops had left the valley.",
        "The Afghan National Army (ANA) met envoys of France and Germany.",
        "Fighters of the Afghan National Army fled; the ANA lost Germany and France as friends.",
        "ANA soldiers shelled the hills at night.",
    ],
)
def test_a_group_at_home_in_the_article_is_believed(text: str) -> None:
    assert strange(text) == frozenset()


def test_a_group_of_elsewhere_is_not() -> None:
    assert strange("Kenya and Uganda signed a loan, reports ANA from Nairobi.") == {"ana"}


def test_a_long_article_names_the_country_of_its_war() -> None:
    assert strange("The airport closed at noon, ANA wrote. " + "Flights were late again. " * 80) == {"ana"}


def test_names_in_full_are_never_strange() -> None:
    assert strange("Kenya and Uganda spoke of the Taliban, of Abu Sayyaf and of Boko Haram.") == frozenset()


def test_strange_names_are_left_out_of_a_sentence() -> None:
    text = "ANA reporters saw police."
    assert [m.text for m in FINDER.find(text, text.lower(), strange=frozenset({"ana"}))] == [
        "reporters",
        "police",
    ]
