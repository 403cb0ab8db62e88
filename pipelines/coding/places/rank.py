"""Which of a name's homonyms is meant: population, the article's countries and provinces, and what stands beside it."""

import math
from collections.abc import Collection

from pipelines.coding.places.cues import Cues
from pipelines.coding.places.gazetteer import Gazetteer
from pipelines.coding.places.place import PlaceContext, PlaceKind

# Weights found by trial on news of many countries; only their proportions matter.
_POPULATION, _COUNTRY, _PROVINCE, _HELD, _KIND, _WRONG_KIND = 0.45, 0.55, 0.2, 0.7, 0.35, 0.3
_HOLDING = 0.15
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
    rows: Collection[int],
    cues: Cues,
    context: PlaceContext,
    holders: Collection[int],
    gazetteer: Gazetteer,
    *,
    holding: bool = False,
) -> tuple[int, float]:
    """The best reading of a name and how well it fits (about 0 to 2; above 0.5 it stands without other evidence).

    `holding` says that the name may itself only hold the one before it (then a unit is likelier than its town);
    `holders` are rows of the places that the text names as holding this one ("X, Y province").
    """
    best, most = -1, -1.0
    for row in rows:
        score = _score(row, cues, context, holders, gazetteer)
        if holding and gazetteer.kind(row) in (PlaceKind.ADMIN1, PlaceKind.ADMIN2):
            score += _HOLDING
        if score > most:
            best, most = row, score
    return best, most


def _score(
    row: int, cues: Cues, context: PlaceContext, holders: Collection[int], gazetteer: Gazetteer
) -> float:
    kind = gazetteer.kind(row)
    people = max(gazetteer.population(row), _UNKNOWN_POPULATION)
    score = _POPULATION * math.log10(people) / _LARGEST + _PLAIN_KIND[kind]
    score += _COUNTRY * context.countries.get(gazetteer.country(row).alpha2, 0.0)
    chain = gazetteer.chain(row)
    if holders and any(unit in holders for unit in chain[1:]):
        score += _HELD
    elif any(context.admin1.get(unit) for unit in chain[1:]):
        score += _PROVINCE
    return score + _kind_score(kind, cues)


def _kind_score(kind: PlaceKind, cues: Cues) -> float:
    if cues.kind is None:
        return 0.0
    if cues.kind is kind or (cues.kind is PlaceKind.ADMIN2 and kind is PlaceKind.ADMIN3):
        return _KIND
    if cues.kind is PlaceKind.TOWN and kind is PlaceKind.FEATURE:
        return _KIND
    return -_WRONG_KIND
