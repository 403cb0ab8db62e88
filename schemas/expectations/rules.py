"""The words in which suites are written: one function per kind of Great Expectations, one per form of row condition.

Only kinds that its PandasExecutionEngine runs natively and that have a predicate in the stream stand here. Nulls: all
column kinds pass them over; pairs say so by `ignore_row_if`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from schemas.expectations.suite import Expectation, Severity

Value = str | int | float | bool
Kwargs = Mapping[str, Any]
Rule = tuple[str, Kwargs]


def critical(name: str, rule: Rule, sentence: str, source: str = "") -> Expectation:
    """A row that fails it is rejected."""
    return Expectation(name, rule[0], rule[1], Severity.CRITICAL, sentence, source)


def warning(name: str, rule: Rule, sentence: str, source: str = "") -> Expectation:
    """A row that fails it lands, with the name in `quality_flags`."""
    return Expectation(name, rule[0], rule[1], Severity.WARNING, sentence, source)


def between(column: str, low: float | None, high: float | None = None, where: Kwargs | None = None) -> Rule:
    """The number lies in `[low, high]`; None leaves a side open.

    Numbers only: Great Expectations reads a bound that looks like a date as one, and then compares it with no text.
    """
    # as floats: that is how Great Expectations writes them back
    bounds = {"min_value": low, "max_value": high}
    kept = {name: float(bound) for name, bound in bounds.items() if bound is not None}
    return _rule("expect_column_values_to_be_between", {"column": column, **kept}, where)


def in_set(column: str, values: Iterable[Value], where: Kwargs | None = None) -> Rule:
    """The value is one of these."""
    return _rule("expect_column_values_to_be_in_set", {"column": column, "value_set": _plain(values)}, where)


def not_null(column: str, where: Kwargs | None = None) -> Rule:
    """There is a value."""
    return _rule("expect_column_values_to_not_be_null", {"column": column}, where)


def is_null(column: str, where: Kwargs | None = None) -> Rule:
    """There is no value."""
    return _rule("expect_column_values_to_be_null", {"column": column}, where)


def matches(column: str, regex: str, where: Kwargs | None = None) -> Rule:
    """The regex is found in the text (`^` and `\\Z` anchor it; `$` would let a last line break pass)."""
    return _rule("expect_column_values_to_match_regex", {"column": column, "regex": regex}, where)


def length(column: str, low: int, high: int | None = None, where: Kwargs | None = None) -> Rule:
    """The text has that many characters."""
    bounds = {"min_value": float(low)} | ({} if high is None else {"max_value": float(high)})
    return _rule("expect_column_value_lengths_to_be_between", {"column": column, **bounds}, where)


def pair_in(column_a: str, column_b: str, pairs: Iterable[tuple[Value | None, Value | None]]) -> Rule:
    """The two values are one of these pairs; None stands for null. A row with two nulls is judged, too."""
    kwargs = {
        "column_A": column_a,
        "column_B": column_b,
        "value_pairs_set": [[_value(a), _value(b)] for a, b in pairs],
        "ignore_row_if": "neither",
    }
    return "expect_column_pair_values_to_be_in_set", kwargs


def equal(column_a: str, column_b: str, where: Kwargs | None = None) -> Rule:
    """The two values are the same; a row with two nulls is passed over, one null fails."""
    # ignore_row_if is left at its default (both_values_are_missing): Great Expectations does not write defaults
    return _rule("expect_column_pair_values_to_be_equal", {"column_A": column_a, "column_B": column_b}, where)


def at_least(column_a: str, column_b: str, where: Kwargs | None = None) -> Rule:
    """A >= B wherever both have a value."""
    kwargs = {
        "column_A": column_a,
        "column_B": column_b,
        "or_equal": True,
        "ignore_row_if": "either_value_is_missing",
    }
    return _rule("expect_column_pair_values_a_to_be_greater_than_b", kwargs, where)


def unique_together(columns: Sequence[str]) -> Rule:
    """No two rows have the same values in all of these; all copies fail."""
    kwargs = {"column_list": list(columns), "ignore_row_if": "never"}
    return "expect_compound_columns_to_be_unique", kwargs


def where_in(column: str, values: Iterable[Value]) -> Kwargs:
    """Only rows whose value is one of these."""
    return {
        "column": {"name": column},
        "operator": "IN",
        "parameter": _plain(values),
        "type": "comparison",
    }


def where_is(column: str, value: Value) -> Kwargs:
    """Only rows with this value."""
    return {
        "column": {"name": column},
        "operator": "==",
        "parameter": _value(value),
        "type": "comparison",
    }


def where_not_null(column: str) -> Kwargs:
    """Only rows with a value."""
    return {"column": {"name": column}, "is_null": False, "type": "nullity"}


def _rule(kind: str, kwargs: Kwargs, where: Kwargs | None) -> Rule:
    return kind, {**kwargs, "row_condition": where} if where else kwargs


def _plain(values: Iterable[Value]) -> list[Value | None]:
    return [_value(v) for v in values]


def _value(value: Value | None) -> Value | None:
    """A plain JSON value: enums are str or int, but JSON should not have to know."""
    if isinstance(value, str):
        return str(value)
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else value
