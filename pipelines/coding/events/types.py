"""ACLED's sub-event type of a happening: the codebook's rules and precedence.

Source: ACLED codebook, "Event types" (reference table 2 of the schema notes, with the rules under it).
"""

import re

from pipelines.coding.actors import ActorMention, Use
from pipelines.coding.events.happening import Happening
from pipelines.coding.events.mention import Family
from pipelines.coding.gate import Kind
from pipelines.coding.numbers import Harm
from schemas.taxonomy import SubEventType

_CROWD = frozenset((Use.PROTESTER, Use.RIOTER))
# Weapons and means, highest precedence first among the remote ones.
_REMOTE = (
    (Kind.CHEMICAL, SubEventType.CHEMICAL_WEAPON),
    (Kind.AIR, SubEventType.AIR_DRONE_STRIKE),
    (Kind.SUICIDE, SubEventType.SUICIDE_BOMB),
    (Kind.SHELL, SubEventType.SHELLING),
    (Kind.GRENADE, SubEventType.GRENADE),
    (Kind.BOMB, SubEventType.REMOTE_EXPLOSIVE),
)
_STRATEGIC = {
    Kind.DISRUPT: SubEventType.DISRUPTED_WEAPONS,
    Kind.BASE: SubEventType.HEADQUARTERS,
    Kind.AGREE: SubEventType.AGREEMENT,
    Kind.CHANGE: SubEventType.CHANGE_TO_GROUP,
    Kind.RELEASE: SubEventType.OTHER,
    Kind.DISPLACE: SubEventType.OTHER,
    Kind.COUP: SubEventType.OTHER,
    Kind.WITHDRAW: SubEventType.NON_VIOLENT_TRANSFER,
}
_LIVE_FIRE = re.compile(
    r"\blive (?:bullets?|rounds?|ammunition|fire)\b|\bopened fire\b|\bshot (?:dead|at)\b|\bgunfire\b"
)
_VIOLENT_CROWD = re.compile(
    r"\bstones?\b|\brocks\b|\bbottles\b|\bmolotov|\bpetrol bombs?\b|\bburn(?:ed|t|ing)? (?:tyres|tires|barricades?)|\bset (?:fire|ablaze)|\btorched\b"
    r"|\bclash(?:es|ed)?\b|\briot(?:s|ers|ing|ed)?\b|\bvandali|\bloot(?:ed|ing|ers)\b|\bturned violent\b|\bviolent (?:protest|demonstration)|\bstormed\b|\bbarricad"
    r"|\bblocked\b.{0,40}\broads?\b.{0,60}\b(?:burn|tyre|tire|stone|barricad)"
)  # fmt: skip
_INTERVENTION = re.compile(
    r"\btear ?-?gas|\bwater cannons?|\brubber bullets|\bdispers|\barrest|\bdetain|\bbaton|\bpepper spray|\bstun grenade|\bcrack(?:ed)? ?down|\bsuppress|\bintervene"
)


def sub_event_type(h: Happening) -> SubEventType | None:
    """The sub-event type, or None where the words tell of nothing that ACLED codes."""
    if h.family is Family.DEMONSTRATION:
        return _demonstration(h)
    if h.family is Family.VIOLENCE:
        return _violence(h)
    if h.family is Family.ABDUCTION:
        return SubEventType.ATTACK if _dead(h) else SubEventType.ABDUCTION
    if h.family is Family.ARREST:
        return SubEventType.ARRESTS
    return _STRATEGIC.get(next(iter(h.main.kinds)))


def _dead(h: Happening) -> int:
    toll = h.toll(Harm.KILLED)
    return toll.best if toll else 0


def _text(h: Happening) -> str:
    return " ".join(frame.lowered for frame in h.frames)


def _demonstration(h: Happening) -> SubEventType:
    text = _text(h)
    hurt = _dead(h) > 0 or (h.toll(Harm.INJURED) is not None and bool(h.kinds & {Kind.SHOOT, Kind.DISPERSE}))
    if Kind.RIOT in h.kinds or _VIOLENT_CROWD.search(text):
        return SubEventType.VIOLENT_DEMONSTRATION
    if hurt and (_LIVE_FIRE.search(text) or h.kinds & {Kind.KILL, Kind.SHOOT, Kind.DISPERSE}):
        return SubEventType.EXCESSIVE_FORCE
    if h.kinds & {Kind.DISPERSE, Kind.ARREST} or _INTERVENTION.search(text):
        return SubEventType.PROTEST_WITH_INTERVENTION
    return SubEventType.PEACEFUL_PROTEST


def _violence(h: Happening) -> SubEventType:
    lead = h.main.kinds | (h.frames[1].kinds if h.main.sentence.is_title and len(h.frames) > 1 else set())
    agents, patients = h.agents(), h.patients()
    if Kind.SEIZE in lead:
        return _territory(agents)
    clash = Kind.CLASH in lead
    if clash and _crowd_only(agents + patients):
        return SubEventType.MOB_VIOLENCE
    if clash and not (lead & {Kind.AIR, Kind.SUICIDE, Kind.CHEMICAL}):
        return SubEventType.ARMED_CLASH
    for kinds in (lead, h.kinds):
        for kind, sub in _REMOTE:
            if kind in kinds:
                return sub
        if kinds is lead and lead & {Kind.RAPE, Kind.MOB, Kind.SHOOT}:
            break
    if Kind.RAPE in h.kinds:
        return SubEventType.SEXUAL_VIOLENCE
    if Kind.MOB in lead or any(a.use is Use.RIOTER for a in agents):
        return SubEventType.MOB_VIOLENCE
    if lead <= {Kind.LOOT}:
        return SubEventType.LOOTING
    if _fights_armed(agents, patients):
        return SubEventType.ARMED_CLASH
    return SubEventType.ATTACK


def _territory(agents: list[ActorMention]) -> SubEventType:
    first = agents[0] if agents else None
    state = first is not None and first.is_state
    return SubEventType.GOVERNMENT_REGAINS if state else SubEventType.NON_STATE_OVERTAKES


def _crowd_only(actors: list[ActorMention]) -> bool:
    return bool(actors) and all(a.use in _CROWD or a.use is Use.CIVILIAN for a in actors)


def _fights_armed(agents: list[ActorMention], patients: list[ActorMention]) -> bool:
    """Armed against armed: a battle. The first patient decides, for bystanders die in battles too."""
    if not patients:
        return False
    armed_agent = not agents or any(a.is_armed for a in agents)
    return armed_agent and patients[0].is_armed
