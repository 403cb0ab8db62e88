"""ACLED's name and inter code of an actor: by country, by day, and by where the event lies.

Source: ACLED codebook, "Actors": state forces by regime; generic actors carry the country; an army abroad is 8.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from pipelines.coding.actors.mention import ActorMention, Group, Use
from pipelines.coding.actors.units import REGIME_MARK, unit_of
from pipelines.coding.actors.unlisted import HERE
from pipelines.coding.lexicon import read_rows, split_words
from schemas.actors import ActorType
from schemas.countries import by_name, fold_name

# The day Kabul fell: from then on the Taliban are Afghanistan's state forces (public record).
TALIBAN_RULE_SINCE = date(2021, 8, 15)

# The day the Houthi movement set up its Supreme Political Council: ACLED names its forces after it from then on.
HOUTHI_RULE_SINCE = date(2016, 7, 28)

# Stands where the text tells no country: ACLED's generic actors always carry one.
UNKNOWN = "Unknown"
# In Palestine soldiers of no named army are Israel's (ACLED's practice).
_ARMY_IN = {"Palestine": "Israel"}


@dataclass(frozen=True, slots=True)
class Actor:
    """Name and inter code, as ACLED would write them."""

    name: str
    type: ActorType


@dataclass(frozen=True, slots=True)
class _Regime:
    first: int
    last: int | None
    label: str


@cache
def _regimes() -> dict[str, tuple[bool, tuple[_Regime, ...]]]:
    table = {}
    for row in read_rows("regimes.tsv"):
        periods = tuple(_regime(period) for period in split_words(row["periods"]))
        table[row["country"]] = (row["the"] == "1", periods)
    return table


def _regime(period: str) -> _Regime:
    first, _, last = period.partition("-")
    return _Regime(int(first), int(last) if last else None, period)


def state_name(kind: str, country: str, day: date) -> str:
    """ "Military Forces of Mali (2021-)": the forces of a country under the regime of that day."""
    article, periods = _regimes().get(country, (False, ()))
    name = f"{kind} of {'the ' if article else ''}{country}"
    # In a year of change the later regime is written: most changes fall early in the year.
    living = [p for p in periods if p.first <= day.year <= (p.last or 9999)]
    if country == "Afghanistan" and day.year == 2021 and day < TALIBAN_RULE_SINCE:
        living = [p for p in living if p.first < 2021]
    return f"{name} ({living[-1].label})" if living else name


def generic(
    use: Use, country: str | None, day: date, people: str | None = None, *, communal: bool = False
) -> Actor:
    """The generic actor of a sort: "Protesters (X)", "Unidentified Armed Group (X)", "Civilians (X)"."""
    suffix = f" ({country or UNKNOWN})"
    if use is Use.MILITARY:
        name = state_name("Military Forces", country, day) if country else "Unidentified Military Forces"
        return Actor(name, ActorType.STATE_FORCES)
    if use is Use.POLICE:
        name = state_name("Police Forces", country, day) if country else "Unidentified Police Forces"
        return Actor(name, ActorType.STATE_FORCES)
    if use is Use.GOVERNMENT:
        name = state_name("Government", country, day) if country else "Unidentified Government"
        return Actor(name, ActorType.STATE_FORCES)
    label, kind = _GENERIC[use]
    if use is Use.COMMUNAL and people:
        label = f"{people} {'Communal' if communal else 'Ethnic'} Militia"
    return Actor(label + suffix, kind)


_GENERIC = {
    Use.NAMED: ("Unidentified Armed Group", ActorType.POLITICAL_MILITIA),
    Use.ARMED: ("Unidentified Armed Group", ActorType.POLITICAL_MILITIA),
    Use.GANG: ("Unidentified Gang", ActorType.POLITICAL_MILITIA),
    Use.COMMUNAL: ("Unidentified Communal Militia", ActorType.IDENTITY_MILITIA),
    Use.PROTESTER: ("Protesters", ActorType.PROTESTERS),
    Use.RIOTER: ("Rioters", ActorType.RIOTERS),
    Use.CIVILIAN: ("Civilians", ActorType.CIVILIANS),
    Use.SITE: ("Unidentified Armed Group", ActorType.POLITICAL_MILITIA),
}


# "Rizeigat militia": a people before the noun makes it an identity militia.
_FOLK_MILITIA = frozenset(("militia", "militiaman", "militant youth"))


def resolve_actor(mention: ActorMention, country: str | None, day: date) -> Actor:
    """The actor of a mention, for an event in `country` on `day`. An army outside its own country is type 8."""
    if mention.use is Use.NAMED:
        return _named(mention, country, day)
    known = _by_custom(mention, country, day)
    if known is not None:
        return known
    own = mention.country.name if mention.country else country
    if mention.use is Use.MILITARY and own in _ARMY_IN:
        own = _ARMY_IN[own]
    if mention.use in _LOCAL:
        return _local(mention, own, country, day)
    actor = _special(mention, own, day) or generic(mention.use, own, day)
    if actor.type is ActorType.STATE_FORCES and own and country and own != country:
        return Actor(actor.name, ActorType.EXTERNAL_OTHER_FORCES)
    return actor


# Whom "the coalition" means in a country, and since and until when (public record; names: ACLED).
_COALITIONS = {
    "Syria": ("Global Coalition Against Daesh", 2014, 9999),
    "Iraq": ("Global Coalition Against Daesh", 2014, 9999),
    "Yemen": ("Operation Restoring Hope", 2015, 9999),
    "Afghanistan": ("NATO: North Atlantic Treaty Organization", 2001, 2021),
}
_REBEL_NOUNS = frozenset(
    "rebel|rebel group|rebel force|rebel faction|opposition fighter|opposition force|armed opposition|opposition group|rebel army".split(
        "|"
    )
)
# The years of the war in which Syria's rebels without a name are "Opposition Rebels" (ACLED's practice).
_SYRIAN_REBELS = (2011, 2024)


def _by_custom(mention: ActorMention, country: str | None, day: date) -> Actor | None:
    """What a common noun means in a country's war: "the coalition" in Iraq, "rebels" in Syria."""
    led = mention.use is Use.MILITARY and (
        mention.noun.startswith("coalition") or "-led" in mention.text.lower()
    )
    name, first, last = _COALITIONS.get(country or "", ("", 0, 0))
    if led and name and first <= day.year <= last:
        return Actor(name, ActorType.EXTERNAL_OTHER_FORCES)
    if (
        country == "Syria"
        and mention.noun in _REBEL_NOUNS
        and _SYRIAN_REBELS[0] <= day.year <= _SYRIAN_REBELS[1]
    ):
        return Actor("Opposition Rebels (Syria)", ActorType.REBEL_GROUP)
    return None


# ACLED names unidentified groups after the country that they act in, whatever country stands beside the word.
_LOCAL = frozenset((Use.ARMED, Use.GANG, Use.COMMUNAL))


def _local(mention: ActorMention, own: str | None, country: str | None, day: date) -> Actor:
    people = mention.people
    if (
        people is None
        and mention.country
        and own != country
        and mention.text.startswith(mention.country.name)
    ):
        people = own  # in Nigeria "Niger militiamen" are those of Niger State
    use = Use.COMMUNAL if people and mention.noun in _FOLK_MILITIA else mention.use
    communal = "communal" in mention.noun or people != mention.people
    actor = generic(use, country or own, day, people, communal=communal)
    sort = next((label for word, label in _SORTS if word in mention.noun), None)
    if sort is None or people is not None:
        return actor
    return Actor(actor.name.replace("Unidentified Communal", f"Unidentified {sort}"), actor.type)


# ACLED tells unidentified militias of a tribe, a clan or a people from those of a village.
_SORTS = (("trib", "Tribal"), ("clan", "Clan"), ("ethnic", "Ethnic"))


def _special(mention: ActorMention, own: str | None, day: date) -> Actor | None:
    """ "The gendarmes" of Turkey: the special body that the noun means in that country."""
    unit = unit_of(mention.noun, own) if own and mention.use in (Use.MILITARY, Use.POLICE) else None
    if unit is None or own is None:
        return None
    return Actor(f"{state_name(unit[0], own, day)} {unit[1]}", ActorType.STATE_FORCES)


# What a common name ("opposition fighters", "village guards") means where no group of that name is at home.
_COMMON = {
    ActorType.STATE_FORCES: Use.MILITARY, ActorType.EXTERNAL_OTHER_FORCES: Use.MILITARY,
    ActorType.RIOTERS: Use.RIOTER, ActorType.PROTESTERS: Use.PROTESTER,
}  # fmt: skip


def _named(mention: ActorMention, country: str | None, day: date) -> Actor:
    """Of the groups with this name the one at home in the country, else one of the whole world; alive on the day."""
    group = max(mention.groups, key=lambda g: (country in g.countries, not g.countries, g.lives_on(day)))
    is_common = mention.text.islower() and mention.text.startswith(mention.noun)
    if country and is_common and group.countries and country not in group.countries:
        return generic(_COMMON.get(group.type, Use.ARMED), country, day)
    if group.name == "Taliban":
        return _taliban(day)
    if group.name == "Houthi Movement" and day >= HOUTHI_RULE_SINCE:
        return Actor("Military Forces of Yemen (2016-) Supreme Political Council", ActorType.STATE_FORCES)
    if group.type is not ActorType.STATE_FORCES:
        return Actor(group.name.replace(HERE, country or UNKNOWN), group.type)
    return _state_force(group, country, day)


def _state_force(group: Group, country: str | None, day: date) -> Actor:
    """An army, a police force or a unit of theirs, under the regime of the day; abroad it is type 8."""
    home = group.countries[0] if group.countries else country
    kind = ActorType.STATE_FORCES if country in (None, *group.countries) else ActorType.EXTERNAL_OTHER_FORCES
    name, _, unit = group.name.partition(REGIME_MARK)
    for force in ("Military Forces", "Police Forces"):
        if home is None or not name.startswith(f"{force} of") or "(" in name:
            continue
        if country is not None and _is_too_far(home, country):
            return Actor(state_name(force, country, day), ActorType.STATE_FORCES)
        return Actor(state_name(force, home, day) + unit, kind)
    return Actor(group.name, kind)


# Armies that act in every part of the world (public record).
_FAR_REACHING = frozenset(("United States", "Russia", "France", "United Kingdom", "Turkey", "Israel", "Iran"))


def _is_too_far(home: str, country: str) -> bool:
    """ "PNC", "Joint Task Force": a name that forces of several continents bear is that of the event's own country."""
    if home in _FAR_REACHING or home == country:
        return False
    one, other = (by_name().get(fold_name(name)) for name in (home, country))
    return (
        one is not None
        and other is not None
        and one.region.value.split()[-1] != other.region.value.split()[-1]
    )


def _taliban(day: date) -> Actor:
    if day < TALIBAN_RULE_SINCE:
        return Actor("Taliban", ActorType.REBEL_GROUP)
    return Actor(state_name("Military Forces", "Afghanistan", day), ActorType.STATE_FORCES)
