"""The columns that are compared: where a gold event makes a column due, and when a report agrees with it."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from pipelines.evaluating.gold import GoldEvent
from pipelines.evaluating.names import holds, same_actor, same_country
from schemas.report import Report
from schemas.taxonomy import EventType

Due = Callable[[GoldEvent], bool]
Agrees = Callable[[GoldEvent, Report], bool]

_EARTH_DIAMETER_KM = 12_742
NEAR_KM = 50


@dataclass(frozen=True, slots=True)
class Column:
    """One figure: its name, when it is due, when a report has it right."""

    name: str
    due: Due
    agrees: Agrees


def _given(*names: str) -> Due:
    return lambda gold: gold.model_fields_set.issuperset(names)


def _told(name: str) -> Due:
    return lambda gold: getattr(gold, name) is not None


def _equal(name: str, of_report: str = "") -> Column:
    """A figure that is due where the gold has one."""
    return Column(
        name,
        _told(name),
        lambda gold, report: bool(getattr(gold, name) == getattr(report, of_report or name)),
    )


def same_day(gold: GoldEvent, report: Report) -> bool:
    """The coded day lies on the gold's day or within its range."""
    return gold.event_date <= report.event_date <= gold.last_day


def _actor(name: str) -> Agrees:
    """The order of actors means nothing but in Violence against civilians, and there both are named."""

    def agrees(gold: GoldEvent, report: Report) -> bool:
        wanted = getattr(gold, name)
        if wanted is None:
            return report.actor2 is None
        return any(same_actor(wanted, told) for told in (report.actor1, report.actor2))

    return agrees


def _types(gold: GoldEvent, report: Report) -> bool:
    wanted = sorted(t for t in (gold.inter1, gold.inter2) if t is not None)
    return wanted == sorted(t for t in (report.inter1, report.inter2) if t is not None)


def _location(gold: GoldEvent, report: Report) -> bool:
    """Of "City - District", as ACLED names the quarters of big cities, the district must be named."""
    names = (report.location, report.admin1, report.admin2, report.admin3)
    wanted = (gold.location or "").rpartition(" - ")[2]
    return any(holds(name, wanted) for name in names)


def _admin1(gold: GoldEvent, report: Report) -> bool:
    wanted = gold.admin1 or ""
    return holds(report.admin1, wanted) or (report.admin1 is not None and holds(wanted, report.admin1))


def _is_near(gold: GoldEvent, report: Report) -> bool:
    if report.latitude is None or report.longitude is None:
        return False
    assert gold.latitude is not None
    assert gold.longitude is not None
    return kilometres(gold.latitude, gold.longitude, report.latitude, report.longitude) <= NEAR_KM


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance along the sphere (haversine); degrees in."""
    a, b, c, d = map(math.radians, (lat1, lon1, lat2, lon2))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return _EARTH_DIAMETER_KM * math.asin(math.sqrt(h))


COLUMNS = (
    Column("event_type", lambda gold: gold.is_typed, lambda g, r: g.kind is r.event_type),
    Column("sub_event_type", lambda gold: gold.is_typed, lambda g, r: g.sub_event_type is r.sub_event_type),
    Column("event_date", lambda gold: True, same_day),
    Column("event_date_end", _given("event_date_end"), lambda g, r: g.last_day == r.event_date_end),
    Column("time_precision", _given("time_precision"), lambda g, r: g.time_precision == r.time_precision),
    Column("actor1", _given("actor1"), _actor("actor1")),
    Column("actor2", _given("actor2"), _actor("actor2")),
    Column("inter1 and inter2", _given("inter1", "inter2"), _types),
    Column("country", lambda gold: True, lambda gold, report: same_country(gold.country, report.country)),
    Column("admin1", _told("admin1"), _admin1),
    Column("location", _told("location"), _location),
    Column(f"within {NEAR_KM} km", lambda g: g.latitude is not None and g.longitude is not None, _is_near),
    _equal("geo_precision"),
    _equal("fatalities"),
    Column("fatalities, where any died", lambda gold: bool(gold.fatalities), lambda g, r: g.fatalities == r.fatalities),
    _equal("injuries", "injuries_best"),
    _equal("abducted"),
    _equal("arrested"),
    _equal("participants"),
    Column(
        "incident_count, where more than one",
        lambda gold: gold.incident_count > 1,
        lambda gold, report: gold.incident_count == report.incident_count,
    ),
)  # fmt: skip
_VIOLENT = {EventType.BATTLES, EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.EXPLOSIONS}
_CROWDS = {EventType.PROTESTS, EventType.RIOTS}


def same_family(gold: EventType, told: EventType) -> bool:
    """Event types that are readings of one event: forms of violence, forms of demonstration."""
    return gold is told or any({gold, told} <= family for family in (_VIOLENT, _CROWDS))
