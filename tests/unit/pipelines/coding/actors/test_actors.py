"""Actors: found with their country, named and typed by ACLED's rules on a day."""

from datetime import date

import pytest

from pipelines.coding.actors import ActorFinder, ActorMention, Use, generic, resolve_actor
from schemas.actors import ActorType

FINDER = ActorFinder()
DAY = date(2022, 3, 1)


def find(text: str) -> list[ActorMention]:
    return FINDER.find(text, text.lower())


def test_a_force_carries_its_country() -> None:
    soldier = find("Malian soldiers entered the town")[0]
    assert (soldier.use, soldier.country and soldier.country.name) == (Use.MILITARY, "Mali")
    assert resolve_actor(soldier, "Mali", DAY).name == "Military Forces of Mali (2021-)"


def test_an_army_abroad_is_an_external_force() -> None:
    actor = resolve_actor(find("Turkish troops crossed the border")[0], "Syria", DAY)
    assert actor.name == "Military Forces of Turkey (2016-)"
    assert actor.type is ActorType.EXTERNAL_OTHER_FORCES


@pytest.mark.parametrize(
    ("day", "name", "kind"),
    [
        (date(2021, 8, 14), "Taliban", ActorType.REBEL_GROUP),
        (date(2021, 8, 15), "Military Forces of Afghanistan (2021-)", ActorType.STATE_FORCES),
    ],
)
def test_the_taliban_are_the_state_from_the_day_that_kabul_fell(
    day: date, name: str, kind: ActorType
) -> None:
    actor = resolve_actor(find("Taliban fighters entered the city")[0], "Afghanistan", day)
    assert (actor.name, actor.type) == (name, kind)


def test_the_afghan_army_of_before_is_the_republics() -> None:
    actor = resolve_actor(find("Afghan soldiers")[0], "Afghanistan", date(2021, 7, 1))
    assert actor.name == "Military Forces of Afghanistan (2014-2021)"


def test_a_groups_name_and_its_noun_are_one_mention() -> None:
    found = find("Suspected Boko Haram militants attacked farmers")
    assert [(m.text, m.use) for m in found] == [
        ("Boko Haram militants", Use.NAMED),
        ("farmers", Use.CIVILIAN),
    ]


def test_acronyms_are_read_only_in_capitals() -> None:
    assert [m.use for m in find("the ELN blew up a bridge")] == [Use.NAMED]
    assert find("she wore a plo of eln") == []


def test_short_words_in_capitals_are_no_countries() -> None:
    found = FINDER.find("THE ARMED FORCES AND POLICE", "the armed forces and police", capitals=True)
    assert all(m.country is None for m in found)


def test_a_people_before_the_militia_names_it() -> None:
    actor = resolve_actor(find("a clash with Rizeigat militia")[0], "Sudan", DAY)
    assert (actor.name, actor.type) == ("Rizeigat Ethnic Militia (Sudan)", ActorType.IDENTITY_MILITIA)


def test_positions_are_their_owners_and_nobodys_positions_are_no_actor() -> None:
    assert (
        resolve_actor(find("Ukrainian positions")[0], "Ukraine", DAY).name
        == "Military Forces of Ukraine (2019-)"
    )
    assert find("the positions on the list") == []


@pytest.mark.parametrize(
    ("use", "name"),
    [
        (Use.ARMED, "Unidentified Armed Group (Mali)"),
        (Use.CIVILIAN, "Civilians (Mali)"),
        (Use.PROTESTER, "Protesters (Mali)"),
        (Use.RIOTER, "Rioters (Mali)"),
    ],
)
def test_generic_actors_carry_the_country(use: Use, name: str) -> None:
    assert generic(use, "Mali", DAY).name == name


@pytest.mark.parametrize(
    "text", ["HE WAS SHOT BY THE ARMY", "THE DEAD AND THE SOLDIERS WERE FOUND AT THE POLICE POST"]
)
def test_small_words_in_capitals_are_no_country(text: str) -> None:
    assert [actor.country for actor in find(text) if actor.country] == []


@pytest.mark.parametrize(
    ("text", "country", "day", "name"),
    [
        ("Assam Rifles", "India", date(2022, 3, 1), "Police Forces of India (2014-) Assam Rifles"),
        ("Assam Rifles", "India", date(2003, 3, 1), "Police Forces of India (1998-2004) Assam Rifles"),
        (
            "the Atlacatl Battalion",
            "El Salvador",
            date(1989, 11, 16),
            "Military Forces of El Salvador (1989-1994) Atlacatl Battalion",
        ),
    ],
)
def test_special_units_stand_after_the_years_of_the_regime(
    text: str, country: str, day: date, name: str
) -> None:
    actor = resolve_actor(find(f"{text} stormed the house")[0], country, day)
    assert (actor.name, actor.type) == (name, ActorType.STATE_FORCES)


def test_one_name_means_the_group_that_lives_on_the_day() -> None:
    front = find("The 36th Front burned two lorries")[0]
    before = resolve_actor(front, "Colombia", date(1999, 5, 1)).name
    after = resolve_actor(front, "Colombia", date(2021, 5, 1)).name
    assert before == "FARC: Revolutionary Armed Forces of Colombia (36th Front)"
    assert after.startswith("FARC Dissident - 36th Front: ")


@pytest.mark.parametrize(
    "text", ["an off-duty police officer", "a former FARC fighter", "two retired army officers"]
)
def test_who_is_off_duty_or_was_one_once_is_a_civilian(text: str) -> None:
    assert Use.CIVILIAN in [actor.use for actor in find(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Unknown tribesmen fired on the convoy", "Unidentified Tribal Militia (Yemen)"),
        ("A clan militia took the well", "Unidentified Clan Militia (Yemen)"),
        ("Armed villagers took the well", "Unidentified Communal Militia (Yemen)"),
    ],
)
def test_unidentified_militias_are_a_tribes_a_clans_or_a_communitys(text: str, name: str) -> None:
    assert name in [resolve_actor(mention, "Yemen", DAY).name for mention in find(text)]


def test_a_patrol_of_a_groups_forces_is_the_groups() -> None:
    found = find("An RSF forces patrol held two traders")
    assert [(m.text, m.use) for m in found[:1]] == [("RSF forces patrol", Use.NAMED)]
