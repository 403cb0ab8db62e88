"""Actor 1 and actor 2 of a happening, with the rules that ACLED's invariants impose on each event type.

Source: ACLED codebook, "Actors"; schema notes, section 9: two armed sides in Battles, civilians as actor 2 of violence
against civilians, protesters as actor 1 of protests, rioters on a side of riots.
"""

import re
from dataclasses import dataclass
from datetime import date

from pipelines.coding.actors import Actor, ActorMention, Use, resolve_actor
from pipelines.coding.events.happening import Happening, incident_count
from pipelines.coding.events.roles import (
    owners_of_deeds,
    planters,
    speakers,
    told_doers,
    told_targets,
    with_partners,
)
from pipelines.coding.events.sides import SIDES, Cast, Side
from pipelines.coding.gate import Kind
from pipelines.coding.lexicon import word_set
from pipelines.coding.numbers import Harm
from schemas.actors import ActorType
from schemas.taxonomy import EVENT_TYPE_OF, EventType, SubEventType


@dataclass(frozen=True, slots=True)
class Parties:
    """Both sides; the mentions that they come from are None where a rule filled the side."""

    actor1: Actor
    actor2: Actor | None
    mention1: ActorMention | None
    mention2: ActorMention | None
    assoc1: tuple[str, ...] = ()
    assoc2: tuple[str, ...] = ()


# Words that stand for a group named elsewhere in the article; "gunmen" and "unknown men" do not.
_STANDS_FOR_GROUP = frozenset(
    "insurgent militant rebel guerrilla guerilla fighter terrorist subversive jihadist extremist separatist mujahid "
    "insurgency".split()
)


def parties(
    h: Happening, sub: SubEventType, country: str | None, day: date, groups: tuple[ActorMention, ...] = ()
) -> Parties:
    """The two sides. Every returned pair satisfies ACLED's invariants for `sub`. `groups`: the article's armed groups,
    for whom "the rebels" stand."""

    rebels = tuple(m for m in groups if any(g.type is ActorType.REBEL_GROUP for g in m.groups))

    def side(mention: ActorMention) -> Side:
        return resolve_actor(_named_for(mention, rebels, country, day), country, day), mention

    acting, suffering = _roles(h)
    agents, patients = [side(m) for m in acting], [side(m) for m in suffering]
    told = [m for m in h.actors() if m not in acting + suffering]
    saying = speakers(h, told)
    others = [side(m) for m in told if m not in saying]
    one, two = SIDES[EVENT_TYPE_OF[sub]](
        Cast(
            sub, agents, patients, others, country, day, Kind.CLASH in h.kinds, _parts(h), _has_victims(h),
            [side(m) for m in _at_home(rebels, country, day)] if any(map(incident_count, h.frames)) else [],
            " ".join(frame.lowered for frame in h.frames[:3]),
        )
    )  # fmt: skip
    one = _only_group(h, (one, two), groups, country, day) or one
    if EVENT_TYPE_OF[sub] in (EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.BATTLES) and _is_lone(
        h, one, country
    ):
        one = (Actor(f"Sole Perpetrator ({country})", ActorType.POLITICAL_MILITIA), one[1])
    assoc1, assoc2 = _assoc(agents, one, two), _assoc(patients, two, one)
    return Parties(one[0], two[0] if two else None, one[1], two[1] if two else None, assoc1, assoc2)


def _roles(h: Happening) -> tuple[list[ActorMention], list[ActorMention]]:
    """Who acts and who suffers: as the parse has it, and where it tells of nobody under arms as the words beside say."""
    agents, patients = h.agents(), h.patients()
    owners = owners_of_deeds(h, patients)
    agents, patients = agents + owners, [p for p in patients if p not in owners]
    if laid := planters(h, agents + patients):
        agents, patients = laid, [*(a for a in agents if a.is_state), *patients]
    if not any(a.is_armed for a in agents):
        agents += told_doers(h, agents + patients)
    if not patients:
        patients += told_targets(h, agents + patients)
    known = agents + patients
    return with_partners(h, agents, known), with_partners(h, patients, known)


def _parts(h: Happening) -> frozenset[ActorMention]:
    """Those who are only a part of the victims: the policemen of "nine people, among them two policemen"."""
    return frozenset(
        actor
        for frame in h.frames
        for figure in frame.casualties
        if figure.is_part
        for actor in frame.actors
        if figure.count.start <= frame.sentence.start + actor.start <= figure.count.end + _NOUN_REACH
    )


# Characters from a number to the people that it counts: "two regional policemen".
_NOUN_REACH = 20


def _has_victims(h: Happening) -> bool:
    tolls = (h.toll(Harm.KILLED), h.toll(Harm.INJURED))
    return any(t is not None and t.best > 0 for t in tolls)


def _named_for(
    mention: ActorMention, groups: tuple[ActorMention, ...], country: str | None, day: date
) -> ActorMention:
    """The group that "the insurgents" stand for: the one of the article that is at home in the country on that day."""
    if country == "Syria" and mention.noun.startswith(("rebel", "opposition")):
        return mention  # of many rebels there the article's one is seldom meant
    if mention.use is not Use.ARMED or mention.noun not in _STANDS_FOR_GROUP or mention.unknown:
        return mention
    home = _at_home(groups, country, day)
    return home[0] if home else mention


def _at_home(groups: tuple[ActorMention, ...], country: str | None, day: date) -> list[ActorMention]:
    return [
        m
        for m in groups
        if any((not g.countries or country in g.countries) and g.lives_on(day) for g in m.groups)
    ]


def _only_group(
    h: Happening,
    sides: tuple[Side, Side | None],
    groups: tuple[ActorMention, ...],
    country: str | None,
    day: date,
) -> Side | None:
    """The one armed group that the article names, beside the event, where nobody is said to have done it."""
    one, two = sides
    if one[1] is not None or one[0].type is not ActorType.POLITICAL_MILITIA or not groups:
        return None
    home = [m for m in _at_home(groups, country, day) if m.groups[0].countries]
    if len(home) != 1 or not _stands_near(home[0], h):
        return None
    actor = resolve_actor(home[0], country, day)
    return (actor, home[0]) if two is None or actor.name != two[0].name else None


# Characters from the event's sentences to the group's name: about two sentences.
_NEAR = 350


def _stands_near(group: ActorMention, h: Happening) -> bool:
    spans = [(f.sentence.start, f.sentence.end) for f in h.frames if not f.sentence.is_title]
    return any(start - _NEAR <= group.start <= end + _NEAR for start, end in spans)


# One person is told of, or several.
_ALONE = re.compile(
    r"\b(?:a|the|an|one|lone|alleged|prime|main) (?:\w+ ){0,2}(?:suspect|gunman|attacker|assailant|shooter|perpetrator|accused|individual|knifeman|killer)\b"
    r"|\b(?:suspect|gunman|shooter|knifeman|killer)(?: (?:appears|opens|kills|shoots|stabs|arrested|charged|identified))|\blone wolf\b"
)
_SEVERAL = re.compile(
    r"\b(?:suspects|gunmen|attackers|assailants|shooters|perpetrators|individuals|killers|militants|men|group|gang)\b"
)


def _is_lone(h: Happening, one: Side, country: str | None) -> bool:
    """A single gunman or a person by name, in a country where such a one acts alone."""
    if country not in word_set("english/scope.tsv", "calm") or (
        one[1] is not None and one[1].use is Use.NAMED
    ):
        return False
    told = [m for frame in h.frames[:2] for m in frame.mentions if m.kind not in (Kind.CLAIM, Kind.DEATH)]
    alone = (Use.ARMED, Use.CIVILIAN)
    single = any(not a.plural and a.use in alone for m in told for a in m.agents)
    return single or any(m.by_person for m in told) or _tells_of_one(h, one)


def _tells_of_one(h: Happening, one: Side) -> bool:
    """Nobody is said to have done it, but one suspect, gunman or attacker is spoken of, and never several."""
    if one[1] is not None:
        return False
    text = " ".join(frame.lowered for frame in h.frames)
    return _ALONE.search(text) is not None and _SEVERAL.search(text) is None


def _assoc(side: list[Side], own: Side | None, other: Side | None) -> tuple[str, ...]:
    """Allies of a side: other named actors beside it."""
    if own is None:
        return ()
    taken = {own[0].name, other[0].name if other else ""}
    names = [a.name for a, m in side if a.name not in taken and m is not None and (m.is_armed or m.is_state)]
    return tuple(dict.fromkeys(names))
