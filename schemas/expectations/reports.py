"""The suite `reports`: ACLED's invariants, and ours.

Most rules were measured to hold on every one of 9,000 rows that ACLED published. Columns that no report has
(`year_of_event_date`, `evidence_count`, ...) are those of the judge frame, which derives them.
"""

from itertools import product

from schemas.actors import ActorType, interaction
from schemas.countries import countries
from schemas.expectations.reports_values import NUMBERS, PLACE, WARNINGS
from schemas.expectations.rules import (
    at_least,
    between,
    critical,
    equal,
    in_set,
    is_null,
    length,
    matches,
    not_null,
    pair_in,
    unique_together,
    where_in,
    where_is,
)
from schemas.expectations.suite import Suite
from schemas.precision import LANDED_FACTUALITY, TimePrecision
from schemas.taxonomy import EVENT_TYPE_OF, EventType, SubEventType, disorder_type

ACLED = "ACLED codebook; measured on 9,000 published rows."
OURS = "Tocsin's own columns."

UNARMED = {ActorType.PROTESTERS, ActorType.CIVILIANS}
ARMED_PAIRS = sorted({interaction(a, b) for a, b in product(ActorType, repeat=2) if not {a, b} & UNARMED})
TWO_ACTORS = (EventType.BATTLES, EventType.VIOLENCE_AGAINST_CIVILIANS)


def _with(actor: ActorType) -> list[int]:
    """All interactions in which that kind of actor is a side."""
    return sorted({interaction(actor, other) for other in (None, *ActorType)})


IDENTITY = (
    critical(
        "report_id_not_a_digest",
        matches("report_id", r"^[0-9a-f]{32}\Z"),
        "report_id is 32 hexadecimal digits.",
        OURS,
    ),
    critical(
        "report_id_twice",
        unique_together(("offset", "report_id")),
        "No two reports of one coding have the same report_id.",
        OURS,
    ),
    critical(
        "value_missing",
        between("missing_values", 0, 0),
        "Every column that may not be NULL has a value.",
        OURS,
    ),
    critical(
        "evidence_missing",
        between("evidence_count", 1),
        "A report shows at least one sentence of evidence.",
        OURS,
    ),
    critical(
        "factuality_not_landed",
        in_set("factuality", sorted(LANDED_FACTUALITY)),
        "Only what is asserted or attributed is a report.",
        OURS,
    ),
    critical("confidence_outside_0_1", between("confidence", 0, 1), "confidence lies between 0 and 1.", OURS),
)

TYPES = (
    critical(
        "sub_event_type_of_another_event_type",
        pair_in("event_type", "sub_event_type", [(t, s) for s, t in EVENT_TYPE_OF.items()]),
        "The sub-event type belongs to the event type.",
        ACLED,
    ),
    critical(
        "disorder_type_of_another_sub_event_type",
        pair_in("sub_event_type", "disorder_type", [(s, disorder_type(s)) for s in SubEventType]),
        "The disorder type is that of the sub-event type.",
        ACLED,
    ),
)

DATES = (
    critical(
        "year_not_of_event_date",
        equal("year", "year_of_event_date"),
        "year is the year of event_date.",
        ACLED,
    ),
    critical(
        "event_date_end_before_event_date",
        at_least("event_date_end", "event_date"),
        "A range of days ends on or after the day on which it begins.",
        OURS,
    ),
    critical(
        "event_date_before_1900",
        between("year_of_event_date", 1900),
        "event_date is not before 1900: news is not older.",
        OURS,
    ),
    critical(
        "event_after_publication",
        between("days_end_after_publication", None, 1),
        "The event's last day is at most one day after the UTC day of publication (it may already be tomorrow there).",
        OURS,
    ),
    critical(
        "time_precision_unknown",
        in_set("time_precision", list(TimePrecision)),
        "time_precision is 1, 2 or 3.",
        ACLED,
    ),
)

ACTORS = (
    critical("actor1_empty", length("actor1", 1), "actor1 has a name.", ACLED),
    critical("actor2_empty", length("actor2", 1), "actor2 is NULL or has a name.", ACLED),
    critical(
        "inter1_unknown", in_set("inter1", list(ActorType)), "inter1 is one of the eight actor types.", ACLED
    ),
    critical(
        "inter2_unknown", in_set("inter2", list(ActorType)), "inter2 is one of the eight actor types.", ACLED
    ),
    critical(
        "actor2_without_inter2",
        equal("has_actor2", "has_inter2"),
        "actor2 is NULL exactly when inter2 is.",
        ACLED,
    ),
    critical(
        "interaction_not_by_rule",
        equal("interaction", "interaction_by_rule"),
        "interaction is 10*min + max of the actor types, or 10*inter1 of a one-sided event.",
        ACLED,
    ),
    critical(
        "second_actor_missing",
        not_null("actor2", where_in("event_type", TWO_ACTORS)),
        "Battles and Violence against civilians have two actors.",
        ACLED,
    ),
    critical(
        "battle_with_unarmed_side",
        in_set("interaction", ARMED_PAIRS, where_is("event_type", EventType.BATTLES)),
        "No side of a battle is protesters or civilians.",
        ACLED,
    ),
    critical(
        "violence_not_against_civilians",
        in_set("inter2", [ActorType.CIVILIANS], where_is("event_type", EventType.VIOLENCE_AGAINST_CIVILIANS)),
        "In Violence against civilians actor 2 is civilians.",
        ACLED,
    ),
    critical(
        "protest_without_protesters",
        in_set("interaction", _with(ActorType.PROTESTERS), where_is("event_type", EventType.PROTESTS)),
        "A side of a protest is protesters.",
        ACLED,
    ),
    critical(
        "protest_actor1_not_protesters",
        matches("actor1", r"^Protesters \(", where_is("event_type", EventType.PROTESTS)),
        "actor1 of a protest is 'Protesters (COUNTRY)'.",
        ACLED,
    ),
    critical(
        "riot_without_rioters",
        in_set("interaction", _with(ActorType.RIOTERS), where_is("event_type", EventType.RIOTS)),
        "A side of a riot is rioters.",
        ACLED,
    ),
    critical(
        "civilian_targeting_unknown",
        in_set("civilian_targeting", ["Civilians targeted"]),
        "civilian_targeting is NULL or 'Civilians targeted'.",
        ACLED,
    ),
    critical(
        "battle_targets_civilians",
        is_null("civilian_targeting", where_is("event_type", EventType.BATTLES)),
        "A battle is never 'Civilians targeted'.",
        ACLED,
    ),
)

COUNTRIES = (
    critical(
        "country_or_region_unknown",
        pair_in("country", "region", [(c.name, c.region) for c in countries()] + [(None, None)]),
        "country is one of ACLED's names, with its region; or both are NULL.",
        ACLED,
    ),
    critical(
        "iso_of_another_country",
        pair_in("country", "iso", [(c.name, c.iso) for c in countries()] + [(None, None)]),
        "iso is the country's ISO 3166-1 number.",
        ACLED,
    ),
)

REPORTS = Suite("reports", IDENTITY + TYPES + DATES + ACTORS + COUNTRIES + PLACE + NUMBERS + WARNINGS)
