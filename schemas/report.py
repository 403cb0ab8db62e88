"""The report: one event as one article tells it. ACLED's columns verbatim, plus evidence, ranges and honesty.

An aggregate such as "2,162 attacks" is ONE report with `incident_count` 2162.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from schemas.actors import ActorType
from schemas.columns import Int8, Int16, Int32, column
from schemas.precision import (
    CountBasis,
    Factuality,
    FatalitiesBasis,
    GeoPrecision,
    Scope,
    TimePrecision,
)
from schemas.taxonomy import DisorderType, EventType, SubEventType


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that a field's value rests on, and where in the article's text or title the words stand."""

    field: str = column("Name of the report's field that this supports.")
    sentence: str = column("The sentence, as it stands in the article.")
    part: str = column("`text` or `title`: where the offsets point into.")
    start: Int32 = column("First character of the supporting words.")
    end: Int32 = column("Character after the last of the supporting words.")


@dataclass(frozen=True, slots=True)
class Report:
    """One event as one article tells it."""

    report_id: str = column("Deterministic: article id + text hash + evidence span + sub-event type.")
    article_id: str = column("The article that tells it.")
    text_sha256: str = column("The revision of the article.")
    coder_version: str = column("Version of the coder that wrote this row.")
    # ACLED's columns
    event_date: date = column("Day of the event; for a range its first day (ACLED).")
    event_date_end: date = column("Last day of the event; equal to event_date for a single day.")
    year: Int16 = column("Year of event_date (ACLED).")
    time_precision: TimePrecision = column("1 day, 2 week, 3 month (ACLED).")
    disorder_type: DisorderType = column("ACLED's disorder type of the sub-event type.")
    event_type: EventType = column("One of ACLED's six event types.")
    sub_event_type: SubEventType = column("One of ACLED's 25 sub-event types.")
    actor1: str = column("Named actor 1, after ACLED's naming rules.")
    assoc_actor_1: tuple[str, ...] = column("Allies or identity of actor 1.")
    inter1: ActorType = column("Actor type of actor 1 on that day (ACLED's inter code).")
    actor2: str | None = column("Named actor 2; NULL for a one-sided event.")
    assoc_actor_2: tuple[str, ...] = column("Allies or identity of actor 2.")
    inter2: ActorType | None = column("Actor type of actor 2; NULL exactly when actor2 is.")
    interaction: Int8 = column("10*min + max of the inter codes, or 10*inter1 (ACLED).")
    civilian_targeting: str | None = column("'Civilians targeted' or NULL (ACLED).")
    iso: Int16 | None = column("ISO 3166-1 numeric code of the country.")
    region: str | None = column("ACLED's region of the country.")
    country: str | None = column("ACLED's name of the country; NULL where the text does not tell.")
    admin1: str | None = column("Largest sub-national unit.")
    admin2: str | None = column("Second sub-national unit.")
    admin3: str | None = column("Third sub-national unit.")
    location: str | None = column("Named place.")
    latitude: float | None = column("Of the named place, four decimals, WGS 84.")
    longitude: float | None = column("Of the named place, four decimals, WGS 84.")
    geo_precision: GeoPrecision | None = column(
        "1 town, 2 near or part of region, 3 region; NULL if unplaced."
    )
    source: str = column("Name of the source (ACLED).")
    source_scale: str | None = column("ACLED's source scale.")
    notes: str = column("A sentence composed from the coded fields; never copied text.")
    fatalities: Int32 = column(
        "ACLED's figure: lowest reported, word rule 3/10/12/100; 0 also where unknown."
    )
    tags: tuple[str, ...] = column("ACLED's tags, such as crowd size=...; empty where none.")
    # ours
    incident_count: Int32 = column("How many incidents this report tells of; 1 for a single event.")
    incident_count_basis: CountBasis = column("What incident_count rests on.")
    fatalities_low: Int32 | None = column("Lowest figure of deaths; NULL where nothing is said.")
    fatalities_best: Int32 | None = column("Best figure of deaths; NULL where nothing is said.")
    fatalities_high: Int32 | None = column(
        "Highest figure of deaths; NULL where nothing or no bound is said."
    )
    fatalities_basis: FatalitiesBasis = column("exact, range, word, or none: zero and unknown differ.")
    injuries_low: Int32 | None = column("Lowest figure of wounded; NULL where nothing is said.")
    injuries_best: Int32 | None = column("Best figure of wounded; NULL where nothing is said.")
    injuries_high: Int32 | None = column("Highest figure of wounded; NULL where nothing or no bound is said.")
    abducted: Int32 | None = column("People abducted; NULL where nothing is said.")
    arrested: Int32 | None = column("People arrested; NULL where nothing is said.")
    participants: Int32 | None = column("Size of a crowd; NULL where nothing is said.")
    attribution: str | None = column("Who says so, in the article's words (at most 80 characters).")
    factuality: Factuality = column("asserted or attributed; nothing else is landed.")
    scope: Scope = column("political, criminal or accident; by default only political is landed.")
    confidence: float = column("Between 0 and 1: of reports at 0.8 about 80 % should be right.")
    evidence: tuple[Evidence, ...] = column("The sentence and offsets behind each field.")
    quality_flags: tuple[str, ...] = column("Warnings of the expectations, and marks of the coder.")


def report_id(article_id: str, text_sha256: str, start: int, end: int, sub_event_type: SubEventType) -> str:
    """Deterministic id of a report: the same coding of the same text always yields the same id (32 hex digits)."""
    seed = "\x00".join((article_id, text_sha256, str(start), str(end), sub_event_type.value))
    return hashlib.sha256(seed.encode()).hexdigest()[:32]
