"""What the suites say of reports and articles: one sound row passes, each fault is found under its own name."""

from datetime import date, timedelta
from typing import Any

import pytest

from pipelines.validation.compiled import Failures, compile_suite
from pipelines.validation.frame import (
    ARTICLE_BASE,
    REPORT_BASE,
    article_row,
    base,
    derive_articles,
    derive_reports,
    report_row,
)
from schemas.actors import ActorType
from schemas.expectations.suite import load_suite
from tests.kit.coded import JUDGED_AT, article, evidence, report
from tests.kit.faults import ARTICLE_FAULTS, NO_DEATHS, PROTEST, REPORT_FAULTS, RIOT, UNPLACED, VIOLENCE

EMPTY = base([], REPORT_BASE)
REPORTS = compile_suite(load_suite("reports"), derive_reports(EMPTY).schema)
ARTICLES = compile_suite(load_suite("articles"), derive_articles(base([], ARTICLE_BASE), JUDGED_AT).schema)


def report_failures(*changes: dict[str, Any]) -> Failures:
    rows = [report_row(report(**c), article(), 0) for c in changes]
    return REPORTS.failures(derive_reports(base(rows, REPORT_BASE)))


def article_failures(**changes: Any) -> set[str]:
    frame = derive_articles(base([article_row(article(**changes))], ARTICLE_BASE), JUDGED_AT)
    return set(ARTICLES.failures(frame))


@pytest.mark.parametrize("sound", [{}, PROTEST, RIOT, VIOLENCE, NO_DEATHS], ids=str)
def test_a_sound_report_passes_whole(sound: dict[str, Any]) -> None:
    assert report_failures(sound) == {}


@pytest.mark.parametrize(
    "sound",
    [
        {"event_date_end": date(2026, 3, 4)},  # a day after publication: it may be tomorrow there
        {"country": None, "region": None, "iso": None} | UNPLACED,
        {"country": "Kosovo", "region": "Europe", "iso": None},
        {"source_scale": None},
        {"source_scale": "Local partner-National"},
        {"fatalities_high": None},
        {"latitude": -90.0, "longitude": 180.0},
        {"latitude": 0.0001, "longitude": -0.0},
        {"confidence": 1.0},
        {"fatalities": 1000, "fatalities_best": 1000, "fatalities_high": 1000, "fatalities_low": 1000},
        {"inter1": ActorType.RIOTERS, "interaction": 15},  # rioters fight battles, too
    ],
    ids=str,
)
def test_what_lies_at_the_edge_is_not_critical(sound: dict[str, Any]) -> None:
    assert set(report_failures(sound)) & REPORTS.critical == set()


@pytest.mark.parametrize(("name", "changes"), REPORT_FAULTS, ids=[n for n, _ in REPORT_FAULTS])
def test_a_fault_of_a_report_is_found(name: str, changes: dict[str, Any]) -> None:
    assert name in report_failures(changes)


def test_evidence_that_points_elsewhere_is_found() -> None:
    import dataclasses

    words = evidence("event_date", "on Monday")
    beyond = dataclasses.replace(words, end=10_000)
    backwards = dataclasses.replace(words, start=words.end, end=words.start)
    nowhere = dataclasses.replace(words, part="body")
    moved = dataclasses.replace(words, sentence="Another sentence.")
    for e in (beyond, backwards, nowhere):
        assert "evidence_misplaced" in report_failures({"evidence": (e,)})
    assert "evidence_not_in_sentence" in report_failures({"evidence": (moved,)})


def test_the_same_report_id_twice_in_a_coding_fails_both_and_in_two_codings_none() -> None:
    assert report_failures({}, {})["report_id_twice"] == (0, 1)
    rows = [report_row(report(), article(), offset) for offset in (1, 2)]
    assert REPORTS.failures(derive_reports(base(rows, REPORT_BASE))) == {}


def test_every_expectation_of_the_suite_has_a_case_that_fails_it() -> None:
    tried = {name for name, _ in REPORT_FAULTS} | {
        "evidence_misplaced",
        "evidence_not_in_sentence",
        "report_id_twice",
    }
    assert tried == {name for name, _ in REPORTS.predicates}


@pytest.mark.parametrize(("name", "changes"), ARTICLE_FAULTS, ids=[n for n, _ in ARTICLE_FAULTS])
def test_a_fault_of_an_article_is_found(name: str, changes: dict[str, Any]) -> None:
    assert name in article_failures(**changes)


def test_a_sound_article_passes_whole_and_a_day_ahead_of_the_clock_is_allowed() -> None:
    assert article_failures() == set()
    assert article_failures(published_at=JUDGED_AT + timedelta(days=1), language="en-GB") == set()


def test_every_expectation_of_articles_has_a_case_that_fails_it() -> None:
    assert {name for name, _ in ARTICLE_FAULTS} == {name for name, _ in ARTICLES.predicates}
