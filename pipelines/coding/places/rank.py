"""Which of a name's homonyms is meant: population, the article's countries and provinces, and what stands beside it."""

import math
from collections.abc import Collection

from pipelines.coding.places.context import OFTEN_MEANT_OTHERWISE
from pipelines.coding.places.cues import Cues
from pipelines.coding.places.gazetteer import Gazetteer
from pipelines.coding.places.names import Name
from pipelines.coding.places.place import PlaceContext, PlaceKind
from schemas.countries import fold_name

# Weights found by trial on news of many countries; only their proportions matter.
_POPULATION, _COUNTRY, _PROVINCE, _HELD, _KIND, _WRONG_KIND = 0.45, 0.55, 0.3, 0.7, 0.35, 0.3
_HOLDING = {PlaceKind.ADMIN1: 0.22, PlaceKind.ADMIN2: 0.12}
_OTHERWISE = 0.35
# The article has said which place of that name it means.
_TOLD = 0.6
# "X (district Y, province Z)": each unit that fits adds to it.
_HELD_TWICE = 0.2
_HOLDS_IT = 0.3
_UNKNOWN_POPULATION = 200
_LARGEST = 7.3  # log10 of the largest city's people
# How well a name alone tells its kind: units of the first level are named as such, of the second rarely.
_PLAIN_KIND = {
    PlaceKind.TOWN: 0.05,
    PlaceKind.ADMIN1: 0.1,
    PlaceKind.ADMIN2: 0.0,
    PlaceKind.ADMIN3: 0.0,
    PlaceKind.COUNTRY: 0.6,
    PlaceKind.FEATURE: 0.05,
}


def rank(
    name: Name,
    cues: Cues,
    context: PlaceContext,
    holders: Collection[int],
    gazetteer: Gazetteer,
    *,
    held: Collection[int] = (),
) -> tuple[int, float]:
    """The best reading of a name and how well it fits (about 0 to 2; above 0.5 it stands without other evidence).

    `holders` are rows of the places that the text names as holding this one ("X, Y province"); `held` are the possible rows
    of the name that this one may hold: then a unit is likelier than its town, and one that does hold it likelier still.
    """
    above = {unit for row in held for unit in gazetteer.chain(row)[1:]}
    best, most = -1, -1.0
    told = context.readings.get(name.key)
    for row in name.rows:
        score = _score(row, cues, context, holders, gazetteer)
        if held:
            score += _HOLDING.get(gazetteer.kind(row), 0.0) + (_HOLDS_IT if row in above else 0.0)
        score += _TOLD if row == told else 0.0
        if score > most:
            best, most = row, score
    return best, most


def _score(
    row: int, cues: Cues, context: PlaceContext, holders: Collection[int], gazetteer: Gazetteer
) -> float:
    kind = gazetteer.kind(row)
    people = max(gazetteer.population(row), _UNKNOWN_POPULATION)
    score = _POPULATION * math.log10(people) / _LARGEST + _PLAIN_KIND[kind]
    if kind is PlaceKind.COUNTRY and fold_name(gazetteer.label(row)) in OFTEN_MEANT_OTHERWISE:
        score -= _OTHERWISE
    score += _COUNTRY * context.countries.get(gazetteer.country(row).alpha2, 0.0)
    chain = gazetteer.chain(row)
    held_by = sum(unit in holders for unit in chain[1:]) if holders else 0
    if held_by:
        score += _HELD + _HELD_TWICE * (held_by - 1)
    else:
        score += _PROVINCE * min(1.0, max((context.admin1.get(unit, 0) for unit in chain[1:]), default=0))
    return score + _kind_score(kind, cues)


def _kind_score(kind: PlaceKind, cues: Cues) -> float:
    if cues.kind is None:
        return 0.0
    if cues.kind is kind or (cues.kind is PlaceKind.ADMIN2 and kind is PlaceKind.ADMIN3):
        return _KIND
    if cues.kind is PlaceKind.TOWN and kind is PlaceKind.FEATURE:
        return _KIND
    return -_WRONG_KIND
