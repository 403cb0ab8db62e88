"""Groups that no lexicon holds are read by what they are called, and offices and armies of states are not."""

import pytest

from pipelines.coding.actors.unlisted import find_unlisted
from schemas.actors import ActorType


def names(text: str) -> list[tuple[str, ActorType]]:
    return [(m.groups[0].name, m.groups[0].type) for m in find_unlisted(text, [])]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (
            "On Monday the Black Heron Brigade raided a post.",
            "Black Heron Brigade",
            ActorType.POLITICAL_MILITIA,
        ),
        (
            "Fighters of the Ndoba Liberation Front burned the bridge.",
            "Ndoba Liberation Front",
            ActorType.REBEL_GROUP,
        ),
        ("The Red Lantern Group shot a clerk dead.", "Red Lantern Group", ActorType.POLITICAL_MILITIA),
        ("Two men of CDF-Hlawn were hurt.", "CDF-Hlawn", ActorType.POLITICAL_MILITIA),
        ("Kyauktan PDF mined the road.", "Kyauktan PDF", ActorType.POLITICAL_MILITIA),
        (
            "Mabuka communal militiamen shot at a convoy.",
            "Mabuka Communal Militia ({country})",
            ActorType.IDENTITY_MILITIA,
        ),
        (
            "Abgaal clan militia seized the well.",
            "Abgaal Clan Militia ({country})",
            ActorType.IDENTITY_MILITIA,
        ),
    ],
)
def test_an_armed_body_is_an_actor_under_its_own_name(text: str, name: str, kind: ActorType) -> None:
    assert names(text) == [(name, kind)]


def test_villagers_who_fight_each_other_are_two_communal_militias() -> None:
    found = names("A clash broke out between Temba and Wolo villagers over a field.")
    assert [name for name, _ in found] == [
        "Temba Communal Militia ({country})",
        "Wolo Communal Militia ({country})",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The Nigerian Army attacked the camp.",
        "The International Crisis Group shot down the idea.",
        "The Special Task Force raided the house.",
        "New Zealand Defence Force members helped.",
        "The Labour Party Group opened a meeting.",
        "The 2nd Infantry Battalion was deployed.",
        "US-Russia talks ended.",
    ],
)
def test_states_offices_and_think_tanks_are_not_read_as_militias(text: str) -> None:
    assert names(text) == []


def test_what_the_lexicon_took_is_left_alone() -> None:
    text = "The Black Heron Brigade raided a post."
    assert find_unlisted(text, [(4, 23)]) == []
