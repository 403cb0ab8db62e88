"""ACLED's sub-event type of a happening: the codebook's rules and precedence.

Source: ACLED codebook, "Event types" (reference table 2 of the schema notes, with the rules under it).
"""

import re

from pipelines.coding.actors import ActorMention, Use
from pipelines.coding.events.happening import Happening, incident_count
from pipelines.coding.events.mention import Family
from pipelines.coding.gate import Kind
from pipelines.coding.numbers import Harm
from schemas.actors import ActorType
from schemas.taxonomy import SubEventType

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
    r"|\bset(?:ting)?\b.{0,40}\b(?:on fire|ablaze)\b|\bblock(?:ed|ing|ade)?\b.{0,60}\b(?:burn|tyres?|tires?|stones?|logs|trees|benches)\b|\bused their vehicles to block\b"
    r"|\bbrawl\b|\bthrew (?:objects|bottles)|\bforced their way\b|\bfought (?:with )?(?:the )?police\b|\bburn(?:ed|t|ing)? (?:rubber |car |old )(?:tyres|tires)\b"
    r"|\bdamag(?:ed|ing) (?:\w+ ){0,3}(?:property|vehicles?|cars?|buses|windows|offices?|buildings?|furniture)\b|\bsmash(?:ed|ing)\b|\bslashed\b"
    r"|\b(?:used|using) (?:\w+ ){0,2}(?:vehicles|trucks|cars|logs|stones|tractors|buses|branches) to (?:block|barricade|obstruct)"
    r"|\bparked (?:their )?(?:trucks|vehicles|cars|tractors) to block\b|\bblock(?:ed|ing) .{0,60}\bwith (?:\w+ ){0,2}(?:cars|trucks|vehicles|tractors|logs|branches|debris)\b"
    r"|\bclos(?:ed|ing) (?:the |a |down )*polling stations?\b|\bvery violent\b|\bfistfight|\bshut down roads\b"
)  # fmt: skip
_INTERVENTION = re.compile(
    r"\btear ?-?gas|\bwater cannons?|\brubber bullets|\bdispersed|\bbaton|\bpepper spray|\bstun grenade|\bcracked down|\bsuppressed|\bintervened"
    r"|\bcane-?charg|\blathi|\b(?:used|with) force\b|\bby force\b|\bforcibly\b|\bto disperse\b|\b(?:prevented|stopped|removed|moved|pushed back) (?:the |them |some )?(?:protesters|demonstrators|from)\b"
    r"|\binterrupted (?:the|their) (?:protest|demonstration|rally|march)|\bdetain(?:ed|s)? (?:\w+ ){0,3}(?:protesters|demonstrators|protestors|participants|activists)\b"
)
_STILL_THE_CROWD = re.compile(
    r"^\W{0,4}(?:the |some |several |dozens of |hundreds of )?(?:they|group|protesters|demonstrators|participants|rioters|crowd|students|residents|police|security forces|workers|soldiers)\b"
)
_PROTEST = re.compile(
    r"\bprotest|\bdemonstrat|\brall(?:y|ied)|\bmarch(?:ed|ers|ing)|\bsit-in|\bstrik(?:e|ing)|\bblock(?:ed|ade|ing)|\bopposition to|\bvigil|\bgather(?:ed|ing)"
)


def sub_event_type(h: Happening) -> SubEventType | None:
    """The sub-event type, or None where the words tell of nothing that ACLED codes."""
    label = next((frame.label for frame in h.frames if frame.label), "")
    if label:
        return SubEventType(label)
    if h.family is Family.DEMONSTRATION:
        return _demonstration(h)
    if h.family is Family.VIOLENCE:
        return _violence(h)
    if h.family is Family.ABDUCTION:
        summed = (
            incident_count(h.main) is not None
        )  # "31 kidnappings and 12 murders": the dead are of the murders
        return SubEventType.ATTACK if _dead(h) and not summed else SubEventType.ABDUCTION
    if h.family is Family.ARREST:
        return _arrest(h)
    return _STRATEGIC.get(next(iter(h.main.kinds)))


def _dead(h: Happening) -> int:
    toll = h.toll(Harm.KILLED)
    return toll.best if toll else 0


def _text(h: Happening) -> str:
    return " ".join(frame.lowered for frame in h.frames)


def _arrest(h: Happening) -> SubEventType:
    """Held by the state: an arrest. Held by anyone else with arms: an abduction."""
    agents = [a for a in h.agents() if a.is_armed or a.is_state]
    return SubEventType.ARRESTS if not agents or any(a.is_state for a in agents) else SubEventType.ABDUCTION


def _demonstration(h: Happening) -> SubEventType:
    text = _text(h)
    told = " ".join((text, *(f.after for f in h.frames if _STILL_THE_CROWD.search(f.after))))
    violent = Kind.RIOT in h.kinds or bool(_VIOLENT_CROWD.search(told))
    if violent:
        return SubEventType.VIOLENT_DEMONSTRATION if _PROTEST.search(text) else SubEventType.MOB_VIOLENCE
    if crowd_was_hurt(h):
        return SubEventType.EXCESSIVE_FORCE
    if Kind.DISPERSE in h.kinds or _arrests_of_crowd(h) or _INTERVENTION.search(told):
        return SubEventType.PROTEST_WITH_INTERVENTION
    return SubEventType.PEACEFUL_PROTEST


def crowd_was_hurt(h: Happening) -> bool:
    """True where demonstrators were killed, shot or badly hurt by those who met them."""
    for frame in h.frames:
        for mention in frame.mentions:
            if mention.kind not in (Kind.KILL, Kind.SHOOT, Kind.WOUND, Kind.DEATH):
                continue
            of_crowd = any(p.is_crowd for p in mention.patients)
            if of_crowd or frame.has(Kind.DISPERSE) or _LIVE_FIRE.search(frame.lowered):
                return True
    return False


def crowd_killed(h: Happening) -> bool:
    """True where somebody died of what rioters did; "marched over the killing of a trader" tells of an older death."""
    return Kind.RIOT in h.kinds and any(m.is_verb and m.kind is Kind.KILL for m in h.mentions())


def _arrests_of_crowd(h: Happening) -> bool:
    mentions = [m for m in h.mentions() if m.kind is Kind.ARREST]
    return any(m.is_verb and (any(a.is_state for a in m.agents) or m.is_passive) for m in mentions)


def _violence(h: Happening) -> SubEventType:
    lead = h.main.kinds | (h.frames[1].kinds if h.main.sentence.is_title and len(h.frames) > 1 else set())
    agents, patients = h.agents(), h.patients()
    if Kind.SEIZE in lead:
        return _territory(h, agents, patients)
    if Kind.CLASH in lead and not (lead & {Kind.SUICIDE, Kind.CHEMICAL}) and _leads(h, Kind.CLASH):
        return _clash(agents + patients, h.main.lowered)
    if Kind.SHELL in lead and any("aircraft" in m.object_uses for m in h.mentions() if m.kind is Kind.SHELL):
        return SubEventType.AIR_DRONE_STRIKE  # a missile from a jet
    return _remote(lead, h.kinds) or _attack(h, lead, agents, patients)


def _is_mob(h: Happening, agents: list[ActorMention]) -> bool:
    """Neighbours, relatives or passers-by who beat someone are a mob from three people on."""
    unarmed = bool(agents) and all(a.use is Use.CIVILIAN and a.plural for a in agents)
    return unarmed and bool(h.kinds & {Kind.WOUND, Kind.KILL, Kind.ATTACK}) and Kind.SHOOT not in h.kinds


def _leads(h: Happening, kind: Kind) -> bool:
    """True unless a remote weapon is told before it: "a grenade went off during clashes" is the grenade's event."""
    remote = {k for k, _ in _REMOTE}
    order = [m.kind for frame in h.frames[:2] for m in sorted(frame.mentions, key=lambda m: m.start)]
    return next((k for k in order if k is kind or k in remote), kind) is kind


def _clash(actors: list[ActorMention], lowered: str) -> SubEventType:
    """Armed where a side has arms of its own; soldiers or policemen against a crowd are a riot."""
    if "armed clash" in lowered or any(a.is_armed and not a.is_state for a in actors):
        return SubEventType.ARMED_CLASH
    crowd = any(a.is_crowd or a.use is Use.CIVILIAN for a in actors)
    return SubEventType.MOB_VIOLENCE if crowd else SubEventType.ARMED_CLASH


def _remote(lead: set[Kind], every: set[Kind]) -> SubEventType | None:
    """By means; a later sentence tells the means only where the first ones tell none."""
    kinds = lead if lead & {Kind.RAPE, Kind.MOB, Kind.SHOOT, *(k for k, _ in _REMOTE)} else every
    return next((sub for kind, sub in _REMOTE if kind in kinds), None)


def _attack(
    h: Happening, lead: set[Kind], agents: list[ActorMention], patients: list[ActorMention]
) -> SubEventType:
    if Kind.RAPE in h.kinds:
        return SubEventType.SEXUAL_VIOLENCE
    if lead <= {Kind.LOOT}:
        return SubEventType.LOOTING
    if Kind.MOB in lead or any(a.is_crowd for a in agents) or _is_mob(h, agents):
        return SubEventType.MOB_VIOLENCE
    armed = _fights_armed(agents, patients) or _is_campaign(h, agents, patients) or _hits_post(h, patients)
    return SubEventType.ARMED_CLASH if armed else SubEventType.ATTACK


def _is_campaign(h: Happening, agents: list[ActorMention], patients: list[ActorMention]) -> bool:
    """Hundreds of attacks by a rebel group, or operations by an army, told without any target, are the war between them."""
    if patients or all(incident_count(f) is None for f in h.frames):
        return False
    rebels = any(g.type is ActorType.REBEL_GROUP for a in agents for g in a.groups)
    return rebels or (
        any(a.use is Use.MILITARY for a in agents) and any(m.lemma == "operation" for m in h.mentions())
    )


_OF_CIVILIANS = re.compile(
    r"\b(?:aid|relief|food|humanitarian|civilian|refugee|merchant|oil|fuel|trading|u\.?n\.?)\b"
)


def _hits_post(h: Happening, patients: list[ActorMention]) -> bool:
    """A convoy, a patrol or a post that is attacked, and nothing more said of it, is soldiers' or policemen's."""
    hit = any("post" in m.object_uses for m in h.main.mentions if m.kind is Kind.ATTACK)
    return hit and not patients and _OF_CIVILIANS.search(h.main.lowered) is None


_WITHOUT_FIGHT = re.compile(
    r"\b(?:pulled out|withdrew|withdrawal|retreated|handed over|without (?:a |any )?(?:fight|resistance|fighting|clash)|no clashes)"
)


def _territory(h: Happening, agents: list[ActorMention], patients: list[ActorMention]) -> SubEventType:
    """Who took it decides; where nobody is named, who lost it; and whether it was given up without a fight."""
    if _WITHOUT_FIGHT.search(h.main.lowered) and Kind.CLASH not in h.main.kinds:
        return SubEventType.NON_VIOLENT_TRANSFER
    if not agents and patients and not patients[0].is_state:
        return SubEventType.GOVERNMENT_REGAINS
    state = bool(agents) and agents[0].is_state
    return SubEventType.GOVERNMENT_REGAINS if state else SubEventType.NON_STATE_OVERTAKES


def _fights_armed(agents: list[ActorMention], patients: list[ActorMention]) -> bool:
    """Armed against armed: a battle. The first patient decides, for bystanders die in battles too."""
    if not patients:
        return False
    armed_agent = not agents or any(a.is_armed for a in agents)
    return armed_agent and patients[0].is_armed
