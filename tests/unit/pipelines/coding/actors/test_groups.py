"""The lexicon of groups as it is searched: spellings, capitals, common names and units of state forces."""

from datetime import date

import pytest

from pipelines.coding.actors import ActorFinder, ActorMention, resolve_actor
from pipelines.coding.actors.groups import spellings
from schemas.actors import ActorType

FINDER = ActorFinder()


def find(text: str) -> list[ActorMention]:
    return FINDER.find_groups(text, text.lower())


@pytest.mark.parametrize(
    ("alias", "spelling"),
    [
        ("Ma'awisley", "maawisley"),
        ("Coopérative", "cooperative"),
        ("Ahrar al-Sham", "ahrar al sham"),
        ("Jabhat al Nusra", "jabhat al-nusra"),
        ("Rwanda Defence Force", "rwanda defense force"),
        ("Popular Mobilization Forces", "popular mobilisation forces"),
    ],
)
def test_a_name_is_known_in_all_its_spellings(alias: str, spelling: str) -> None:
    assert {alias.lower(), spelling} <= spellings(alias)


@pytest.mark.parametrize("text", ["Let us go", "She can let it be", "It was no jem"])
def test_a_short_name_is_no_common_word(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize("text", ["LeT claimed the attack", "The LET claimed the attack"])
def test_a_short_name_is_read_as_written_or_in_capitals(text: str) -> None:
    assert [m.groups[0].name for m in find(text)] == ["LeT: Lashkar-e-Taiba"]


@pytest.mark.parametrize("text", ["Fighters of IS fled", "They blamed IS."])
def test_a_short_name_that_is_a_word_is_read_in_capitals(text: str) -> None:
    assert [m.text for m in find(text)] == ["IS"]


@pytest.mark.parametrize("text", ["THE WAR IS OVER", "This is over", "Is it over?"])
def test_a_short_name_that_is_a_word_is_not_read_among_capitals(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("country", "name"),
    [("Libya", "Islamic State (Libya)"), ("Iraq", "Islamic State (Iraq)"), ("Belgium", "Islamic State")],
)
def test_a_name_of_many_countries_is_the_groups_at_home_or_else_the_worlds(country: str, name: str) -> None:
    mention = find("Militants of the Islamic State said so")[0]
    assert resolve_actor(mention, country, date(2016, 3, 1)).name == name


def test_a_common_name_is_a_groups_only_where_it_is_at_home() -> None:
    mention = find("Fighting broke out as opposition fighters took the hill")[0]
    day = date(2015, 5, 1)
    assert resolve_actor(mention, "Syria", day).name == "Opposition Rebels (Syria)"
    assert resolve_actor(mention, "Georgia", day).name == "Unidentified Armed Group (Georgia)"


def test_a_unit_serves_under_the_regime_of_the_day() -> None:
    mention = find("Guards of the IRGC came")[0]
    actor = resolve_actor(mention, "Iran", date(2020, 1, 1))
    assert actor.name.startswith("Military Forces of Iran (1989-)")
    assert actor.type is ActorType.STATE_FORCES
    assert resolve_actor(mention, "Kuwait", date(2020, 1, 1)).type is ActorType.EXTERNAL_OTHER_FORCES
