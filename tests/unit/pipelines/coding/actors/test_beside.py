"""The words right beside a mention decide whether it is a force at all, and which."""

from datetime import date

import pytest

from pipelines.coding.actors import ActorFinder, ActorMention, Use, resolve_actor

FINDER = ActorFinder()
DAY = date(2022, 3, 1)
BOKO_HARAM = "Boko Haram - Jamaatu Ahli is-Sunnah lid-Dawati wal-Jihad"


def find(text: str) -> list[ActorMention]:
    return FINDER.find(text, text.lower())


def names(text: str, country: str) -> list[str]:
    return [resolve_actor(m, country, DAY).name for m in find(text) if m.use is not Use.CIVILIAN]


@pytest.mark.parametrize(
    "text",
    [
        "A former soldier was shot.",
        "They held a retired police officer.",
        "An off-duty policeman died.",
        "An army informant was killed.",
    ],
)
def test_who_no_longer_serves_or_only_helps_is_a_civilian(text: str) -> None:
    assert [m.use for m in find(text)] == [Use.CIVILIAN]


@pytest.mark.parametrize(
    "text",
    [
        "The attorney general spoke.",
        "Lorries were burned in General Acha.",
        "Anti-army slogans were shouted.",
        "A military-owned bank was hit.",
        "It lies under Korba police station limits.",
        "The general election went well.",
    ],
)
def test_a_word_of_soldiers_in_another_name_is_no_army(text: str) -> None:
    assert not any(m.is_state for m in find(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Unknown fighters (likely Boko Haram militants) came.", BOKO_HARAM),
        ("Armed men (coded as Temba Rebels) fired.", "Temba Rebels (Mali)"),
        ("Security forces (presumed police) fired.", "Police Forces of Mali (2021-)"),
        ("Gunmen believed to be Boko Haram fired.", BOKO_HARAM),
    ],
)
def test_a_note_says_who_is_meant(text: str, name: str) -> None:
    assert names(text, "Mali") == [name]


def test_a_note_of_a_place_leaves_the_actor() -> None:
    assert names("Gunmen (coded as near Goma) fired.", "Mali") == ["Unidentified Armed Group (Mali)"]


def test_governmental_positions_are_the_armys() -> None:
    assert names("They fired at governmental positions.", "Ukraine") == ["Military Forces of Ukraine (2019-)"]
    assert find("They took up positions.") == []


def test_unknown_militants_stand_for_no_other_group() -> None:
    known, unknown = find("The militants left.")[0], find("Unidentified militants left.")[0]
    assert (known.unknown, unknown.unknown) == (False, True)


@pytest.mark.parametrize(
    "people", ["Joint forces of the", "Four members of the", "Suspected fighters from the"]
)
def test_a_groups_people_are_the_group(people: str) -> None:
    mentions = find(f"{people} Boko Haram came.")
    assert [(m.noun, m.text.endswith("Boko Haram")) for m in mentions] == [("boko haram", True)]


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        ("Coalition forces struck.", "Iraq", "Global Coalition Against Daesh"),
        ("The coalition struck.", "Yemen", "Operation Restoring Hope"),
        ("Rebels struck.", "Syria", "Opposition Rebels (Syria)"),
        ("Rebels struck.", "Chad", "Unidentified Armed Group (Chad)"),
    ],
)
def test_a_common_noun_means_whom_it_means_in_that_war(text: str, country: str, name: str) -> None:
    assert names(text, country) == [name]
