"""From mentions to one place in ACLED's columns, with ACLED's geo precision."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipelines.coding.places.build import plain
from pipelines.coding.places.context import likeliest_country
from pipelines.coding.places.gazetteer import Gazetteer
from pipelines.coding.places.place import Place, PlaceContext, PlaceKind, PlaceMention
from schemas.countries import by_alpha2, fold_name
from schemas.precision import GeoPrecision

_LEVELS = {PlaceKind.ADMIN1: 0, PlaceKind.ADMIN2: 1, PlaceKind.ADMIN3: 2}
# The smaller the unit, the more a mention says.
_FINENESS = {
    PlaceKind.TOWN: 5, PlaceKind.FEATURE: 5, PlaceKind.ADMIN3: 4, PlaceKind.ADMIN2: 3, PlaceKind.ADMIN1: 2, PlaceKind.COUNTRY: 0,
}  # fmt: skip
# Characters between a mention and the event's word that weigh as much as one step of fineness.
_STEP = 60
# News tells its own place early and often.
_LATER, _LATER_MOST, _OFTEN = 0.15, 2.0, 0.6


def place_of(row: int, known: Gazetteer, *, near: bool, part: bool, written: str = "") -> Place:
    """A row of the gazetteer in ACLED's columns. `written` is the article's own spelling, which names a smaller place (the
    gazetteer's spellings of those are unknown to most readers); large ones and units have one name each. `near` and `part` ("northern X") lower the precision; a country alone has
    neither position nor precision, since its capital would be a guess."""
    chain, country, kind = known.chain(row), known.country(row), known.kind(row)
    admins: list[str | None] = [None, None, None]
    for unit in chain:
        level = _LEVELS.get(known.kind(unit))
        if level is not None:
            admins[level] = known.label(unit)
    bare = kind is PlaceKind.COUNTRY and country.alpha2 not in _CITY_STATES
    position = None if bare else _position(chain, known)
    return Place(
        country=country.name,
        iso=country.iso,
        region=country.region,
        admin1=admins[0],
        admin2=admins[1],
        admin3=admins[2],
        location=None if bare else _location(row, known, written),
        latitude=position[0] if position else None,
        longitude=position[1] if position else None,
        geo_precision=_precision(kind, near=near, part=part) if position else None,
        timezone=country.timezone,
        country_code=country.alpha2,
    )


def _location(row: int, known: Gazetteer, written: str) -> str:
    label = known.label(row)
    if not written or known.kind(row) is not PlaceKind.TOWN or known.population(row) >= _ONE_NAME:
        return label
    spelling = " ".join(written.split())
    if fold_name(spelling) in fold_name(label):
        return label
    return plain(spelling.title() if spelling.isupper() or spelling.islower() else spelling)


# Towns of this size have an English name that the gazetteer knows.
_ONE_NAME = 300_000
# Countries and territories that are one city: their name is a place as good as any town's.
_CITY_STATES = frozenset({"HK", "MO", "SG", "MC", "VA", "GI", "SM", "NR"})


def _position(chain: list[int], known: Gazetteer) -> tuple[float, float] | None:
    """Where a place stands; a unit in which no town is known stands where the unit above it does."""
    if known.kind(chain[0]) is PlaceKind.COUNTRY:
        return known.position(chain[0])
    found = (known.position(unit) for unit in chain[:-1])
    return next((position for position in found if position is not None), None)


def _precision(kind: PlaceKind, *, near: bool, part: bool) -> GeoPrecision:
    if kind is PlaceKind.FEATURE:
        return GeoPrecision.REGION  # a mountain range, a forest, a front: larger than a town
    if kind in (PlaceKind.TOWN, PlaceKind.COUNTRY):
        return GeoPrecision.NEAR if near or part else GeoPrecision.TOWN
    if kind is PlaceKind.ADMIN1 and not part:
        return GeoPrecision.REGION
    return GeoPrecision.NEAR


def unknown_place(name: str, holder: Place, kind: PlaceKind) -> Place:
    """A place that only its text knows: its own name, the position of what holds it, and that one's precision at best 2."""
    precision = GeoPrecision.REGION if kind is PlaceKind.ADMIN1 else GeoPrecision.NEAR
    return replace(holder, location=name, geo_precision=precision if holder.latitude is not None else None)


def country_place(alpha2: str) -> Place:
    """A country and nothing more: neither position nor precision."""
    country = by_alpha2()[alpha2]
    return Place(
        country.name, country.iso, country.region, None, None, None, None, None, None, None,
        timezone=country.timezone, country_code=alpha2,
    )  # fmt: skip


def resolve(mentions: Sequence[PlaceMention], context: PlaceContext, near: int | None = None) -> Place | None:
    """The place of an event from the mentions of its sentence (or of its article, where the sentence names none).

    The smallest and surest place wins, one after "in" or "at" before others; `near` is the character where the event's word
    stands: of equal ones the nearer wins. Without any mention the article's likeliest country stands alone; None where the
    article names no country either.
    """
    often = Counter((m.place.location, m.place.country) for m in mentions)
    best, most = None, -math.inf
    for order, mention in enumerate(mentions):
        worth = _worth(mention, context, near) - min(order * _LATER, _LATER_MOST)
        worth += _OFTEN * min(often[mention.place.location, mention.place.country] - 1, 3)
        if worth > most:
            best, most = mention, worth
    if best is None or best.place.location is None:
        return _country(best, context)
    return best.place


def _worth(mention: PlaceMention, context: PlaceContext, near: int | None) -> float:
    worth = _FINENESS[mention.kind] + 2.0 * mention.inside + 2.0 * mention.score
    worth -= 4.0 * mention.holds + 3.0 * mention.attributive
    worth += 4.0 * context.countries.get(mention.place.country_code or "", 0.0)
    if near is not None:
        worth -= min(abs(mention.start - near) / _STEP, 4.0)
    return worth


def _country(mention: PlaceMention | None, context: PlaceContext) -> Place | None:
    if mention is not None:
        return mention.place
    code = likeliest_country(context)
    return country_place(code) if code else None
