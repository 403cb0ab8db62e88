"""Confidence: more signs make a report surer, nothing makes it certain, and it keeps its word on our own gold."""

import dataclasses
from datetime import date

from pipelines.coding.confidence import BIAS, TABLE, confidence, signs
from pipelines.coding.lexicon import read_rows
from schemas.report import Evidence, Report
from tests.kit.coded import article, evidence, report

WEIGHTS = {row["sign"]: float(row["weight"]) for row in read_rows(TABLE)}
BARE = report(
    evidence=(evidence("sub_event_type", "attacked"),),
    quality_flags=("date_from_publication",),
    latitude=None,
    longitude=None,
)
LONG = dataclasses.replace(article(), text="word " * 200)


def shown(of: Report) -> set[str]:
    """The signs that a report of a long article shows."""
    return {name for name, there in signs(of, LONG).items() if there}


def test_every_sign_has_a_weight_and_none_speaks_against_a_report() -> None:
    assert set(signs(report(), article())) | {BIAS} == set(WEIGHTS)
    assert all(weight >= 0 for name, weight in WEIGHTS.items() if name != BIAS)


def test_signs_are_read_from_the_report() -> None:
    assert shown(BARE) == set()
    assert shown(report()) == {"dated", "recent", "placed"}
    assert shown(report(event_date_end=date(2026, 1, 2))) == {"dated", "placed"}
    assert "group_named" in shown(report(actor1="Boko Haram"))
    assert signs(BARE, article())["short_note"]


def test_a_trigger_in_the_title_and_told_again_counts() -> None:
    title = Evidence("sub_event_type", "Post attacked", "title", 5, 13)
    assert shown(dataclasses.replace(BARE, evidence=(*BARE.evidence, title))) == {"in_title", "told_again"}


def test_more_signs_make_it_surer_and_nothing_certain() -> None:
    assert (
        0.02 <= confidence(BARE, LONG) < confidence(report(), LONG) < confidence(report(), article()) <= 0.98
    )
