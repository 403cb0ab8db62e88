"""The two sides of each event type: which of those who act, suffer or stand beside become actor 1 and actor 2.

Source: ACLED codebook, "Actors"; schema notes, section 9: two armed sides in Battles, civilians as actor 2 of violence
against civilians, protesters as actor 1 of protests, rioters on a side of riots.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.coding.actors import Actor, ActorMention, Use, generic
from schemas.actors import ActorType
from schemas.taxonomy import EventType, SubEventType

SOFT = (ActorType.CIVILIANS, ActorType.PROTESTERS, ActorType.RIOTERS)
STATES = (ActorType.STATE_FORCES, ActorType.EXTERNAL_OTHER_FORCES)


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
    # the article's armed groups, where the event sums up many: an army's operations are against them
    rebels: Sequence[Side] = ()
    text: str = ""  # the event's sentences in small letters

    def fill(self, use: Use) -> Side:
        """The generic actor of a sort, where a side must be there and the text names none."""
        return generic(use, self.country, self.day), None


def _armed(sides: list[Side], besides: Side | None = None) -> Side | None:
    """The first armed actor that is not `besides`; a named one before "gunmen" or "militants"."""
    fits = [s for s in sides if s[0].type not in SOFT and s[1] is not None and s[1].use is not Use.GOVERNMENT]
    fits = [s for s in fits if besides is None or s[0].name != besides[0].name]
    if not fits:
        return None
    named = [s for s in fits if s[1] is not None and s[1].use is Use.NAMED]
    vague = fits[0][1] is not None and fits[0][1].use in (Use.ARMED, Use.GANG)
    return named[0] if vague and named else fits[0]


def _rebels(sides: list[Side]) -> list[Side]:
    """Soldiers and police beside a bombing or a murder are there because of it; they have not done it."""
    return [s for s in sides if s[0].type not in STATES]


def _typed(sides: list[Side], *types: ActorType) -> Side | None:
    return next((s for s in sides if s[0].type in types), None)


def _is_vague(side: Side) -> bool:
    return side[1] is not None and side[1].use in (Use.ARMED, Use.GANG)


# Two of a kind: "between rival gangs", "two armed groups exchanged fire".
_EACH_OTHER = re.compile(
    r"\brivals?\b|\beach other\b|\bbetween (?:two |several |unknown |unidentified |armed |drug |local |opposing )*"
    r"(?:groups|gangs|shooters|gunmen|men|individuals|persons|militias|tribes|clans|factions|traffickers|criminals|villages|families|cartels)\b"
    r"|\btwo (?:\w+ ){0,3}(?:groups|gangs|militias|tribes|clans|factions|families|villages)\b|\bfactional\b|\binfight"
)
# The wars between states in which whoever fights a state's army unnamed is the other one's: since that day (public record).
_INVADERS = {"Ukraine": ("Russia", date(2022, 2, 24))}


def _battle(cast: Cast) -> tuple[Side, Side]:
    a, p, o = cast.agents, cast.patients, cast.others
    one = _armed(a) or _armed(o) if not _armed(p) else _armed(a) or _armed(o, _armed(p))
    one = one or cast.fill(Use.ARMED)
    two = _armed(p, one) or _armed(a, one) or _armed(o, one)
    if two is not None and _is_vague(two):
        # "six fighters were killed" in fighting between two that are named
        two = _armed([s for s in a + o if not _is_vague(s)], one) or two
    untold = two is None or (_is_vague(one) and two[0].type in STATES)
    if untold and one[0].type not in STATES and _EACH_OTHER.search(cast.text):
        return one, one
    return one, two or _untold_side(cast, one)


def _untold_side(cast: Cast, one: Side) -> Side:
    """Whom a side fights where the text does not say: the country's army, or for that army its rebels."""
    if one[0].type is ActorType.EXTERNAL_OTHER_FORCES or one[0].type not in STATES:
        return cast.fill(Use.MILITARY)
    invader, since = _INVADERS.get(cast.country or "", ("", cast.day))
    if invader and cast.day >= since and not cast.rebels:
        return Actor(generic(Use.MILITARY, invader, cast.day).name, ActorType.EXTERNAL_OTHER_FORCES), None
    return next(iter(cast.rebels), cast.fill(Use.ARMED))


def _against_civilians(cast: Cast) -> tuple[Side, Side]:
    a, p, o = cast.agents, cast.patients, cast.others
    one = _armed(a) or _typed(a, ActorType.STATE_FORCES) or _armed(_rebels(o)) or cast.fill(Use.ARMED)
    victim = _typed(p, ActorType.CIVILIANS)
    own = victim[1].country.name if victim and victim[1] and victim[1].country else cast.country
    return one, (generic(Use.CIVILIAN, own, cast.day), victim[1] if victim else None)


# Arms that groups without an army fire as well.
_ROCKETS = re.compile(r"\b(?:rockets?|mortars?|katyushas?|projectiles?)\b")


def _explosion(cast: Cast) -> tuple[Side, Side | None]:
    a, p, o = cast.agents, cast.patients, cast.others
    state_arms = cast.sub in (
        SubEventType.AIR_DRONE_STRIKE,
        SubEventType.SHELLING,
        SubEventType.CHEMICAL_WEAPON,
    )
    beside = o if state_arms else _rebels(o)
    one = _armed(a) or _armed(beside, _armed(p)) or cast.fill(Use.ARMED)
    rockets = cast.sub is SubEventType.SHELLING and _ROCKETS.search(cast.text)
    if cast.sub in (SubEventType.AIR_DRONE_STRIKE, SubEventType.SHELLING) and one[1] is None and not rockets:
        one = generic(Use.MILITARY, None, cast.day), None
    whole = [s for s in p if s[1] is None or s[1] not in cast.parts]
    two = _armed(whole, one) or _typed(p, ActorType.CIVILIANS) or _armed(p, one) or _posted(o, one)
    if two is None and cast.has_victims and not _armed(o, one):
        two = cast.fill(Use.CIVILIAN)
    return one, two


_POSTS = re.compile(
    r"(?:station|checkpoint|post|base|camp|patrol|convoy|vehicle|outpost|barracks|garrison|headquarters)s?$"
)


def _posted(sides: list[Side], one: Side) -> Side | None:
    """Those whose post or patrol stands in the sentence of an explosion: it went off there."""
    return _armed([s for s in sides if s[1] is not None and s[1].is_state and _POSTS.search(s[1].text)], one)


def _protest(cast: Cast) -> tuple[Side, Side | None]:
    a, p, o = cast.agents, cast.patients, cast.others
    one = cast.fill(Use.PROTESTER)
    if cast.sub is SubEventType.PEACEFUL_PROTEST:
        return one, None
    acting = [s for s in a if s[0].type in STATES]
    force = (
        _police(acting)
        or _typed(acting, *STATES)
        or _police(p + o)
        or _typed(p + o, *STATES)
        or _armed(a + p + o)
    )
    if force is not None and force[1] is not None and (force[1].use is Use.GOVERNMENT or _is_security(force)):
        force = None
    return one, force or cast.fill(Use.POLICE)


def _police(sides: list[Side]) -> Side | None:
    """Soldiers in the same sentence are often only spoken of ("army recruits", "the invasion"); crowds meet the police."""
    return next((s for s in sides if s[1] is not None and s[0].name.startswith("Police")), None)


def _riot(cast: Cast) -> tuple[Side, Side | None]:
    a, p, o = cast.agents, cast.patients, cast.others
    one = _rioters(cast)
    if cast.sub is SubEventType.MOB_VIOLENCE:
        return one, _mobs_other_side(cast)
    forces = [s for s in a + p + o if s[1] is not None and s[1].use in (Use.POLICE, Use.MILITARY)]
    told = [s for s in forces if s[1] is not None and s[1].country]
    force = _police(forces) or next(iter(told or forces), None)
    return one, cast.fill(Use.POLICE) if force is not None and _is_security(force) else force


def _is_security(side: Side) -> bool:
    """ "Security forces" that meet a crowd are its country's police (ACLED's practice)."""
    return side[1] is not None and side[1].use is Use.MILITARY and side[1].noun.startswith("security")


def _rioters(cast: Cast) -> Side:
    """Rioters bear their own country's name where it is told: "Israeli settlers" in the West Bank."""
    crowds = [m for _, m in cast.agents if m is not None and m.is_crowd]
    told = next((m for m in crowds if _home_of(m)), None)
    return generic(Use.RIOTER, _home_of(told) if told else cast.country, cast.day), told


def _home_of(crowd: ActorMention) -> str | None:
    if crowd.country is not None:
        return crowd.country.name
    return next((c for g in crowd.groups for c in g.countries if g.type is ActorType.RIOTERS), None)


_CROWDS_CLASH = re.compile(
    r"\bclash(?:ed|es)?\b.{0,60}\b(?:between|each other|with (?:locals|residents|villagers|supporters|activists|members|students))\b"
    r"|\b(?:each other|two groups|factional clash|brawl between)\b|\bmembers of [^.]{2,60} clashed\b"
)


def _mobs_other_side(cast: Cast) -> Side:
    """Of a brawl between crowds both sides are rioters; a victim is a civilian, unless it is police or a group under arms."""
    forces = _armed([s for s in cast.patients if s[0].type not in SOFT]) or _typed(cast.agents, *STATES)
    if _CROWDS_CLASH.search(cast.text) and (
        forces is None or forces[0].type not in STATES or _EACH_OTHER.search(cast.text)
    ):
        return cast.fill(Use.RIOTER)
    victim = forces or _typed(cast.patients, ActorType.CIVILIANS)
    return cast.fill(Use.RIOTER) if cast.is_clash and not victim else victim or cast.fill(Use.CIVILIAN)


def _strategic(cast: Cast) -> tuple[Side, Side | None]:
    a, p, o = cast.agents, cast.patients, cast.others
    if cast.sub is SubEventType.ARRESTS:
        one = (
            _typed(a, ActorType.STATE_FORCES, ActorType.EXTERNAL_OTHER_FORCES)
            or _armed(a)
            or cast.fill(Use.POLICE)
        )
        return one, _armed(_rebels(p), one) or cast.fill(Use.CIVILIAN)
    if cast.sub is SubEventType.OTHER:
        return _other(cast)
    told = [s for s in a + o if s[0].type is not ActorType.CIVILIANS or cast.sub is not SubEventType.LOOTING]
    doers = (_armed(a), _typed(a, ActorType.STATE_FORCES), _armed(o), *told, _default_strategic(cast))
    acting = next(side for side in doers if side is not None)
    return acting, _other_side(cast, acting)


_DISPLACED = re.compile(r"^displacement:|\b(?:were|been|was) (?:forcibly )?(?:displaced|evicted)\b")


def _other(cast: Cast) -> tuple[Side, Side | None]:
    """Displaced people are actor 1; what an armed group does without violence it does to civilians."""
    a, p, o = cast.agents, cast.patients, cast.others
    if _DISPLACED.search(cast.text) and not _armed(a):
        return _typed(p + a + o, ActorType.CIVILIANS) or cast.fill(Use.CIVILIAN), None
    told = _typed(a, *STATES) or _armed(a)
    one = told or (a or p or o or [_default_strategic(cast)])[0]
    two = _armed(p, one)
    if two is None and one[0].type in (ActorType.REBEL_GROUP, ActorType.POLITICAL_MILITIA):
        two = cast.fill(Use.CIVILIAN)
    return one, two


def _other_side(cast: Cast, one: Side) -> Side | None:
    a, p, o = cast.agents, cast.patients, cast.others
    two = _armed(p, one) or _armed(a, one)
    if cast.sub in (SubEventType.CHANGE_TO_GROUP, SubEventType.HEADQUARTERS):
        two = None
    if cast.sub in (SubEventType.DISRUPTED_WEAPONS, SubEventType.NON_VIOLENT_TRANSFER):
        two = two or _armed(o, one)
    if cast.sub is SubEventType.LOOTING:
        two = _robbed(cast, one, two)
    if cast.sub is SubEventType.DISRUPTED_WEAPONS and two is None and one[0].type in STATES:
        two = cast.fill(Use.ARMED)  # the arms are somebody's
    if cast.sub is SubEventType.AGREEMENT and two is None:
        two = next((s for s in a + p + o if s[0].name != one[0].name), None)
    return two


_DRUGS = re.compile(
    r"\b(?:coca|poppy|opium|marijuana|cannabis|drug|cocaine|narcotics?) (?:lea(?:f|ves) |crops? )?(?:plants?|plantations?|lab(?:oratory|oratories|s)?|fields?|processing|crops?)\b"
)


def _robbed(cast: Cast, one: Side, two: Side | None) -> Side:
    """Whose property it is: that of a group whose hideout the state destroys, of a gang where it is drugs, else civilians'."""
    if one[0].type in STATES:
        group = _armed(_rebels(cast.patients + cast.others), one)
        if group is not None and group[1] is not None and group[1].use is Use.NAMED:
            return group
        if _DRUGS.search(cast.text):
            return cast.fill(Use.GANG)
    return two if two is not None and two[0].type is ActorType.STATE_FORCES else cast.fill(Use.CIVILIAN)


def _default_strategic(cast: Cast) -> Side:
    if cast.sub is SubEventType.LOOTING:
        return cast.fill(Use.ARMED)
    return cast.fill(Use.POLICE if cast.sub is SubEventType.DISRUPTED_WEAPONS else Use.MILITARY)


SIDES: dict[EventType, Callable[[Cast], tuple[Side, Side | None]]] = {
    EventType.BATTLES: _battle,
    EventType.VIOLENCE_AGAINST_CIVILIANS: _against_civilians,
    EventType.EXPLOSIONS: _explosion,
    EventType.PROTESTS: _protest,
    EventType.RIOTS: _riot,
    EventType.STRATEGIC: _strategic,
}
