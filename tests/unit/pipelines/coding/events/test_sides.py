"""The two sides of an event, by its type."""

import pytest

from schemas.taxonomy import SubEventType
from tests.kit.coding import political


def sides(text: str) -> tuple[str, str | None]:
    report = political(text)[0]
    return report.actor1, report.actor2


def test_two_of_a_kind_fight_each_other() -> None:
    assert (
        sides("On Monday rival drug gangs clashed in Manaus, Brazil.") == ("Unidentified Gang (Brazil)",) * 2
    )


def test_a_foreign_army_that_takes_a_town_takes_it_from_the_countrys_own() -> None:
    assert sides("On Monday Russian forces captured the town of Kreminna, Ukraine.") == (
        "Military Forces of Russia (2000-)",
        "Military Forces of Ukraine (2019-)",
    )


def test_a_hideout_that_police_destroy_is_its_groups() -> None:
    found = sides(
        "Property destruction: On 7 May 2022, Iraqi police destroyed an ISIS hideout near Mosul, Iraq."
    )
    assert found[1] == "Islamic State (Iraq)"


def test_a_drug_field_is_a_gangs() -> None:
    text = "Property destruction: On 7 May 2022, police destroyed a coca plantation near Tela, Honduras."
    assert sides(text)[1] == "Unidentified Gang (Honduras)"


def test_found_arms_are_somebodys() -> None:
    text = "Weapons seizure: On 7 May 2022, police seized a cache of weapons near Lviv, Ukraine."
    assert sides(text)[1] == "Unidentified Armed Group (Ukraine)"


def test_a_bomb_at_a_checkpoint_hits_those_who_hold_it() -> None:
    text = "On Monday a bomb went off beside a police checkpoint in Mosul, Iraq."
    assert (sides(text)[1] or "").startswith("Police Forces of Iraq")


def test_crowds_that_clash_are_both_rioters() -> None:
    text = "On Monday a clash between two groups of villagers with sticks took place in Bhola, Bangladesh."
    assert political(text)[0].sub_event_type is SubEventType.MOB_VIOLENCE
    assert sides(text) == ("Rioters (Bangladesh)", "Rioters (Bangladesh)")


def test_rioters_bear_their_own_countrys_name() -> None:
    text = "On Monday Israeli settlers hurled stones at Palestinian cars near Nablus, Palestine."
    assert sides(text)[0] == "Rioters (Israel)"


@pytest.mark.parametrize("crowd", ["Army aspirants", "Students"])
def test_crowds_meet_the_police_and_no_army_that_they_only_speak_of(crowd: str) -> None:
    text = (
        f"On Monday {crowd} protested in Patna, India, against an army scheme and the police dispersed them."
    )
    assert (sides(text)[1] or "").startswith("Police Forces of India")
