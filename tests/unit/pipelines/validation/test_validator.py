"""The policy: who judges which Batch, whose word counts, and what becomes of what fails."""

import logging
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from pipelines.validation.agreement import Disagreement
from pipelines.validation.judge import Judge, Verdict
from pipelines.validation.validator import Validator
from schemas.batch import CodedBatch, Placed
from schemas.coding import Coding, coding_id
from schemas.reject import RejectCode, Stage
from tests.kit.coded import JUDGED_AT, SPAN, article, batch, placed, record, report


class ScriptedJudge(Judge):
    """Says what it was told to, in order; finds nothing by default. Notes what it was asked."""

    def __init__(self, *verdicts: Verdict | Exception) -> None:
        super().__init__({})
        self.verdicts = list(verdicts)
        self.saw: list[str] = []
        self.asked: list[set[str]] = []
        self.is_ready = True

    def ready(self) -> bool:
        return self.is_ready

    def verdict(self, suite: str, frame: pa.RecordBatch, only: Collection[str] = ()) -> Verdict:
        self.saw.append(suite)
        self.asked.append(set(only))
        said = self.verdicts.pop(0) if self.verdicts else Verdict({}, {})
        if isinstance(said, Exception):
            raise said
        return said


class Clock:
    """Seconds, set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def validator(judge: Judge, clock: Clock | None = None, **more: Any) -> Validator:
    return Validator(60.0, clock=clock or Clock(), now=lambda: JUDGED_AT, judge=judge, **more)


WRONG_YEAR = report(year=2025, report_id="1" * 32)
NO_PLACE = report(report_id="2" * 32, location=None, latitude=None, longitude=None, geo_precision=None)
YEAR_FAILS = Verdict({"year_not_of_event_date": (1,)}, {})


def sound() -> CodedBatch:
    return batch(placed(1, article(), report()))


def one_fails() -> CodedBatch:
    return batch(placed(1, article(), report(), WRONG_YEAR))


def test_a_sound_batch_comes_out_as_it_went_in_and_never_meets_the_judge() -> None:
    judge = ScriptedJudge()
    assert validator(judge).validate(sound()) == sound()
    assert judge.saw == []


def test_a_batch_without_codings_is_passed_on() -> None:
    empty = CodedBatch(SPAN, (), (), ())
    assert validator(ScriptedJudge()).validate(empty) is empty


def test_a_coding_without_reports_is_passed_on() -> None:
    none = batch(placed(1, article()))
    assert validator(ScriptedJudge()).validate(none) == none


def test_a_critical_report_becomes_a_reject_that_holds_all_that_a_replay_needs() -> None:
    out = validator(ScriptedJudge(YEAR_FAILS)).validate(one_fails())
    assert [p.value.reports for p in out.codings] == [(report(),)]
    assert out.rejects == ()
    (rejected,) = out.report_rejects
    assert rejected.record == record(1)
    value = rejected.value
    assert (value.stage, value.code) == (Stage.VALIDATE, RejectCode.EXPECTATION_FAILED)
    assert value.expectations == ("year_not_of_event_date",)
    assert (value.report_id, value.article_id, value.coder_version) == ("1" * 32, "test-1", "test")
    assert value.coding_id == coding_id("test-1", article().text_sha256, "test", "kafka:articles/0", 1)
    assert value.payload == record(1).value
    assert "year is 2025, year_of_event_date is 2026" in value.message


def test_a_coding_whose_every_report_fails_still_lands() -> None:
    judge = ScriptedJudge(Verdict({"year_not_of_event_date": (0,)}, {}))
    out = validator(judge).validate(batch(placed(1, article(), WRONG_YEAR)))
    assert [p.value.reports for p in out.codings] == [()]
    assert len(out.report_rejects) == 1


def test_a_warning_lands_with_its_name_beside_the_marks_of_the_coder() -> None:
    import dataclasses

    marked = dataclasses.replace(NO_PLACE, quality_flags=("mark", "location_missing"))
    judge = ScriptedJudge()
    out = validator(judge).validate(batch(placed(1, article(source=""), report(), marked)))
    flags = [r.quality_flags for r in out.codings[0].value.reports]
    assert flags == [("source_missing",), ("mark", "location_missing", "source_missing")]
    assert out.report_rejects == ()
    assert judge.saw == []


def test_a_critical_article_is_rejected_whole_and_its_reports_are_not_judged() -> None:
    future = article(article_id="test-2", published_at=datetime(2027, 1, 1, tzinfo=UTC))
    judge = ScriptedJudge(Verdict({"published_in_the_future": (0,)}, {}))
    out = validator(judge).validate(batch(placed(1, future, WRONG_YEAR), placed(2, article(), report())))
    assert [p.record.offset for p in out.codings] == [2]
    assert out.report_rejects == ()
    (rejected,) = out.rejects
    assert rejected.value.code is RejectCode.ARTICLE_EXPECTATION_FAILED
    assert (rejected.value.article_id, rejected.value.report_id, rejected.value.coding_id) == (
        "test-2",
        None,
        None,
    )
    assert rejected.value.expectations == ("published_in_the_future",)
    assert judge.saw == ["articles"]


def test_rejects_of_earlier_stages_are_kept_before_those_of_validation() -> None:
    import dataclasses

    before = validator(ScriptedJudge(YEAR_FAILS)).validate(one_fails())
    earlier = before.report_rejects
    again = dataclasses.replace(one_fails(), rejects=earlier, report_rejects=earlier)
    out = validator(ScriptedJudge(YEAR_FAILS)).validate(again)
    assert out.rejects == earlier
    assert out.report_rejects[:1] == earlier
    assert len(out.report_rejects) == 2


def test_no_report_is_lost_or_doubled_across_codings() -> None:
    reports = [report(report_id=f"{n:032x}", year=2026 - n % 2) for n in range(6)]
    codings = [placed(n, article(), *reports[2 * n : 2 * n + 2]) for n in range(3)]
    judge = ScriptedJudge(Verdict({"year_not_of_event_date": (1, 3, 5)}, {}))
    out = validator(judge).validate(batch(*codings))
    landed = [r.report_id for p in out.codings for r in p.value.reports]
    rejected = [p.value.report_id for p in out.report_rejects]
    assert landed == [f"{n:032x}" for n in (0, 2, 4)]
    assert rejected == [f"{n:032x}" for n in (1, 3, 5)]
    assert [p.record.offset for p in out.report_rejects] == [0, 1, 2]


@pytest.mark.parametrize("value", [{"latitude": "x"}, {"actor1": "\ud800"}, {"arrested": 10**30}])
def test_a_report_that_cannot_be_judged_is_rejected_and_the_rest_goes_on(value: dict[str, Any]) -> None:
    odd = report(report_id="3" * 32, **value)
    out = validator(ScriptedJudge(Verdict({"year_not_of_event_date": (1,)}, {}))).validate(
        batch(placed(1, article(), odd, report(), WRONG_YEAR))
    )
    assert [r.report_id for r in out.codings[0].value.reports] == [report().report_id]
    assert [(p.value.report_id, p.value.expectations) for p in out.report_rejects] == [
        ("3" * 32, ("value_not_judgeable",)),
        ("1" * 32, ("year_not_of_event_date",)),
    ]


def test_an_article_that_cannot_be_judged_is_rejected() -> None:
    out = validator(ScriptedJudge()).validate(batch(placed(1, article(article_id="\ud800"), report())))
    assert out.codings == ()
    assert [p.value.expectations for p in out.rejects] == [("value_not_judgeable",)]


def test_the_judge_sees_one_healthy_batch_in_a_minute_and_the_first_after_a_minute() -> None:
    judge, clock = ScriptedJudge(), Clock()
    judged = validator(judge, clock)
    seen = []
    for clock.now in (0, 59, 60, 61, 119, 121, 500):
        judge.saw.clear()
        judged.validate(sound())
        seen.append(bool(judge.saw))
    assert seen == [False, False, True, False, False, True, True]


def test_a_sample_is_put_off_while_the_judge_loads() -> None:
    judge, clock = ScriptedJudge(), Clock()
    judged = validator(judge, clock)
    clock.now, judge.is_ready = 70, False
    judged.validate(sound())
    assert judge.saw == []
    judge.is_ready = True
    judged.validate(sound())
    assert judge.saw == ["articles", "reports"]


def test_of_a_failing_batch_the_judge_is_asked_what_failed_critically_and_nothing_else() -> None:
    judge = ScriptedJudge(YEAR_FAILS)
    validator(judge).validate(batch(placed(1, article(source=""), NO_PLACE, WRONG_YEAR)))
    assert (judge.saw, judge.asked) == (["reports"], [{"year_not_of_event_date"}])


def test_of_a_sample_the_judge_is_asked_everything() -> None:
    judge, clock = ScriptedJudge(Verdict({}, {}), YEAR_FAILS), Clock()
    judged = validator(judge, clock)
    clock.now = 60
    out = judged.validate(one_fails())
    assert (judge.saw, judge.asked) == (["articles", "reports"], [set(), set()])
    assert len(out.report_rejects) == 1
    assert judged.counts == {"judged": 2}


def test_what_the_judge_passes_lands_and_the_difference_is_told(caplog: pytest.LogCaptureFixture) -> None:
    told: list[Disagreement] = []
    judged = validator(ScriptedJudge(Verdict({}, {})), on_disagreement=told.append)
    with caplog.at_level(logging.WARNING):
        out = judged.validate(one_fails())
    assert [r.report_id for r in out.codings[0].value.reports] == [report().report_id, "1" * 32]
    assert out.report_rejects == ()
    assert told == [Disagreement("reports", "year_not_of_event_date", (1,), ())]
    assert judged.counts == {"judged": 1, "disagreements": 1}
    assert [r.getMessage() for r in caplog.records] == [str(d) for d in told]


def test_what_the_judge_finds_in_a_sample_is_rejected_or_flagged_and_the_difference_is_told() -> None:
    told: list[Disagreement] = []
    found = Verdict({"iso_of_another_country": (0,), "country_missing": (1,)}, {})
    judge, clock = ScriptedJudge(Verdict({}, {}), found), Clock()
    judged = validator(judge, clock, on_disagreement=told.append)
    clock.now = 60
    out = judged.validate(batch(placed(1, article(), report(), report(report_id="1" * 32))))
    assert [(r.report_id, r.quality_flags) for r in out.codings[0].value.reports] == [
        ("1" * 32, ("country_missing",))
    ]
    assert [p.value.expectations for p in out.report_rejects] == [("iso_of_another_country",)]
    assert [(d.expectation, d.judge_rows) for d in told] == [
        ("country_missing", (1,)),
        ("iso_of_another_country", (0,)),
    ]


def test_after_a_difference_every_batch_is_a_sample_until_they_agree() -> None:
    found = Verdict({"iso_of_another_country": (0,)}, {})
    judge = ScriptedJudge(Verdict({}, {}), Verdict({}, {}), found)
    judged = validator(judge)
    judged.validate(one_fails())  # the judge finds nothing: a difference
    seen = []
    for _ in range(3):
        judge.saw.clear()
        judged.validate(sound())
        seen.append(list(judge.saw))
    assert seen == [["articles", "reports"], ["articles", "reports"], []]


def test_an_expectation_that_the_judge_cannot_evaluate_stays_with_the_predicate() -> None:
    told: list[Disagreement] = []
    judge = ScriptedJudge(Verdict({}, {"year_not_of_event_date": "it broke"}))
    judged = validator(judge, on_disagreement=told.append)
    out = judged.validate(one_fails())
    assert [p.value.report_id for p in out.report_rejects] == ["1" * 32]
    assert [(d.expectation, d.reason) for d in told] == [("year_not_of_event_date", "it broke")]
    judge.saw.clear()
    judged.validate(sound())
    assert judge.saw == []


def test_a_judge_that_fails_as_a_whole_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    told: list[Disagreement] = []
    judged = validator(ScriptedJudge(RuntimeError("no memory")), on_disagreement=told.append)
    with caplog.at_level(logging.ERROR):
        out = judged.validate(one_fails())
    assert [p.value.report_id for p in out.report_rejects] == ["1" * 32]
    assert [(d.expectation, d.reason) for d in told] == [("*", "RuntimeError: no memory")]
    assert "failed on the suite reports" in caplog.text


def test_a_batch_is_judged_the_same_twice() -> None:
    def outcome() -> tuple[Any, ...]:
        out = validator(ScriptedJudge(YEAR_FAILS)).validate(one_fails())
        codings: tuple[Placed[Coding], ...] = out.codings
        return codings, [(p.value.reject_id, p.value.message) for p in out.report_rejects]

    assert outcome() == outcome()
