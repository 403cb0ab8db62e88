"""Who did it and who was hit, where only the words beside an actor tell."""

import pytest

from schemas.taxonomy import SubEventType
from tests.kit.coding import political


def sides(text: str, title: str = "") -> tuple[str, str | None]:
    report = political(text, title)[0]
    return report.actor1, report.actor2


def test_who_planted_a_bomb_did_it_and_who_drove_onto_it_was_hit() -> None:
    text = "On Monday two soldiers died when an army lorry struck a bomb likely planted by JNIM militants near Djibo, Burkina Faso."
    assert sides(text)[0] == "JNIM: Group for Support of Islam and Muslims"


def test_who_claims_it_did_it() -> None:
    text = (
        "On Monday a car bomb killed three people in Quetta, Pakistan. The BLA later claimed responsibility."
    )
    assert sides(text)[0] == "BLA: Baloch Liberation Army"


def test_positions_that_are_fired_at_belong_to_the_target() -> None:
    text = (
        "On Monday Turkish forces fired mortars and rockets at the positions of the SDF near Manbij, Syria."
    )
    assert sides(text) == ("Military Forces of Turkey (2016-)", "QSD: Syrian Democratic Forces")


def test_of_two_who_come_together_the_first_is_actor_1() -> None:
    text = "On Monday Myanmar soldiers and Pyu Saw Htee members burned down 40 houses in Mingin, Myanmar."
    assert sides(text)[0] == "Military Forces of Myanmar (2021-)"


@pytest.mark.parametrize("deed", ["firing", "gunfire"])
def test_who_dies_in_police_firing_was_shot_by_the_police(deed: str) -> None:
    report = political(f"Two persons were killed in police {deed} in Indore, India, on Monday.")[0]
    assert (report.actor1, report.actor2) == ("Police Forces of India (2014-)", "Civilians (India)")
    assert report.sub_event_type is SubEventType.ATTACK


def test_an_arrest_by_police_makes_them_no_abductors() -> None:
    text = "On Monday gunmen kidnapped a trader in Jos, Nigeria, and one was later arrested by police."
    assert sides(text)[0] == "Unidentified Armed Group (Nigeria)"


def test_one_suspect_of_an_attack_in_a_calm_country_acted_alone() -> None:
    text = "An individual has been arrested after the mayor of Toruń, Poland, was stabbed to death at a concert on Monday."
    assert sides(text)[0] == "Sole Perpetrator (Poland)"


def test_displaced_people_are_actor_1() -> None:
    text = "Displacement: On 6 May 2022, over 900 people were displaced by fighting near Jowhar, Somalia."
    assert sides(text) == ("Civilians (Somalia)", None)


def test_who_only_reports_it_is_no_side() -> None:
    text = "On Monday seven rockets landed near a base outside Mosul, according to the Iraqi military, and wounded two traders."
    assert sides(text)[0] == "Unidentified Armed Group (Iraq)"


def test_the_one_group_that_an_article_names_beside_an_attack_did_it() -> None:
    text = (
        "A shopkeeper was shot dead in Maiduguri, Nigeria, on Monday. "
        "Boko Haram has been active in the town since spring."
    )
    assert sides(text)[0].startswith("Boko Haram")


def test_of_two_named_groups_neither_is_guessed() -> None:
    text = (
        "A shopkeeper was shot dead in Maiduguri, Nigeria, on Monday. "
        "Boko Haram and Ansaru have been active in the town since spring."
    )
    assert sides(text)[0] == "Unidentified Armed Group (Nigeria)"


def test_security_forces_that_meet_a_crowd_are_police() -> None:
    text = (
        "On Monday people protested in Khartoum, Sudan, and security forces fired tear gas to disperse them."
    )
    assert (sides(text)[1] or "").startswith("Police Forces of Sudan")
