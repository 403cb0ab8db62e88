"""Numbers in words and digits: what is written in words is read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.coding.numbers import parse_number_words
from pipelines.coding.numbers.words import TENS, UNITS

_UNIT_WORDS = {value: word for word, value in UNITS.items()}
_TEN_WORDS = {value: word for word, value in TENS.items() if word != "fourty"}


def in_words(number: int, joiner: str = " and ") -> str:
    """The number in English words."""
    if number < 20:
        return _UNIT_WORDS[number]
    if number < 100:
        tens, unit = number - number % 10, number % 10
        return _TEN_WORDS[tens] + (f"-{_UNIT_WORDS[unit]}" if unit else "")
    for size, word in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            return f"{in_words(number // size)} {word}" + (joiner + in_words(rest) if rest else "")
    raise AssertionError(number)


@given(number=st.integers(0, 999_999), joiner=st.sampled_from([" and ", " "]))
def test_a_number_in_words_is_read_back(number: int, joiner: str) -> None:
    assert parse_number_words(in_words(number, joiner)) == number
    assert parse_number_words(in_words(number, joiner).upper()) == number


@given(number=st.integers(0, 8_000_000_000))
def test_digits_with_and_without_separators_are_read_back(number: int) -> None:
    assert parse_number_words(str(number)) == number
    assert parse_number_words(f"{number:,}") == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a dozen", 12), ("two dozen", 24), ("half a dozen", 6), ("three score", 60), ("a hundred", 100), ("1.2 million", 1_200_000),
        ("5 hundred", 500), ("no one", 0), ("none", 0), ("twenty one", 21),
    ],
)  # fmt: skip
def test_other_forms(text: str, value: int) -> None:
    assert parse_number_words(text) == value


@pytest.mark.parametrize("text", ["", "banana", "several", "1.5", "9" * 13, "and", "one banana", "3 bananas"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number_words(text) is None


@given(text=st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    value = parse_number_words(text)
    assert value is None or value >= 0
