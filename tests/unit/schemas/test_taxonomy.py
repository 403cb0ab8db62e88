"""ACLED's taxonomy: complete, in the codebook's order, each sub-type under its type and disorder type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.taxonomy import (
    EVENT_TYPE_OF,
    PRECEDENCE,
    DisorderType,
    EventType,
    SubEventType,
    disorder_type,
    highest,
)

MEMBERS = {
    EventType.BATTLES: {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    EventType.PROTESTS: {
        "Peaceful protest",
        "Protest with intervention",
        "Excessive force against protesters",
    },
    EventType.RIOTS: {"Violent demonstration", "Mob violence"},
    EventType.EXPLOSIONS: {
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    },
    EventType.VIOLENCE_AGAINST_CIVILIANS: {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    EventType.STRATEGIC: {
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    },
}


def test_there_are_six_types_and_25_sub_types() -> None:
    assert len(EventType) == 6
    assert len(SubEventType) == 25
    assert set(EVENT_TYPE_OF) == set(SubEventType)


@pytest.mark.parametrize("event_type", list(EventType))
def test_each_type_has_its_sub_types(event_type: EventType) -> None:
    found = {sub.value for sub, of in EVENT_TYPE_OF.items() if of is event_type}
    assert found == MEMBERS[event_type]


@pytest.mark.parametrize("sub", list(SubEventType))
def test_disorder_types_follow_the_codebook(sub: SubEventType) -> None:
    expected = {
        EventType.STRATEGIC: DisorderType.STRATEGIC,
        EventType.PROTESTS: DisorderType.DEMONSTRATIONS,
    }.get(EVENT_TYPE_OF[sub], DisorderType.POLITICAL_VIOLENCE)
    if sub is SubEventType.EXCESSIVE_FORCE:
        expected = DisorderType.BOTH
    if sub is SubEventType.VIOLENT_DEMONSTRATION:
        expected = DisorderType.DEMONSTRATIONS
    assert disorder_type(sub) is expected


@pytest.mark.parametrize(
    ("subs", "wins"),
    [
        ([SubEventType.SHELLING, SubEventType.ARMED_CLASH], SubEventType.ARMED_CLASH),
        ([SubEventType.ATTACK, SubEventType.SUICIDE_BOMB], SubEventType.SUICIDE_BOMB),
        ([SubEventType.GRENADE, SubEventType.AIR_DRONE_STRIKE], SubEventType.AIR_DRONE_STRIKE),
        ([SubEventType.ABDUCTION, SubEventType.SEXUAL_VIOLENCE], SubEventType.SEXUAL_VIOLENCE),
    ],
)
def test_of_several_tactics_the_highest_is_recorded(subs: list[SubEventType], wins: SubEventType) -> None:
    assert highest(subs) is wins


@given(st.lists(st.sampled_from(list(SubEventType)), min_size=1))
def test_the_highest_does_not_depend_on_order(subs: list[SubEventType]) -> None:
    assert highest(subs) is highest(subs[::-1])
    assert all(PRECEDENCE[highest(subs)] <= PRECEDENCE[sub] for sub in subs)
