"""The columns: when they are due, and when a report has them right."""

from datetime import date
from typing import Any

import pytest

from pipelines.evaluating.columns import COLUMNS, kilometres, same_family
from pipelines.evaluating.gold import GoldEvent
from schemas.actors import ActorType
from schemas.taxonomy import EventType
from tests.kit.coded import report
from tests.kit.evaluated import gold

BY_NAME = {column.name: column for column in COLUMNS}


def right(name: str, wanted: GoldEvent, **changes: Any) -> bool:
    """Whether the report, changed, has the column right."""
    column = BY_NAME[name]
    assert column.due(wanted)
    return column.agrees(wanted, report(**changes))


def test_a_report_that_agrees_is_right_in_every_column_that_is_due() -> None:
    due = [c for c in COLUMNS if c.due(gold())]
    assert {c.name for c in due if not c.agrees(gold(), report())} == set()
    assert len(due) >= 13


def test_what_the_gold_leaves_out_is_not_due() -> None:
    bare = GoldEvent.model_validate(
        {"article_id": "a", "event_date": "2026-03-02", "sub_event_type": "Attack", "country": "Mali"}
    )
    assert {c.name for c in COLUMNS if c.due(bare)} == {
        "event_type",
        "sub_event_type",
        "event_date",
        "country",
    }


@pytest.mark.parametrize(
    ("name", "wanted", "changes"),
    [
        ("event_date", gold(), {"event_date": date(2026, 3, 3)}),
        ("event_date_end", gold(), {"event_date_end": date(2026, 3, 4)}),
        ("actor1", gold(), {"actor1": "Taliban"}),
        ("actor2", gold(actor2=None), {}),
        ("inter1 and inter2", gold(), {"inter1": ActorType.REBEL_GROUP}),
        ("country", gold(), {"country": None}),
        ("admin1", gold(), {"admin1": "Gao"}),
        ("location", gold(), {"location": "Gao", "admin1": "Gao"}),
        ("within 50 km", gold(), {"latitude": 15.9}),
        ("within 50 km", gold(), {"latitude": None, "longitude": None}),
        ("fatalities, where any died", gold(), {"fatalities": 3}),
        ("injuries", gold(injuries=4), {}),
        ("incident_count, where more than one", gold(incident_count=41), {}),
    ],
)
def test_a_differing_value_is_wrong(name: str, wanted: GoldEvent, changes: dict[str, Any]) -> None:
    assert not right(name, wanted, **changes)


def test_a_day_within_the_golds_range_and_actors_in_the_other_order_are_right() -> None:
    assert right("event_date", gold(event_date_end=date(2026, 3, 8)), event_date=date(2026, 3, 5))
    assert right(
        "actor1", gold(), actor1="Military Forces of Mali (2021-)", actor2="Unidentified Armed Group (Mali)"
    )


def test_of_a_city_and_its_district_the_district_must_be_named() -> None:
    assert right("location", gold(location="Bamako - Hippodrome"), location="Hippodrome")
    assert not right("location", gold(location="Bamako - Hippodrome"), location="Bamako")


def test_distance_and_families() -> None:
    assert kilometres(0, 0, 0, 1) == pytest.approx(111.2, abs=0.1)
    assert same_family(EventType.BATTLES, EventType.EXPLOSIONS)
    assert not same_family(EventType.BATTLES, EventType.RIOTS)
    assert same_family(EventType.STRATEGIC, EventType.STRATEGIC)
