"""Counts of a sentence: bounds, ranges, ACLED's word rule; ages, dates, money and distances are none."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.coding.numbers import find_counts
from schemas.precision import CountBasis, FatalitiesBasis


def figures(text: str) -> list[tuple[int, int, int | None, str]]:
    """Every count as (low, best, high, basis)."""
    return [(c.low, c.best, c.high, c.basis.value) for c in find_counts(text, 0)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("eleven people", (11, 11, 11, "exact")),
        ("2,162 attacks", (2162, 2162, 2162, "exact")),
        ("1.2 million people", (1_200_000, 1_200_000, 1_200_000, "exact")),
        ("a dozen men", (12, 12, 12, "exact")),
        ("two dozen men", (24, 24, 24, "exact")),
        ("at least 20 guards", (20, 20, None, "at_least")),
        ("more than 300 prisoners", (300, 300, None, "at_least")),
        ("over three hundred prisoners", (300, 300, None, "at_least")),
        ("40 or more guards", (40, 40, None, "at_least")),
        ("up to 15 guards", (0, 15, 15, "at_most")),
        ("nearly 40 guards", (40, 40, 40, "about")),
        ("some 40 guards", (40, 40, 40, "about")),
        ("between 10 and 15 rebels", (10, 10, 15, "range")),
        ("10 to 15 rebels", (10, 10, 15, "range")),
        ("10-15 rebels", (10, 10, 15, "range")),
        ("several rebels", (3, 10, None, "word")),
        ("several villagers", (3, 3, None, "word")),
        ("dozens of rebels", (12, 12, None, "word")),
        ("tens of rebels", (10, 10, None, "word")),
        ("hundreds of rebels", (100, 100, None, "word")),
        ("several hundred rebels", (200, 200, None, "word")),
        ("tens of thousands of people", (10_000, 10_000, None, "word")),
        ("no one was hurt", (0, 0, 0, "exact")),
    ],
)
def test_counts(text: str, expected: tuple[int, int, int | None, str]) -> None:
    assert figures(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "a 12-year-old boy", "Omar Hadi, 34, was seen", "aged 40", "in 2017", "$500 million", "20 percent of it", "150 km north",
        "on Highway 7", "AK-47 rifles", "21 December", "at 0914", "at 5 pm", "for three days", "the 5th floor", "42 Main Street",
        "the 3rd brigade", "a battalion 101 post", "", "nothing here",
    ],
)  # fmt: skip
def test_measures_count_nothing(text: str) -> None:
    assert figures(text) == []


def test_numbers_inside_skipped_spans_count_nothing() -> None:
    text = "On 3 March 12 guards fell."
    assert [c.best for c in find_counts(text, 50, [(53, 60)])] == [12]


def test_the_noun_is_what_is_counted() -> None:
    nouns = [c.noun for c in find_counts("six Afghan soldiers and 302 operations", 0)]
    assert nouns == ["Afghan soldiers", "operations"]


@given(
    number=st.integers(2, 99_999),
    noun=st.sampled_from(["villagers", "soldiers", "attacks"]),
    offset=st.integers(0, 999),
)
def test_any_number_before_a_noun_is_found_at_its_place(number: int, noun: str, offset: int) -> None:
    text = f"It is said that {number:,} {noun} were counted"
    (count,) = find_counts(text, offset)
    assert (count.best, count.noun) == (number, noun)
    assert text[count.start - offset : count.end - offset] == f"{number:,}"


@given(text=st.text(max_size=200))
def test_no_text_raises_and_counts_never_overlap(text: str) -> None:
    found = find_counts(text, 3)
    assert all(3 <= c.start < c.end <= 3 + len(text) for c in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(c.low <= c.best and (c.high is None or c.best <= c.high) for c in found)


def test_bases_map_to_the_vocabularies_of_a_report() -> None:
    (ranged,) = find_counts("between 10 and 15 rebels", 0)
    assert (ranged.basis.for_count, ranged.basis.for_fatalities) == (CountBasis.ABOUT, FatalitiesBasis.RANGE)
    (least,) = find_counts("at least 10 rebels", 0)
    assert (least.basis.for_count, least.basis.for_fatalities) == (CountBasis.AT_LEAST, FatalitiesBasis.RANGE)
    (word,) = find_counts("dozens of rebels", 0)
    assert (word.basis.for_count, word.basis.for_fatalities) == (CountBasis.WORD, FatalitiesBasis.WORD)
