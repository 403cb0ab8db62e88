"""The suite `reports`, second half: places, numbers and warnings."""

from schemas.expectations.rules import (
    at_least,
    between,
    critical,
    equal,
    in_set,
    matches,
    not_null,
    warning,
    where_in,
    where_is,
    where_not_null,
)
from schemas.precision import SOURCE_SCALES, FatalitiesBasis, GeoPrecision
from schemas.taxonomy import SubEventType

ACLED = "ACLED codebook; measured on 9,000 published rows."
OURS = "Tocsin's own columns."

# One or two atoms joined by a hyphen: a flat list would have to grow with every new pair.
_SCALE = "|".join(SOURCE_SCALES)
SOURCE_SCALE_REGEX = rf"^(?:{_SCALE})(?:-(?:{_SCALE}))?\Z"

DEATHLESS = (SubEventType.PEACEFUL_PROTEST, SubEventType.ABDUCTION)
KNOWN_DEATHS = (FatalitiesBasis.EXACT, FatalitiesBasis.RANGE, FatalitiesBasis.WORD)

PLACE = (
    critical("latitude_out_of_bounds", between("latitude", -90, 90), "latitude lies in [-90, 90].", ACLED),
    critical(
        "longitude_out_of_bounds", between("longitude", -180, 180), "longitude lies in [-180, 180].", ACLED
    ),
    critical(
        "coordinate_without_the_other",
        equal("has_latitude", "has_longitude"),
        "Latitude and longitude are both there or both NULL.",
        ACLED,
    ),
    critical(
        "latitude_too_fine",
        equal("latitude", "latitude_rounded"),
        "latitude has at most four decimals.",
        ACLED,
    ),
    critical(
        "longitude_too_fine",
        equal("longitude", "longitude_rounded"),
        "longitude has at most four decimals.",
        ACLED,
    ),
    critical(
        "geo_precision_unknown",
        in_set("geo_precision", list(GeoPrecision)),
        "geo_precision is 1, 2 or 3.",
        ACLED,
    ),
    critical(
        "geo_precision_missing",
        not_null("geo_precision", where_not_null("latitude")),
        "What has coordinates has a geo_precision.",
        ACLED,
    ),
    critical(
        "source_scale_unknown",
        matches("source_scale", SOURCE_SCALE_REGEX),
        "source_scale is one or two of ACLED's scales, joined by a hyphen.",
        ACLED,
    ),
)

NUMBERS = (
    critical("number_negative", between("lowest_number", 0), "No count of people is negative.", OURS),
    critical(
        "deaths_in_deathless_sub_event_type",
        between("fatalities", 0, 0, where_in("sub_event_type", DEATHLESS)),
        "A peaceful protest and an abduction have no fatalities: with deaths they are another sub-event type.",
        ACLED,
    ),
    critical(
        "incident_count_below_1",
        between("incident_count", 1),
        "A report tells of at least one incident.",
        OURS,
    ),
    critical(
        "fatalities_basis_without_figure",
        equal("has_fatalities_basis", "has_fatalities_best"),
        "fatalities_basis is none exactly when fatalities_best is NULL: zero and unknown differ.",
        OURS,
    ),
    critical(
        "fatalities_of_unknown_number",
        between("fatalities", 0, 0, where_is("fatalities_basis", FatalitiesBasis.NONE)),
        "fatalities is 0 where nothing is said of deaths.",
        ACLED,
    ),
    critical(
        "fatalities_low_above_best",
        at_least("fatalities_best", "fatalities_low"),
        "fatalities: low <= best.",
        OURS,
    ),
    critical(
        "fatalities_best_above_high",
        at_least("fatalities_high", "fatalities_best"),
        "fatalities: best <= high.",
        OURS,
    ),
    critical(
        "injuries_low_above_best", at_least("injuries_best", "injuries_low"), "injuries: low <= best.", OURS
    ),
    critical(
        "injuries_best_above_high",
        at_least("injuries_high", "injuries_best"),
        "injuries: best <= high.",
        OURS,
    ),
)

WARNINGS = (
    warning("country_missing", not_null("country"), "The text tells the country.", OURS),
    warning("location_missing", not_null("location"), "The text names a place.", OURS),
    warning(
        "coordinates_missing",
        not_null("latitude", where_not_null("location")),
        "A named place has coordinates.",
        OURS,
    ),
    warning(
        "fatalities_very_high",
        between("fatalities", None, 1000),
        "At most 1,000 deaths: a larger figure is rare, and more often a total of a war than of an event.",
        OURS,
    ),
    warning(
        "date_from_publication",
        between("event_date_evidence", 1),
        "The date rests on words of the article, not on its day of publication alone.",
        OURS,
    ),
    warning(
        "event_long_before_publication",
        between("days_end_after_publication", -366),
        "The event lies at most a year before publication: what is older is often an anniversary.",
        OURS,
    ),
    warning(
        "range_longer_than_a_year",
        between("days_of_range", None, 366),
        "A range of days is at most a year long.",
        OURS,
    ),
    warning(
        "fatalities_without_evidence",
        between("fatalities_evidence", 1, None, where_in("fatalities_basis", KNOWN_DEATHS)),
        "A figure of deaths shows its words.",
        OURS,
    ),
    warning(
        "evidence_misplaced",
        between("evidence_misplaced", 0, 0),
        "The offsets of every evidence are in order and lie within the article's text or title.",
        OURS,
    ),
    warning(
        "evidence_not_in_sentence",
        between("evidence_elsewhere", 0, 0),
        "The words at the offsets stand in the sentence that is shown.",
        OURS,
    ),
)
