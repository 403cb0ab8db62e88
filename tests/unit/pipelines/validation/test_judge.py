"""Great Expectations as the judge: quiet, loaded late, exact on our own suites, and without growth."""

import gc
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import cache

import pytest

from pipelines.validation.compiled import compile_suite
from pipelines.validation.frame import (
    ARTICLE_BASE,
    REPORT_BASE,
    article_row,
    base,
    derive_articles,
    derive_reports,
    report_row,
)
from pipelines.validation.judge import Judge, Verdict
from pipelines.validation.validator import Validator
from schemas.expectations.suite import SUITE_NAMES, parse_suite, suite_text
from schemas.report import Report
from tests.kit.coded import JUDGED_AT, article, batch, placed, report
from tests.kit.faults import ARTICLE_FAULTS, REPORT_FAULTS

TEXTS = {name: suite_text(name) for name in SUITE_NAMES}


@cache
def judge() -> Judge:
    """One for all tests: it is made to be reused."""
    return Judge(TEXTS)


def odd_reports() -> Iterator[Report]:
    """A report for each way of being odd that the suites know, and some sound ones."""
    yield report()
    for n, (_, changes) in enumerate(REPORT_FAULTS):
        yield report(**({"report_id": f"{n:032x}"} | changes))
    yield report(report_id="f" * 32)
    yield report(report_id="f" * 32)


def test_judge_and_predicates_agree_on_every_fault_that_the_suite_of_reports_knows() -> None:
    rows = [report_row(r, article(), 0) for r in odd_reports()]
    frame = derive_reports(base(rows, REPORT_BASE))
    verdict = judge().verdict("reports", frame)
    assert verdict.unjudged == {}
    assert verdict.failures == compile_suite(parse_suite(TEXTS["reports"]), frame.schema).failures(frame)
    assert len(verdict.failures) > 50


def test_judge_and_predicates_agree_on_every_fault_that_the_suite_of_articles_knows() -> None:
    rows = [article_row(article(**changes)) for _, changes in ARTICLE_FAULTS]
    frame = derive_articles(base(rows, ARTICLE_BASE), JUDGED_AT)
    verdict = judge().verdict("articles", frame)
    assert verdict.unjudged == {}
    assert verdict.failures == compile_suite(parse_suite(TEXTS["articles"]), frame.schema).failures(frame)
    assert len(verdict.failures) == len(ARTICLE_FAULTS)


def test_an_expectation_that_great_expectations_cannot_evaluate_is_said_to_be_unjudged() -> None:
    text = (
        '{"name": "s", "meta": {}, "expectations": [{"type": "expect_column_values_to_be_between",'
        ' "kwargs": {"column": "actor1", "min_value": 3}, "meta": {"name": "n"}, "severity": "critical"}]}'
    )
    frame = derive_reports(base([report_row(report(), article(), 0)], REPORT_BASE))
    verdict = Judge({"s": text}).verdict("s", frame)
    assert verdict.failures == {}
    assert "same type" in verdict.unjudged["n"]


def test_the_real_judge_confirms_a_critical_failure() -> None:
    validator = Validator(now=lambda: JUDGED_AT, judge=judge())
    out = validator.validate(batch(placed(1, article(), report(), report(report_id="1" * 32, year=2025))))
    assert [p.value.expectations for p in out.report_rejects] == [("year_not_of_event_date",)]
    assert validator.counts == {"judged": 1}


def test_a_judge_that_is_asked_about_some_answers_about_those_alone() -> None:
    frame = derive_reports(base([report_row(report(year=2025, iso=4), article(), 0)], REPORT_BASE))
    asked = {"year_not_of_event_date", "country_missing"}
    assert judge().verdict("reports", frame, asked) == Verdict({"year_not_of_event_date": (0,)}, {})


def test_several_threads_get_the_same_verdict() -> None:
    frame = derive_reports(base([report_row(report(year=2025), article(), 0)], REPORT_BASE))
    verdicts: list[Verdict] = []
    threads = [
        threading.Thread(target=lambda: verdicts.append(judge().verdict("reports", frame))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verdicts == [Verdict({"year_not_of_event_date": (0,)}, {})] * 3


def test_a_judge_loads_in_the_background_when_it_is_asked_whether_it_is_ready() -> None:
    fresh = Judge(TEXTS)
    assert not fresh.ready()
    assert fresh._loading is not None
    fresh._loading.join(60)
    assert fresh.ready()


def test_a_judge_that_cannot_be_loaded_in_the_background_says_so_and_is_not_ready(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = Judge({"s": "no JSON"})
    assert not broken.ready()
    assert broken._loading is not None
    broken._loading.join(60)
    assert not broken.ready()
    assert "could not be loaded" in caplog.text


def test_judging_again_and_again_keeps_nothing() -> None:
    rows = [article_row(a) for a in (article(), article(schema_version=2))]
    frame = derive_articles(base(rows, ARTICLE_BASE), JUDGED_AT)

    def objects_after(runs: int) -> int:
        for _ in range(runs):
            judge().verdict("articles", frame)
        gc.collect()
        return len(gc.get_objects())

    before = objects_after(3)
    # a stored result is thousands of objects
    assert objects_after(10) - before < 500


SCRIPT = """
import sys
from tests.kit.coded import JUDGED_AT, article, batch, placed, report
from pipelines.validation.validator import Validator

validator = Validator(now=lambda: JUDGED_AT)
validator.validate(batch(placed(1, article(), report())))
assert "great_expectations" not in sys.modules, "a healthy start must not pay for the judge"
out = validator.validate(batch(placed(1, article(), report(year=2025))))
assert len(out.report_rejects) == 1 and validator.counts == {"judged": 1}, validator.counts
"""


def test_the_judge_is_loaded_when_needed_and_says_nothing_with_warnings_as_errors() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
