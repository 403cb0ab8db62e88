"""Special bodies of state forces stand after the years of the regime, and common nouns mean them by country."""

from datetime import date

import pytest

from pipelines.coding.actors import ActorFinder, resolve_actor
from pipelines.coding.actors.units import unit_groups, unit_of
from pipelines.coding.lexicon import read_rows, split_words
from schemas.actors import ActorType
from schemas.countries import by_name, fold_name

FINDER = ActorFinder()
DAY = date(2022, 3, 1)


def test_every_row_is_whole() -> None:
    for row in read_rows("units.tsv"):
        assert row["force"] in ("Military", "Police"), row
        assert row["unit"], row
        assert row["source"], row
        assert row["names"] or row["nouns"], row
        known = [c == "*" or fold_name(c) in by_name() for c in split_words(row["country"])]
        assert all(known), row
        assert not row["names"] or len(known) == 1, row


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        ("gendarmes fired", "Turkey", "Military Forces of Turkey (2016-) Gendarmerie"),
        ("gendarmes fired", "Burkina Faso", "Police Forces of Burkina Faso (2022-) Gendarmerie"),
        ("prison guards fired", "Russia", "Police Forces of Russia (2000-) Prison Guards"),
        ("Rashtriya Rifles troops fired", "India", "Military Forces of India (2014-) Rashtriya Rifles"),
        (
            "Oromia special police fired",
            "Ethiopia",
            "Police Forces of Ethiopia (2018-) Oromo Regional Special Forces",
        ),
    ],
)
def test_a_special_body_is_named_after_the_regime(text: str, country: str, name: str) -> None:
    actor = resolve_actor(FINDER.find(text, text.lower())[0], country, DAY)
    assert (actor.name, actor.type) == (name, ActorType.STATE_FORCES)


def test_a_plain_noun_means_no_body() -> None:
    assert unit_of("soldier", "Turkey") is None
    assert all(group.type is ActorType.STATE_FORCES for _, group in unit_groups())


def test_a_name_of_another_continents_force_is_that_of_the_events_country() -> None:
    task_force = FINDER.find("the Joint Task Force fired", "the joint task force fired")[0]
    assert resolve_actor(task_force, "Nigeria", DAY).name.startswith("Military Forces of Nigeria")
    assert resolve_actor(task_force, "Iraq", DAY).name.startswith("Military Forces of Iraq")


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        ("Chinese gunmen fired", "Laos", "Unidentified Armed Group (Laos)"),
        ("Niger militiamen fired", "Nigeria", "Niger Communal Militia (Nigeria)"),
    ],
)
def test_unidentified_groups_bear_the_country_that_they_act_in(text: str, country: str, name: str) -> None:
    assert resolve_actor(FINDER.find(text, text.lower())[0], country, DAY).name == name
