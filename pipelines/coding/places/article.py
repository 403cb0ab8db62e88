"""What an article is about: a first look at its names, then a reading of its head, which tells names apart for the rest."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pipelines.coding.places.context import first_context
from pipelines.coding.places.find import find_places
from pipelines.coding.places.gazetteer import Gazetteer, gazetteer
from pipelines.coding.places.place import PlaceContext, PlaceKind, PlaceMention
from schemas.countries import fold_name

# The head is read in one piece: title, dateline and lead explain the names of the rest ("Smyrna, Tenn.").
_HEAD = 700
# How much a place of the head speaks for the other places of its province: one that is held or large more than others.
_SURE, _LIKELY = 0.6, 0.25
_SURE_SCORE, _LIKELY_SCORE = 0.7, 0.55


def article_context(
    title: str,
    text: str,
    *,
    dateline: str | None = None,
    source: str = "",
    actors: Mapping[str, float] | None = None,
    day: date | None = None,
) -> PlaceContext:
    """Weights of countries (summing up to 1) and provinces of an article, and the readings of names that its head explains.

    `dateline` is the place of the dateline as written; `actors` maps alpha-2 codes of countries whose forces or groups the
    article tells of to weights that are added; `source` is the newspaper's name. An article that names nothing gives an
    empty context. Never raises.
    """
    first = first_context(title, text, dateline or "", source, actors or {})
    head = f"{title}.\n{text[:_HEAD]}"
    return _told_by(find_places(head, 0, first), replace(first, day=day), gazetteer())


def _told_by(mentions: list[PlaceMention], context: PlaceContext, known: Gazetteer) -> PlaceContext:
    provinces = defaultdict(float, context.admin1)
    readings: dict[str, int] = {}
    for mention in mentions:
        if mention.row is None or mention.kind is PlaceKind.COUNTRY:
            continue
        if mention.held_by is not None:
            readings.setdefault(fold_name(mention.text), mention.row)
        weight = _weight(mention)
        for unit in known.chain(mention.row)[1:]:
            if known.kind(unit) is PlaceKind.ADMIN1:
                provinces[unit] += weight
    return replace(context, admin1=dict(provinces), readings=readings)


def _weight(mention: PlaceMention) -> float:
    if mention.held_by is not None or mention.score >= _SURE_SCORE:
        return _SURE
    return _LIKELY if mention.score >= _LIKELY_SCORE else 0.0
