"""Which words of an article are names of its people."""

import pytest

from pipelines.coding.places import article_context, find_places
from pipelines.coding.places.people import people_of


@pytest.mark.parametrize(
    ("text", "surname"),
    [
        ("Ana Maldonado, 42, was held.", "maldonado"),
        ("Police named 21-year-old Ariel Pereira as the driver.", "pereira"),
        ("PRESIDENT JOSE NAPOLEON DUARTE, WHO SPOKE FIRST", "duarte"),
        ("COLONEL RENE EMILIO PONCE, CHIEF OF STAFF", "ponce"),
        ("Robert Q. Lancaster walked home.", "lancaster"),
    ],
)
def test_people_are_told_by_age_title_and_given_name(text: str, surname: str) -> None:
    assert surname in people_of("", text)


def test_a_saint_of_a_town_is_nobody() -> None:
    assert "bautista" not in people_of("", "The march began in San Juan Bautista.")


def test_a_surname_alone_is_no_town() -> None:
    text = "A man was shot on Monday. Police named Ana Maldonado, 42, as the suspect. Maldonado fled on foot."
    assert [m.place.location for m in find_places(text, 0, article_context("", text))] == []


def test_a_surname_is_a_town_where_something_happens_in_it() -> None:
    text = "Police in Uruguay said that Ana Maldonado, 42, was shot in Maldonado."
    assert "Maldonado" in [m.place.location for m in find_places(text, 0, article_context("", text))]
