"""Our own gold set keeps the codebook's rules, and its evidence stands in the articles."""

import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipelines.evaluating.gold import GoldEvent, read_gold
from pipelines.parse import parse_article
from schemas.actors import ActorType
from schemas.article import Article
from schemas.countries import by_name, fold_name
from schemas.precision import Scope, TimePrecision
from schemas.taxonomy import EventType, SubEventType

GOLD = Path(__file__).parents[3] / "gold"
LINES = (GOLD / "articles.jsonl").read_bytes().splitlines()
ARTICLES = {article.article_id: article for article in (parse_article(line, 0) for line in LINES)}
EVENTS = [event for events in read_gold(GOLD / "events.jsonl", ARTICLES).values() for event in events]
NAMES = [f"{n}-{event.article_id}" for n, event in enumerate(EVENTS)]
POLITICAL = [event for event in EVENTS if event.scope is Scope.POLITICAL]
LEAST_ARTICLES = 150
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
STATE = re.compile(r"^(?:Military|Police) Forces of (?:the )?(.+?) \((\d{4})-(\d{4})?\)")

each = pytest.mark.parametrize("event", EVENTS, ids=NAMES)


def article_of(event: GoldEvent) -> Article:
    """The article that tells of it."""
    return ARTICLES[event.article_id]


def actors(event: GoldEvent) -> dict[str, ActorType | None]:
    """Its sides with their types."""
    return {name: kind for name, kind in ((event.actor1, event.inter1), (event.actor2, event.inter2)) if name}


def test_every_article_is_marked_as_invented_and_points_nowhere() -> None:
    fields: list[dict[str, Any]] = [json.loads(line) for line in LINES]
    assert len(ARTICLES) == len(fields) >= LEAST_ARTICLES
    assert all("invented" in article["note"] for article in fields)
    assert all(article["url"].startswith("https://example.org/") for article in fields)
    assert len({article["text"] for article in fields}) == len(fields)


def test_every_sub_event_type_and_many_countries_are_there() -> None:
    assert {event.sub_event_type for event in EVENTS} == set(SubEventType)
    assert len({event.country for event in EVENTS}) >= 40
    regions = Counter(by_name()[fold_name(event.country)].region for event in EVENTS)
    assert len(regions) >= 12, regions


@each
def test_every_quote_stands_in_its_article(event: GoldEvent) -> None:
    body = f"{article_of(event).title}\n{article_of(event).text}"
    assert [quote for quotes in event.evidence.values() for quote in quotes if quote not in body] == []
    assert set(event.evidence) <= set(GoldEvent.model_fields)


@each
def test_every_value_that_needs_evidence_has_it(event: GoldEvent) -> None:
    needed = {
        "sub_event_type": True,
        "location": event.location is not None,
        "fatalities": bool(event.fatalities),
        "injuries": bool(event.injuries),
        "incident_count": event.incident_count > 1,
        "event_date": event.event_date != article_of(event).published_at.date(),
    }
    assert {name for name, due in needed.items() if due} - set(event.evidence) == set()


@each
def test_days_are_not_of_the_future_and_agree_with_the_weekday_that_is_told(event: GoldEvent) -> None:
    # one day of grace: places east of Greenwich live ahead of UTC
    assert event.event_date <= event.last_day <= article_of(event).published_at.date() + timedelta(days=1)
    words = " ".join(event.evidence.get("event_date", ())).lower()
    told = {day for day in WEEKDAYS if day in words}
    if told and event.last_day - event.event_date < timedelta(days=7):
        span = [
            event.event_date + timedelta(days=n) for n in range((event.last_day - event.event_date).days + 1)
        ]
        assert told & {WEEKDAYS[day.weekday()] for day in span}


@each
def test_the_country_is_named_as_acled_names_it(event: GoldEvent) -> None:
    assert by_name()[fold_name(event.country)].name == event.country
    assert (event.latitude is None) == (event.longitude is None) == (event.geo_precision is None)


@each
def test_states_bear_years_that_hold_the_day_and_are_external_abroad(event: GoldEvent) -> None:
    for name, kind in actors(event).items():
        if found := STATE.match(name):
            first, last = int(found[2]), int(found[3] or date.max.year)
            assert first <= event.event_date.year <= last
            home = fold_name(found[1]) == fold_name(event.country)
            assert kind in (None, ActorType.STATE_FORCES if home else ActorType.EXTERNAL_OTHER_FORCES)


@pytest.mark.parametrize("event", POLITICAL, ids=[event.article_id for event in POLITICAL])
def test_the_codebooks_rules_of_sides_and_deaths_hold(event: GoldEvent) -> None:
    kinds = set(actors(event).values())
    assert event.actor1
    if {"inter1", "inter2"} <= event.model_fields_set:
        assert (event.actor2 is None) == (event.inter2 is None)
    if event.kind is EventType.BATTLES:
        assert len(actors(event)) == 2 or event.actor1 == event.actor2
        assert not kinds & {ActorType.PROTESTERS, ActorType.CIVILIANS}
    if event.kind is EventType.VIOLENCE_AGAINST_CIVILIANS:
        assert event.actor2
        assert event.inter2 in (None, ActorType.CIVILIANS)
    if event.kind is EventType.PROTESTS:
        assert event.actor1.startswith("Protesters (")
        assert event.inter1 is ActorType.PROTESTERS
    if event.kind is EventType.RIOTS:
        assert ActorType.RIOTERS in kinds
    if event.sub_event_type in (SubEventType.PEACEFUL_PROTEST, SubEventType.ABDUCTION):
        assert event.fatalities == 0


@each
def test_a_single_day_is_exact_and_a_week_or_month_is_marked_so(event: GoldEvent) -> None:
    if event.time_precision is not TimePrecision.DAY:
        assert event.last_day > event.event_date
