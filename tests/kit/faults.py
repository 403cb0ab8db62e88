"""A case for each fault that the suites know: the expectation's name, and the change of a sound row that fails it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from schemas.actors import ActorType
from schemas.article import PublishedBasis
from schemas.precision import Factuality, FatalitiesBasis
from schemas.taxonomy import DisorderType, EventType, SubEventType
from tests.kit.coded import JUDGED_AT, evidence

PROTEST = {
    "event_type": EventType.PROTESTS,
    "sub_event_type": SubEventType.PEACEFUL_PROTEST,
    "disorder_type": DisorderType.DEMONSTRATIONS,
    "actor1": "Protesters (Mali)",
    "inter1": ActorType.PROTESTERS,
    "actor2": None,
    "inter2": None,
    "interaction": 60,
    "fatalities": 0,
    "fatalities_low": None,
    "fatalities_best": None,
    "fatalities_high": None,
    "fatalities_basis": FatalitiesBasis.NONE,
}
RIOT = PROTEST | {
    "event_type": EventType.RIOTS,
    "sub_event_type": SubEventType.MOB_VIOLENCE,
    "disorder_type": DisorderType.POLITICAL_VIOLENCE,
    "actor1": "Rioters (Mali)",
    "inter1": ActorType.RIOTERS,
    "interaction": 50,
}
VIOLENCE = {
    "event_type": EventType.VIOLENCE_AGAINST_CIVILIANS,
    "sub_event_type": SubEventType.ATTACK,
    "actor2": "Civilians (Mali)",
    "inter2": ActorType.CIVILIANS,
    "interaction": 37,
    "civilian_targeting": "Civilians targeted",
}
UNPLACED = {"location": None, "latitude": None, "longitude": None, "geo_precision": None}
NO_DEATHS = {
    "fatalities": 0,
    "fatalities_low": None,
    "fatalities_best": None,
    "fatalities_high": None,
    "fatalities_basis": FatalitiesBasis.NONE,
}


NAN = float("nan")
REPORT_FAULTS: list[tuple[str, dict[str, Any]]] = [
    ("report_id_not_a_digest", {"report_id": "0" * 31}),
    ("report_id_not_a_digest", {"report_id": "0" * 32 + "\n"}),
    ("value_missing", {"actor1": None}),
    ("value_missing", {"confidence": None}),
    ("evidence_missing", {"evidence": ()}),
    ("factuality_not_landed", {"factuality": Factuality.PLANNED}),
    ("confidence_outside_0_1", {"confidence": 1.01}),
    ("confidence_outside_0_1", {"confidence": NAN}),
    ("sub_event_type_of_another_event_type", {"sub_event_type": SubEventType.ATTACK}),
    ("disorder_type_of_another_sub_event_type", {"disorder_type": DisorderType.STRATEGIC}),
    ("year_not_of_event_date", {"year": 2025}),
    ("event_date_end_before_event_date", {"event_date_end": date(2026, 3, 1)}),
    ("event_date_before_1900", {"event_date": date(1899, 12, 31), "year": 1899}),
    ("event_after_publication", {"event_date_end": date(2026, 3, 5)}),
    ("time_precision_unknown", {"time_precision": 4}),
    ("actor1_empty", {"actor1": ""}),
    ("actor2_empty", {"actor2": ""}),
    ("inter1_unknown", {"inter1": 9, "interaction": 19}),
    ("inter2_unknown", {"inter2": 0, "interaction": 3}),
    ("actor2_without_inter2", {"inter2": None, "interaction": 30}),
    ("actor2_without_inter2", {"actor2": None}),
    ("interaction_not_by_rule", {"interaction": 31}),
    ("second_actor_missing", {"actor2": None, "inter2": None, "interaction": 30}),
    ("battle_with_unarmed_side", {"inter2": ActorType.CIVILIANS, "interaction": 37}),
    ("battle_with_unarmed_side", {"inter1": ActorType.PROTESTERS, "interaction": 16}),
    ("violence_not_against_civilians", VIOLENCE | {"inter2": ActorType.PROTESTERS, "interaction": 36}),
    ("protest_without_protesters", PROTEST | {"inter1": ActorType.RIOTERS, "interaction": 50}),
    ("protest_actor1_not_protesters", PROTEST | {"actor1": "Farmers (Mali)"}),
    ("riot_without_rioters", RIOT | {"inter1": ActorType.PROTESTERS, "interaction": 60}),
    ("civilian_targeting_unknown", VIOLENCE | {"civilian_targeting": "civilians"}),
    ("battle_targets_civilians", {"civilian_targeting": "Civilians targeted"}),
    ("country_or_region_unknown", {"country": "Atlantis"}),
    ("country_or_region_unknown", {"region": "Europe"}),
    ("country_or_region_unknown", {"region": None}),
    ("iso_of_another_country", {"iso": 4}),
    ("iso_of_another_country", {"iso": None}),
    ("latitude_out_of_bounds", {"latitude": 90.0001}),
    ("latitude_out_of_bounds", {"latitude": NAN}),
    ("longitude_out_of_bounds", {"longitude": -181.0}),
    ("coordinate_without_the_other", {"longitude": None}),
    ("latitude_too_fine", {"latitude": 14.12345}),
    ("longitude_too_fine", {"longitude": -3.00001}),
    ("geo_precision_unknown", {"geo_precision": 0}),
    ("geo_precision_missing", {"geo_precision": None}),
    ("source_scale_unknown", {"source_scale": "Global"}),
    ("source_scale_unknown", {"source_scale": "National-Regional-Other"}),
    ("number_negative", {"arrested": -1}),
    ("number_negative", {"fatalities": -2}),
    ("deaths_in_deathless_sub_event_type", PROTEST | {"fatalities": 1}),
    ("incident_count_below_1", {"incident_count": 0}),
    ("fatalities_basis_without_figure", {"fatalities_basis": FatalitiesBasis.NONE, "fatalities": 0}),
    ("fatalities_basis_without_figure", {"fatalities_best": None}),
    ("fatalities_of_unknown_number", NO_DEATHS | {"fatalities": 3}),
    ("fatalities_low_above_best", {"fatalities_low": 3}),
    ("fatalities_best_above_high", {"fatalities_high": 1}),
    ("injuries_low_above_best", {"injuries_low": 3, "injuries_best": 2}),
    ("injuries_best_above_high", {"injuries_best": 3, "injuries_high": 2}),
    ("country_missing", {"country": None, "region": None, "iso": None}),
    ("location_missing", UNPLACED),
    ("coordinates_missing", UNPLACED | {"location": "Ambara"}),
    ("fatalities_very_high", {"fatalities": 1001}),
    ("date_from_publication", {"evidence": (evidence("fatalities", "Two soldiers were killed"),)}),
    ("event_long_before_publication", {"event_date": date(2025, 1, 1), "event_date_end": date(2025, 1, 1)}),
    ("range_longer_than_a_year", {"event_date": date(2025, 2, 28)}),
    ("fatalities_without_evidence", {"evidence": (evidence("event_date", "on Monday"),)}),
]


ARTICLE_FAULTS: list[tuple[str, dict[str, Any]]] = [
    ("article_id_empty", {"article_id": ""}),
    ("text_sha256_not_a_digest", {"text_sha256": "0" * 63 + "G"}),
    ("text_empty", {"text": ""}),
    ("article_value_missing", {"title": None}),
    ("published_before_1900", {"published_at": datetime(1899, 12, 31, tzinfo=UTC)}),
    ("published_in_the_future", {"published_at": JUDGED_AT + timedelta(days=1, seconds=1)}),
    ("article_source_scale_unknown", {"source_scale": "Galactic"}),
    ("schema_version_unknown", {"schema_version": 2}),
    ("language_not_a_code", {"language": "English"}),
    ("source_missing", {"source": ""}),
    ("published_at_missing", {"published_at_basis": PublishedBasis.KAFKA_TIMESTAMP}),
    ("text_very_short", {"text": "Two soldiers were killed."}),
]
