"""Whether a name stands for a place at all where it is written: not a person, a street, a piece of a longer name or a homonym."""

import re
from dataclasses import dataclass

from pipelines.coding.places.cues import Cues
from pipelines.coding.places.gazetteer import Gazetteer
from pipelines.coding.places.names import Name, Token
from pipelines.coding.places.place import PlaceContext, PlaceKind
from pipelines.coding.places.words import words

# Somebody's name is a place's too where something is said to happen in it.
_SURELY_IN, _IN_REACH = (
    re.compile(
        r"\b(?:in|at|near|inside|outside|around|across|city\s+of|town\s+of)\s+(?:the\s+)?(?:[a-z]+\s+)?$",
        re.I,
    ),
    40,
)
# How well a reading must fit: after "in" and the like, and anywhere else.
_FIT_INSIDE, _FIT_ELSEWHERE = 0.40, 0.52
# Roads of the United States are named after anybody; elsewhere after the town that they lead to.
_US_ROAD, _MOSTLY_US = re.compile(r"\s+(?:Road|Rd|Highway|Hwy)\b"), 0.5
# In an article that tells of no country at all, any town after "in" is better than none.
_FIT_NOWHERE = 0.28
# Towns of this size are meant by their names, wherever the text seems to put them.
WELL_KNOWN = 300_000
# A name that stands beside another belongs to it, unless it is of a country or a town of this size ("Aleppo Syria").
LARGE = 100_000
# The least weight of a state that an article tells of.
_STATE_TOLD = 0.5
# A small town in a country that an article of another country hardly names is a homonym.
_HARDLY, _MOSTLY = 0.03, 0.6
# In texts without capitals: the least weight of a country, and the least town that its name alone tells.
_CASELESS_COUNTRY, _TOWN_BY_NAME = 0.12, 50_000


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence while it is read."""

    text: str
    tokens: list[Token]
    context: PlaceContext
    known: Gazetteer
    has_case: bool


def stands(reading: Reading, name: Name, cue: Cues, row: int, score: float, *, tied: bool) -> bool:
    """Whether a name is a place here. `tied`: it holds its neighbour, or is held by it ("Quincy, Washington")."""
    if cue.is_organisation or cue.is_street or (cue.is_person and not tied):
        return False
    if tied:
        return True
    if (
        reading.context.countries.get("US", 0.0) >= _MOSTLY_US
        and _US_ROAD.match(reading.text, name.end) is not None
    ):
        return False
    if _is_doubtful(reading, name, cue, row):
        return False
    if not reading.context.countries and cue.is_inside:
        return score >= _FIT_NOWHERE
    fit = _FIT_INSIDE if cue.is_inside or cue.kind is not None else _FIT_ELSEWHERE
    return score >= fit


def _is_doubtful(reading: Reading, name: Name, cue: Cues, row: int) -> bool:
    """Whether a name is too short, too common, a piece of a longer one, or lost among capitals, to stand by itself."""
    known, kind = reading.known, reading.known.kind(row)
    people, country = known.population(row), reading.context.countries.get(known.country(row).alpha2, 0.0)
    if name.first == name.last and _names_person(reading, name, cue):
        return True
    if cue.is_longer and people < WELL_KNOWN and kind in (PlaceKind.TOWN, PlaceKind.ADMIN2):
        return True
    if kind is PlaceKind.COUNTRY:
        return False
    if cue.is_acronym or _is_abroad(reading.context, country, people) or _is_of_other_state(reading, row):
        return True
    if len(name.key) <= 3 and (country < 0.5 or not cue.is_strictly_in):
        return True
    lone = country < _CASELESS_COUNTRY or (not cue.is_inside and people < _TOWN_BY_NAME)
    return lone and not reading.has_case  # without capitals any word may look like a small town


def _names_person(reading: Reading, name: Name, cue: Cues) -> bool:
    """Whether a word is somebody's name here: by the names of the world, or by those of the article's people."""
    if name.key in words("person") and not cue.is_strictly_in:
        return True
    if name.key not in reading.context.people or cue.kind is not None:
        return False
    return _SURELY_IN.search(reading.text, max(0, name.start - _IN_REACH), name.start) is None


def _is_of_other_state(reading: Reading, row: int) -> bool:
    """Whether a small town lies in a state of the United States that the article does not tell of, while it tells of others."""
    known = reading.known
    if known.country(row).alpha2 != "US" or known.population(row) >= LARGE:
        return False
    told = {
        unit
        for unit, weight in reading.context.admin1.items()
        if weight >= _STATE_TOLD and known.country(unit).alpha2 == "US"
    }
    return bool(told) and told.isdisjoint(known.chain(row))


def _is_abroad(context: PlaceContext, country: float, people: int) -> bool:
    return (
        country < _HARDLY and people < WELL_KNOWN and max(context.countries.values(), default=0.0) > _MOSTLY
    )
