"""The gold: events that people coded from articles, one JSON object a line, in ACLED's columns (tests/gold/README.md).

A column that a line leaves out is not judged; one that is null says that the article tells nothing of it.
"""

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, Field, ValidationError, model_validator

from schemas.actors import ActorType
from schemas.errors import InputError
from schemas.precision import GeoPrecision, Scope, TimePrecision
from schemas.taxonomy import EVENT_TYPE_OF, EventType, SubEventType

_ADVICE = "One line is one event: its article_id, and ACLED's columns by name (tests/gold/README.md)."
# pydantic's words for what a line of another shape has most often wrong
_WORDS = {"missing": "is missing", "extra_forbidden": "is no column of the gold"}


class GoldEvent(BaseModel, frozen=True, extra="forbid"):
    """One event of one article as a person coded it. `model_fields_set` are the columns that the line has.

    `main` False marks background: an event that the article mentions and that need not be found. `evidence` are the
    article's words behind a column.
    """

    article_id: str
    event_date: date
    sub_event_type: SubEventType
    country: str
    event_date_end: date | None = None
    time_precision: TimePrecision = TimePrecision.DAY
    event_type: EventType | None = None
    actor1: str | None = None
    assoc_actor_1: tuple[str, ...] = ()
    inter1: ActorType | None = None
    actor2: str | None = None
    assoc_actor_2: tuple[str, ...] = ()
    inter2: ActorType | None = None
    admin1: str | None = None
    location: str | None = None
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)
    geo_precision: GeoPrecision | None = None
    fatalities: int | None = Field(None, ge=0)
    injuries: int | None = Field(None, ge=0)
    abducted: int | None = Field(None, ge=0)
    arrested: int | None = Field(None, ge=0)
    participants: int | None = Field(None, ge=0)
    incident_count: int = Field(1, ge=1)
    scope: Scope = Scope.POLITICAL
    main: bool = True
    evidence: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.event_type is not None and self.event_type is not EVENT_TYPE_OF[self.sub_event_type]:
            raise ValueError(f"{self.sub_event_type.value} is no {self.event_type.value}")
        if self.last_day < self.event_date:
            raise ValueError("event_date_end lies before event_date")
        return self

    @property
    def kind(self) -> EventType:
        """The event type that the sub-event type belongs to."""
        return EVENT_TYPE_OF[self.sub_event_type]

    @property
    def is_typed(self) -> bool:
        """An accident has no type in ACLED: whatever its line says is not judged."""
        return self.scope is not Scope.ACCIDENT

    @property
    def last_day(self) -> date:
        """The last day of the event."""
        return self.event_date_end or self.event_date


def read_gold(path: Path, article_ids: Collection[str]) -> dict[str, list[GoldEvent]]:
    """The events of a file by article, in its order. Raises InputError for the first line that is no gold event, or whose
    article is not among `article_ids`."""
    events: dict[str, list[GoldEvent]] = {}
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.", "Give another file.") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            event = _event(line, f"{path} line {number}")
            if event.article_id not in article_ids:
                raise InputError(
                    f"{path} line {number}: no article has the id {event.article_id!r}.", _ADVICE
                )
            events.setdefault(event.article_id, []).append(event)
    return events


def _event(line: bytes, where: str) -> GoldEvent:
    try:
        return GoldEvent.model_validate_json(line)
    except ValidationError as error:
        raise InputError(f"{where} is no gold event: {_reason(error)}.", _ADVICE) from None


def _reason(error: ValidationError) -> str:
    first: Any = error.errors(include_url=False, include_input=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    words = _WORDS.get(first["type"]) or first["msg"].removeprefix("Value error, ")
    return f"`{name}` {words}" if name else str(words)
