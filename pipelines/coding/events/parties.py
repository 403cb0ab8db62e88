"""Actor 1 and actor 2 of a happening, with the rules that ACLED's invariants impose on each event type.

Source: ACLED codebook, "Actors"; schema notes, section 9: two armed sides in Battles, civilians as actor 2 of violence
against civilians, protesters as actor 1 of protests, rioters on a side of riots.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.coding.actors import Actor, ActorMention, Use, generic, resolve_actor
from pipelines.coding.events.happening import Happening, incident_count
from pipelines.coding.gate import Kind
from pipelines.coding.lexicon import word_set
from pipelines.coding.numbers import Harm
from schemas.actors import ActorType
from schemas.taxonomy import EVENT_TYPE_OF, EventType, SubEventType

_SOFT = (ActorType.CIVILIANS, ActorType.PROTESTERS, ActorType.RIOTERS)


@dataclass(frozen=True, slots=True)
class Parties:
    """Both sides; the mentions that they come from are None where a rule filled the side."""

    actor1: Actor
    actor2: Actor | None
    mention1: ActorMention | None
    mention2: ActorMention | None
    assoc1: tuple[str, ...] = ()
    assoc2: tuple[str, ...] = ()


Side = tuple[Actor, ActorMention | None]


@dataclass(frozen=True, slots=True)
class Cast:
    """Who the text tells of: those who act, those who suffer, and others in the same sentences."""

    sub: SubEventType
    agents: list[Side]
    patients: list[Side]
    others: list[Side]
    country: str | None
    day: date
    is_clash: bool = False
    parts: frozenset[ActorMention] = frozenset()
    has_victims: bool = False
    rebels: Sequence[
        Side
    ] = ()  # the article's armed groups, where the event sums up many: an army's operations are against them

    def fill(self, use: Use) -> Side:
        """The generic actor of a sort, where a side must be there and the text names none."""
        return generic(use, self.country, self.day), None


# Words that stand for a group named elsewhere in the article; "gunmen" and "unknown men" do not.
_STANDS_FOR_GROUP = frozenset(
    "insurgent militant rebel guerrilla guerilla fighter terrorist subversive jihadist extremist separatist mujahid "
    "insurgency".split()
)
_UNKNOWN = re.compile(r"\b(?:un(?:identified|known|named)|masked|hooded)\b", re.IGNORECASE)


def parties(
    h: Happening, sub: SubEventType, country: str | None, day: date, groups: tuple[ActorMention, ...] = ()
) -> Parties:
    """The two sides. Every returned pair satisfies ACLED's invariants for `sub`. `groups`: the article's armed groups,
    for whom "the rebels" stand."""

    def side(mention: ActorMention) -> Side:
        return resolve_actor(_named_for(mention, groups, country, day), country, day), mention

    agents, patients = [side(m) for m in h.agents()], [side(m) for m in h.patients()]
    others = [side(m) for m in h.actors() if m not in h.agents() + h.patients()]
    one, two = _SIDES[EVENT_TYPE_OF[sub]](
        Cast(
            sub, agents, patients, others, country, day, Kind.CLASH in h.kinds, _parts(h), _has_victims(h),
            [side(m) for m in _at_home(groups, country, day)] if any(map(incident_count, h.frames)) else [],
        )
    )  # fmt: skip
    if EVENT_TYPE_OF[sub] in (EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.BATTLES) and _is_lone(
        h, one, country
    ):
        one = (Actor(f"Sole Perpetrator ({country})", ActorType.POLITICAL_MILITIA), one[1])
    assoc1, assoc2 = _assoc(agents, one, two), _assoc(patients, two, one)
    return Parties(one[0], two[0] if two else None, one[1], two[1] if two else None, assoc1, assoc2)


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
    if mention.use is not Use.ARMED or mention.noun not in _STANDS_FOR_GROUP or _UNKNOWN.search(mention.text):
        return mention
    home = _at_home(groups, country, day)
    return home[0] if home else mention


def _at_home(groups: tuple[ActorMention, ...], country: str | None, day: date) -> list[ActorMention]:
    return [
        m
        for m in groups
        if any((not g.countries or country in g.countries) and g.lives_on(day) for g in m.groups)
    ]


def _is_lone(h: Happening, one: Side, country: str | None) -> bool:
    """A single gunman or a person by name, in a country where such a one acts alone."""
    if country not in word_set("scope.tsv", "calm") or (one[1] is not None and one[1].use is Use.NAMED):
        return False
    told = [m for frame in h.frames[:2] for m in frame.mentions if m.kind not in (Kind.CLAIM, Kind.DEATH)]
    alone = (Use.ARMED, Use.CIVILIAN)
    single = any(not a.plural and a.use in alone for m in told for a in m.agents)
    return single or any(m.by_person for m in told)


def _assoc(side: list[Side], own: Side | None, other: Side | None) -> tuple[str, ...]:
    """Allies of a side: other named actors beside it."""
    if own is None:
        return ()
    taken = {own[0].name, other[0].name if other else ""}
    names = [a.name for a, m in side if a.name not in taken and m is not None and (m.is_armed or m.is_state)]
    return tuple(dict.fromkeys(names))


def _armed(sides: list[Side], besides: Side | None = None) -> Side | None:
    """The first armed actor that is not `besides`; a named one before "gunmen" or "militants"."""
    fits = [
        s for s in sides if s[0].type not in _SOFT and s[1] is not None and s[1].use is not Use.GOVERNMENT
    ]
    fits = [s for s in fits if besides is None or s[0].name != besides[0].name]
    if not fits:
        return None
    named = [s for s in fits if s[1] is not None and s[1].use is Use.NAMED]
    vague = fits[0][1] is not None and fits[0][1].use in (Use.ARMED, Use.GANG)
    return named[0] if vague and named else fits[0]


def _rebels(sides: list[Side]) -> list[Side]:
    """Soldiers and police beside a bombing or a murder are there because of it; they have not done it."""
    state = (ActorType.STATE_FORCES, ActorType.EXTERNAL_OTHER_FORCES)
    return [s for s in sides if s[0].type not in state]


def _typed(sides: list[Side], *types: ActorType) -> Side | None:
    return next((s for s in sides if s[0].type in types), None)


def _is_vague(side: Side) -> bool:
    return side[1] is not None and side[1].use in (Use.ARMED, Use.GANG)


def _battle(cast: Cast) -> tuple[Side, Side]:
    a, p, o = cast.agents, cast.patients, cast.others
    one = _armed(a) or _armed(o) if not _armed(p) else _armed(a) or _armed(o, _armed(p))
    one = one or cast.fill(Use.ARMED)
    two = _armed(p, one) or _armed(a, one) or _armed(o, one)
    if two is not None and _is_vague(two):
        # "six fighters were killed" in fighting between two that are named
        two = _armed([s for s in a + o if not _is_vague(s)], one) or two
    if two is None:
        own = one[0].type in (ActorType.STATE_FORCES, ActorType.EXTERNAL_OTHER_FORCES)
        two = next(iter(cast.rebels), cast.fill(Use.ARMED)) if own else cast.fill(Use.MILITARY)
    return one, two


def _against_civilians(cast: Cast) -> tuple[Side, Side]:
    a, p, o = cast.agents, cast.patients, cast.others
    one = _armed(a) or _typed(a, ActorType.STATE_FORCES) or _armed(_rebels(o)) or cast.fill(Use.ARMED)
    victim = _typed(p, ActorType.CIVILIANS)
    own = victim[1].country.name if victim and victim[1] and victim[1].country else cast.country
    return one, (generic(Use.CIVILIAN, own, cast.day), victim[1] if victim else None)


def _explosion(cast: Cast) -> tuple[Side, Side | None]:
    a, p, o = cast.agents, cast.patients, cast.others
    state_arms = cast.sub in (
        SubEventType.AIR_DRONE_STRIKE,
        SubEventType.SHELLING,
        SubEventType.CHEMICAL_WEAPON,
    )
    beside = o if state_arms else _rebels(o)
    one = _armed(a) or _armed(beside, _armed(p)) or cast.fill(Use.ARMED)
    if cast.sub in (SubEventType.AIR_DRONE_STRIKE, SubEventType.SHELLING) and one[1] is None:
        one = generic(Use.MILITARY, None, cast.day), None
    whole = [s for s in p if s[1] is None or s[1] not in cast.parts]
    two = _armed(whole, one) or _typed(p, ActorType.CIVILIANS) or _armed(p, one)
    if two is None and cast.has_victims and not _armed(o, one):
        two = cast.fill(Use.CIVILIAN)
    return one, two


def _protest(cast: Cast) -> tuple[Side, Side | None]:
    a, p, o = cast.agents, cast.patients, cast.others
    one = cast.fill(Use.PROTESTER)
    if cast.sub is SubEventType.PEACEFUL_PROTEST:
        return one, None
    force = _typed(a + p + o, ActorType.STATE_FORCES, ActorType.EXTERNAL_OTHER_FORCES) or _armed(a + p + o)
    if force is not None and force[1] is not None and force[1].use is Use.GOVERNMENT:
        force = None
    return one, force or cast.fill(Use.POLICE)


def _riot(cast: Cast) -> tuple[Side, Side | None]:
    a, p, o = cast.agents, cast.patients, cast.others
    one = cast.fill(Use.RIOTER)
    if cast.sub is SubEventType.MOB_VIOLENCE:
        return one, _armed(p) or _mobs_other_side(cast)
    forces = [s for s in a + p + o if s[1] is not None and s[1].use in (Use.POLICE, Use.MILITARY)]
    told = [s for s in forces if s[1] is not None and s[1].country]
    return one, next(iter(told or forces), None)


def _mobs_other_side(cast: Cast) -> Side:
    """Of a brawl between crowds both sides are rioters; a victim is a civilian."""
    victim = _typed(cast.patients, ActorType.CIVILIANS)
    return cast.fill(Use.RIOTER) if cast.is_clash and not victim else victim or cast.fill(Use.CIVILIAN)


def _strategic(cast: Cast) -> tuple[Side, Side | None]:
    a, p, o = cast.agents, cast.patients, cast.others
    if cast.sub is SubEventType.ARRESTS:
        one = (
            _typed(a, ActorType.STATE_FORCES, ActorType.EXTERNAL_OTHER_FORCES)
            or _armed(a)
            or cast.fill(Use.POLICE)
        )
        two = _armed(p, one) or cast.fill(Use.CIVILIAN)
        return one, two
    if cast.sub is SubEventType.OTHER:
        told = _typed(a, ActorType.STATE_FORCES, ActorType.EXTERNAL_OTHER_FORCES) or _armed(a)
        one = told or (a or p or o or [_default_strategic(cast)])[0]
        return one, _armed(p, one)
    one = (
        _armed(a)
        or _typed(a, ActorType.STATE_FORCES)
        or _armed(o)
        or (a or o or [_default_strategic(cast)])[0]
    )
    return one, _other_side(cast, one)


def _other_side(cast: Cast, one: Side) -> Side | None:
    a, p, o = cast.agents, cast.patients, cast.others
    two = _armed(p, one) or _armed(a, one)
    if cast.sub in (SubEventType.CHANGE_TO_GROUP, SubEventType.HEADQUARTERS):
        two = None
    if cast.sub in (SubEventType.DISRUPTED_WEAPONS, SubEventType.NON_VIOLENT_TRANSFER):
        two = two or _armed(o, one)
    if cast.sub is SubEventType.LOOTING and (two is None or two[0].type is not ActorType.STATE_FORCES):
        two = cast.fill(Use.CIVILIAN)
    if cast.sub is SubEventType.AGREEMENT and two is None:
        two = next((s for s in a + p + o if s[0].name != one[0].name), None)
    return two


def _default_strategic(cast: Cast) -> Side:
    if cast.sub is SubEventType.LOOTING:
        return cast.fill(Use.ARMED)
    return cast.fill(Use.POLICE if cast.sub is SubEventType.DISRUPTED_WEAPONS else Use.MILITARY)


_SIDES = {
    EventType.BATTLES: _battle,
    EventType.VIOLENCE_AGAINST_CIVILIANS: _against_civilians,
    EventType.EXPLOSIONS: _explosion,
    EventType.PROTESTS: _protest,
    EventType.RIOTS: _riot,
    EventType.STRATEGIC: _strategic,
}
