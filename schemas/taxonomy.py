"""ACLED's event taxonomy: six event types, 25 sub-event types in the codebook's order of precedence, disorder types.

Source: ACLED codebook, "Event types" (the precedence: when several tactics share actors, place and day, only the
highest is recorded) and reference table 2 of the schema notes.
"""

from enum import StrEnum


class EventType(StrEnum):
    """The six event types, verbatim."""

    BATTLES = "Battles"
    PROTESTS = "Protests"
    RIOTS = "Riots"
    EXPLOSIONS = "Explosions/Remote violence"
    VIOLENCE_AGAINST_CIVILIANS = "Violence against civilians"
    STRATEGIC = "Strategic developments"


class SubEventType(StrEnum):
    """The 25 sub-event types, verbatim, highest precedence first."""

    GOVERNMENT_REGAINS = "Government regains territory"
    NON_STATE_OVERTAKES = "Non-state actor overtakes territory"
    ARMED_CLASH = "Armed clash"
    EXCESSIVE_FORCE = "Excessive force against protesters"
    PROTEST_WITH_INTERVENTION = "Protest with intervention"
    PEACEFUL_PROTEST = "Peaceful protest"
    VIOLENT_DEMONSTRATION = "Violent demonstration"
    MOB_VIOLENCE = "Mob violence"
    CHEMICAL_WEAPON = "Chemical weapon"
    AIR_DRONE_STRIKE = "Air/drone strike"
    SUICIDE_BOMB = "Suicide bomb"
    SHELLING = "Shelling/artillery/missile attack"
    REMOTE_EXPLOSIVE = "Remote explosive/landmine/IED"
    GRENADE = "Grenade"
    SEXUAL_VIOLENCE = "Sexual violence"
    ATTACK = "Attack"
    ABDUCTION = "Abduction/forced disappearance"
    AGREEMENT = "Agreement"
    ARRESTS = "Arrests"
    CHANGE_TO_GROUP = "Change to group/activity"
    DISRUPTED_WEAPONS = "Disrupted weapons use"
    HEADQUARTERS = "Headquarters or base established"
    LOOTING = "Looting/property destruction"
    NON_VIOLENT_TRANSFER = "Non-violent transfer of territory"
    OTHER = "Other"


class DisorderType(StrEnum):
    """What the sub-event counts as; one sub-type carries two, joined by '; '."""

    POLITICAL_VIOLENCE = "Political violence"
    DEMONSTRATIONS = "Demonstrations"
    STRATEGIC = "Strategic developments"
    BOTH = "Political violence; Demonstrations"


_MEMBERS: dict[EventType, tuple[SubEventType, ...]] = {
    EventType.BATTLES: tuple(SubEventType)[0:3],
    EventType.PROTESTS: tuple(SubEventType)[3:6],
    EventType.RIOTS: tuple(SubEventType)[6:8],
    EventType.EXPLOSIONS: tuple(SubEventType)[8:14],
    EventType.VIOLENCE_AGAINST_CIVILIANS: tuple(SubEventType)[14:17],
    EventType.STRATEGIC: tuple(SubEventType)[17:25],
}
EVENT_TYPE_OF: dict[SubEventType, EventType] = {s: t for t, subs in _MEMBERS.items() for s in subs}
PRECEDENCE: dict[SubEventType, int] = {s: n for n, s in enumerate(SubEventType)}

_DISORDER: dict[SubEventType, DisorderType] = {
    SubEventType.EXCESSIVE_FORCE: DisorderType.BOTH,
    SubEventType.PROTEST_WITH_INTERVENTION: DisorderType.DEMONSTRATIONS,
    SubEventType.PEACEFUL_PROTEST: DisorderType.DEMONSTRATIONS,
    SubEventType.VIOLENT_DEMONSTRATION: DisorderType.DEMONSTRATIONS,
}


def disorder_type(sub: SubEventType) -> DisorderType:
    """The disorder type of a sub-event type (codebook, Table of disorder types)."""
    if EVENT_TYPE_OF[sub] is EventType.STRATEGIC:
        return DisorderType.STRATEGIC
    return _DISORDER.get(sub, DisorderType.POLITICAL_VIOLENCE)


def highest(subs: "list[SubEventType]") -> SubEventType:
    """Of several tactics with the same actors, place and day, the one that is recorded."""
    return min(subs, key=PRECEDENCE.__getitem__)
