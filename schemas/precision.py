"""Closed vocabularies of a report: precision codes, bases of numbers, factuality, scope, source scale.

Source: ACLED codebook, "Time precision", "Geo precision", "Fatalities"; DESIGN section 3 for ours.
"""

from enum import IntEnum, StrEnum


class TimePrecision(IntEnum):
    """1 the day is known; 2 the week or weekend (its middle is coded); 3 the month (its midpoint, or first/last day)."""

    DAY = 1
    WEEK = 2
    MONTH = 3


class GeoPrecision(IntEnum):
    """1 a named town; 2 near a town or part of a region; 3 a larger region or its capital."""

    TOWN = 1
    NEAR = 2
    REGION = 3


class FatalitiesBasis(StrEnum):
    """What the figure rests on: zero and unknown are different values."""

    EXACT = "exact"
    RANGE = "range"
    WORD = "word"
    NONE = "none"


class CountBasis(StrEnum):
    """What an incident count rests on."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"
    WORD = "word"
    NONE = "none"


class Factuality(StrEnum):
    """What the text says of the event; only asserted and attributed ones are landed as reports."""

    ASSERTED = "asserted"
    ATTRIBUTED = "attributed"
    DENIED = "denied"
    DEMANDED = "demanded"
    PLANNED = "planned"
    FEARED = "feared"
    HOPED = "hoped"
    HYPOTHETICAL = "hypothetical"
    CONDITIONAL = "conditional"
    THREATENED = "threatened"
    AVERTED = "averted"
    FICTIONAL = "fictional"


LANDED_FACTUALITY = frozenset({Factuality.ASSERTED, Factuality.ATTRIBUTED})


class Scope(StrEnum):
    """ACLED's scope is political; deliberate violence without it, and accidents, are kept apart."""

    POLITICAL = "political"
    CRIMINAL = "criminal"
    ACCIDENT = "accident"


SOURCE_SCALES = (
    "Local partner",
    "Subnational",
    "National",
    "Regional",
    "International",
    "Other",
    "New media",
)
