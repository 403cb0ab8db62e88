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


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("A group calling itself Night Herons set it alight.", "Night Herons", ActorType.POLITICAL_MILITIA),
        ("It was done by a rebel group called the Red Sand Front.", "Red Sand Front", ActorType.REBEL_GROUP),
        ("Members of the Los Zorros gang held him.", "Los Zorros Gang", ActorType.POLITICAL_MILITIA),
        ("QXR militants shot at a bus.", "QXR", ActorType.POLITICAL_MILITIA),
        ("QXR rebels shot at a bus.", "QXR", ActorType.REBEL_GROUP),
        ("At dawn the QXR attacked a post.", "QXR", ActorType.POLITICAL_MILITIA),
        (
            "The Green Valley Operations Room shelled a post.",
            "Green Valley Operations Room",
            ActorType.REBEL_GROUP,
        ),
    ],
)
def test_what_a_group_is_called_is_its_name(text: str, name: str, kind: ActorType) -> None:
    assert names(text) == [(name, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "A film group called Night Herons met.",
        "Kidnapping gang held in the capital.",
        "French gang members fled.",
        "US fighters landed.",
        "The BBC attacked the plan.",
    ],
)
def test_other_names_beside_such_words_are_no_groups(text: str) -> None:
    assert names(text) == []
