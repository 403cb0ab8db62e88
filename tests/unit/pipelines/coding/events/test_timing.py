"""The day of an event: told beside a court's day, or in another sentence than the event."""

from datetime import date

import pytest

from pipelines.coding.events.timing import day_told_of
from tests.kit.coding import political

WEDNESDAY = date(2022, 6, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The shooting happened about 10:30 p.m. Sunday at a home.", date(2022, 5, 29)),
        ("Officers were called to the house on Monday night.", date(2022, 5, 30)),
        ("He spoke slowly. The attack took place on 20 May, she said.", date(2022, 5, 20)),
    ],
)
def test_a_sentence_tells_when_it_happened(text: str, day: date) -> None:
    told = day_told_of(text, WEDNESDAY)
    assert told is not None
    assert told[0].first == day
    assert text[told[1].start : told[1].end] == told[1].text


@pytest.mark.parametrize(
    "text",
    ["The shooting happened near a school.", "The attack happened on 20 May 2019.", "He was born on Sunday."],
)
def test_old_days_and_other_sentences_tell_none(text: str) -> None:
    assert day_told_of(text, WEDNESDAY) is None


def test_the_day_in_court_is_not_that_of_the_deed() -> None:
    text = "A militant appeared in court on Tuesday, charged with the murder of ten worshippers in Kano on Friday."
    assert {r.event_date for r in political(text)} <= {date(2022, 5, 27)}


def test_an_attack_without_a_day_takes_the_one_of_a_later_sentence() -> None:
    text = "Gunmen killed two farmers near Garissa, Kenya. The attack took place on Sunday, a chief said."
    assert [r.event_date for r in political(text)] == [date(2022, 5, 29)]
