"""What a found place is: where it stands in the text, and where it lies in the world."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from schemas.countries import Region
from schemas.precision import GeoPrecision


class PlaceKind(StrEnum):
    """What sort of place a name stands for."""

    TOWN = "town"
    ADMIN1 = "admin1"
    ADMIN2 = "admin2"
    ADMIN3 = "admin3"
    COUNTRY = "country"
    FEATURE = "feature"  # a river, a mountain range, a camp, a crossing


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the world, in ACLED's columns.

    `latitude` and `longitude` (WGS 84, four decimals) and `geo_precision` are None where only the country is known:
    a capital's coordinates would be a guess. `geo_precision`: 1 a named town, 2 near a town or part of a region, 3 a
    larger region.
    """

    country: str | None
    iso: int | None
    region: Region | None
    admin1: str | None
    admin2: str | None
    admin3: str | None
    location: str | None
    latitude: float | None
    longitude: float | None
    geo_precision: GeoPrecision | None
    timezone: str | None = None
    country_code: str | None = None  # ISO 3166-1 alpha-2, as PlaceContext weighs countries


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A name of a place in a sentence, read as one place of the world.

    `start` and `end` are character offsets into the article. `near` is True for "near X", "outside X", "X-Y road".
    `inside` is True where the words before say that something happens there ("in", "at", "in the village of").
    `holds` is True where the name only says what holds another place (Y in "X, Y province").
    `attributive` is True where the name only describes people ("Sokoto militiamen"): they may act elsewhere.
    `row` is the gazetteer's row (None for a place that only the text knows), `held_by` the row of what the text names as
    holding it.
    `score` (0 to 1) says how sure the reading is; a name with several readings keeps the best.
    """

    start: int
    end: int
    text: str
    kind: PlaceKind
    place: Place
    population: int
    near: bool
    inside: bool
    score: float
    holds: bool = False
    attributive: bool = False
    row: int | None = None
    held_by: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What is known before the sentence is read.

    `countries` maps an alpha-2 code to its weight (from title, dateline, source, demonyms, actors; see
    `article_context`); `admin1` maps rows of provinces named in the article (or told
    by its towns) to a weight; `readings` maps folded names that the article's head explains ("Smyrna, Tenn.") to the row
    that is meant wherever the name comes again; `people` are folded surnames of the article's people.
    """

    countries: dict[str, float]
    admin1: dict[int, float]
    day: date | None = None
    readings: dict[str, int] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
