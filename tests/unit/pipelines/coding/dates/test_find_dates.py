"""Dates of a sentence: any date in any style is found again; news direction; ranges, bounds, parts of months."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.coding.dates import DateKind, find_dates
from schemas.precision import TimePrecision

WEDNESDAY = date(2022, 3, 9)
STYLES = (
    "{d.day} {d:%B} {d.year}",
    "{d.day} {d:%b} {d.year}",
    "{d:%B} {d.day}, {d.year}",
    "{d:%b}. {d.day}, {d.year}",
    "{d:%A}, {d:%B} {d.day}, {d.year}",
    "{d:%a} {d:%d} {d:%b} {d.year}",
    "the {d.day}th of {d:%B}, {d.year}",
    "{d.year}-{d:%m}-{d:%d}",
    "{d:%d} {d:%B} {d.year}",
)
DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))


@given(day=DAYS, published=DAYS, style=st.sampled_from(STYLES), capitals=st.booleans())
def test_a_whole_date_in_any_style_is_found_again(
    day: date, published: date, style: str, capitals: bool
) -> None:
    written = style.format(d=day)
    text = f"On {written} armed men burned a bus."
    found = find_dates(text.upper() if capitals else text, 100, published)
    assert [(m.first, m.last, m.precision) for m in found] == [(day, day, TimePrecision.DAY)]
    assert found[0].end - found[0].start == len(found[0].text)


@given(day=DAYS)
def test_a_capital_wire_date_is_found_again(day: date) -> None:
    text = f"SANTA LUCIA, {day.day} {day:%b}".upper() + f" {day.year % 100:02d} (RADIO) -- [TEXT]"
    found = find_dates(text, 0, day)
    assert found[0].first == day


@given(day=DAYS, back=st.integers(0, 300))
def test_a_date_without_its_year_is_the_latest_one(day: date, back: int) -> None:
    event = day - timedelta(days=back)
    found = find_dates(f"It happened on {event.day} {event:%B}.", 0, day)
    assert [m.first for m in found] == [event]


@given(day=DAYS, back=st.integers(0, 6))
def test_a_weekday_is_the_latest_one(day: date, back: int) -> None:
    event = day - timedelta(days=back)
    found = find_dates(f"Gunmen attacked the post on {event:%A} night.", 0, day)
    assert [(m.first, m.kind) for m in found] == [(event, DateKind.WEEKDAY)]


@given(first=DAYS, length=st.integers(1, 60), published=DAYS)
def test_a_range_is_found_with_both_ends(first: date, length: int, published: date) -> None:
    last = first + timedelta(days=length)
    text = f"from {first.day} {first:%B} {first.year} to {last.day} {last:%B} {last.year}, raids went on"
    found = find_dates(text, 0, published)
    assert [(m.first, m.last, m.kind) for m in found] == [(first, last, DateKind.RANGE)]


@given(text=st.text(max_size=200), day=DAYS)
def test_no_text_raises_and_mentions_never_overlap(text: str, day: date) -> None:
    found = find_dates(text, 7, day)
    assert all(7 <= m.start < m.end <= 7 + len(text) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(m.first <= m.coded_day <= m.last for m in found)


def spans(text: str, day: date = WEDNESDAY, anchor: date | None = None) -> list[tuple[str, str, str, int]]:
    """Every mention as (first, last, kind, precision)."""
    return [
        (m.first.isoformat(), m.last.isoformat(), m.kind.value, int(m.precision))
        for m in find_dates(text, 0, day, anchor)
    ]


@pytest.mark.parametrize(
    ("text", "first", "last", "kind", "precision"),
    [
        ("Two posts were attacked yesterday.", "2022-03-08", "2022-03-08", "relative", 1),
        ("They were seized this morning.", "2022-03-09", "2022-03-09", "relative", 1),
        ("Shelling went on overnight.", "2022-03-08", "2022-03-09", "relative", 1),
        ("The bridge was hit the day before yesterday.", "2022-03-07", "2022-03-07", "relative", 1),
        ("Two days ago a mine went off.", "2022-03-07", "2022-03-07", "relative", 1),
        ("A couple of days ago a mine went off.", "2022-03-07", "2022-03-07", "relative", 1),
        ("In the past 24 hours, four posts fell.", "2022-03-08", "2022-03-09", "relative", 1),
        ("Over the last three days, posts fell.", "2022-03-06", "2022-03-09", "week", 2),
        ("Posts fell last week.", "2022-02-28", "2022-03-06", "week", 2),
        ("Posts fell this week.", "2022-03-07", "2022-03-09", "week", 2),
        ("Posts fell over the weekend.", "2022-03-05", "2022-03-06", "week", 2),
        ("Posts fell in the week of 2 May.", "2022-05-02", "2022-05-08", "week", 2),
        ("Posts fell in January.", "2022-01-01", "2022-01-31", "month", 3),
        ("Posts fell in May.", "2021-05-01", "2021-05-31", "month", 3),
        ("Posts fell in early February.", "2022-02-01", "2022-02-10", "month_start", 3),
        ("Posts fell at the end of January.", "2022-01-22", "2022-01-31", "month_end", 3),
        ("Posts fell in mid-February.", "2022-02-11", "2022-02-20", "month", 3),
        ("Posts fell earlier this month.", "2022-03-01", "2022-03-09", "month", 3),
        ("Posts fell last month.", "2022-02-01", "2022-02-28", "month", 3),
        ("Posts fell last year.", "2021-01-01", "2021-12-31", "year", 3),
        ("Posts fell in 2017.", "2017-01-01", "2017-12-31", "year", 3),
        ("Between 3 and 7 March, posts fell.", "2022-03-03", "2022-03-07", "range", 2),
        ("Between March 3 and April 7, 2020, posts fell.", "2020-03-03", "2020-04-07", "range", 3),
        ("March 3-7, 2020 saw fights.", "2020-03-03", "2020-03-07", "range", 2),
        ("Since February 22 posts have fallen.", "2022-02-22", "2022-03-09", "since", 3),
        ("There were raids after 22 February.", "2022-02-22", "2022-03-09", "since", 3),
        ("They must leave by 22 March.", "2022-03-22", "2022-03-22", "before", 1),
        ("Saturdays blast killed a guard.", "2022-03-05", "2022-03-05", "weekday", 1),
        ("Last Wednesday a guard died.", "2022-03-02", "2022-03-02", "weekday", 1),
        ("On Monday of last week a guard died.", "2022-02-28", "2022-02-28", "weekday", 1),
        ("It was hit on the 5th.", "2022-03-05", "2022-03-05", "day", 1),
        ("It will open tomorrow.", "2022-03-10", "2022-03-10", "relative", 1),
        ("It burned on Christmas Day.", "2021-12-25", "2021-12-25", "relative", 1),
        ("It burned on New Year's Eve.", "2021-12-31", "2021-12-31", "relative", 1),
        ("Two weeks ago a post fell.", "2022-02-20", "2022-02-26", "week", 2),
        ("Three months ago a post fell.", "2021-12-01", "2021-12-31", "month", 3),
        ("Ten years ago a post fell.", "2012-01-01", "2012-12-31", "year", 3),
        ("Over the past two months posts fell.", "2022-01-09", "2022-03-09", "range", 3),
        ("Over the past two weeks posts fell.", "2022-02-23", "2022-03-09", "range", 3),
        ("They meet next week.", "2022-03-14", "2022-03-20", "week", 2),
        ("They met last weekend.", "2022-03-05", "2022-03-06", "week", 2),
        ("They meet next Monday.", "2022-03-14", "2022-03-14", "weekday", 1),
        ("In the first week of February posts fell.", "2022-02-01", "2022-02-07", "week", 2),
        ("In the last week of February posts fell.", "2022-02-22", "2022-02-28", "week", 2),
        ("Early last month posts fell.", "2022-02-01", "2022-02-10", "month_start", 3),
        ("Late last month posts fell.", "2022-02-19", "2022-02-28", "month_end", 3),
        ("From 3 March onwards posts fell.", "2022-03-03", "2022-03-09", "since", 2),
        ("It was hit on 07/03/2022.", "2022-03-07", "2022-03-07", "day", 1),
    ],
)
def test_expressions_of_time(text: str, first: str, last: str, kind: str, precision: int) -> None:
    assert spans(text) == [(first, last, kind, precision)]


@pytest.mark.parametrize(
    "text",
    [
        "The soldiers may march on.",
        "On 30 February nothing fell.",
        "He was 45.",
        "They will decide.",
        "",
        "A market sold 12 cows.",
    ],
)
def test_words_that_only_look_like_dates_are_none(text: str) -> None:
    assert spans(text) == []


def test_the_previous_day_is_told_from_the_anchor() -> None:
    anchor = date(2022, 2, 20)
    assert spans("The previous day a bus burned.", anchor=anchor)[0][0] == "2022-02-19"
    assert spans("A day later a bus burned.", anchor=anchor)[0][0] == "2022-02-21"
    assert spans("On Monday a bus burned and the next day two.")[1][0] == "2022-03-08"


def test_a_named_day_beside_overnight_says_it_better() -> None:
    assert spans("It was shelled overnight on Friday.") == [("2022-03-04", "2022-03-04", "weekday", 1)]


def test_coded_days_follow_acled() -> None:
    coded = {text: find_dates(text, 0, WEDNESDAY)[0].coded_day.isoformat() for text in (
        "in January", "in early January", "at the end of January", "last week", "from 3 to 7 March",
    )}  # fmt: skip
    assert coded == {
        "in January": "2022-01-16",
        "in early January": "2022-01-01",
        "at the end of January": "2022-01-31",
        "last week": "2022-03-03",
        "from 3 to 7 March": "2022-03-03",
    }


def test_years_and_bounds_are_not_codable() -> None:
    assert not find_dates("in 2017", 0, WEDNESDAY)[0].is_codable
    assert not find_dates("before Monday", 0, WEDNESDAY)[0].is_codable
    assert find_dates("on Monday", 0, WEDNESDAY)[0].is_codable
