"""What has no exact predicate is refused at start, by name and with a way out."""

from typing import Any

import pyarrow as pa
import pytest

from pipelines.validation.compiled import compile_suite
from pipelines.validation.predicates import compile_predicate
from schemas.errors import ExpectationError
from schemas.expectations.suite import Expectation, Severity, Suite

SCHEMA = pa.schema([("t", pa.string()), ("u", pa.string()), ("i", pa.int64()), ("b", pa.bool_())])
BETWEEN = "expect_column_values_to_be_between"
IN_SET = "expect_column_values_to_be_in_set"
REGEX = "expect_column_values_to_match_regex"
EQUAL = "expect_column_pair_values_to_be_equal"
GREATER = "expect_column_pair_values_a_to_be_greater_than_b"
PAIR_SET = "expect_column_pair_values_to_be_in_set"
UNIQUE = "expect_compound_columns_to_be_unique"


def expectation(kind: str, **kwargs: Any) -> Expectation:
    return Expectation("the_name", kind, kwargs, Severity.CRITICAL, "A sentence.", "A source.")


@pytest.mark.parametrize(
    ("kind", "kwargs", "says"),
    [
        ("expect_column_values_to_be_unique", {"column": "t"}, "no predicate"),
        (BETWEEN, {"column": "i", "min_value": 0, "mostly": 0.9}, "mostly"),
        (BETWEEN, {"column": "i", "min_value": 0, "strict_min": True}, "strict_min"),
        (BETWEEN, {"column": "x", "min_value": 0}, "no column 'x'"),
        (BETWEEN, {"column": "t", "min_value": 0}, "is no number"),
        (BETWEEN, {"column": "i"}, "neither min_value nor max_value"),
        (BETWEEN, {"column": "i", "min_value": "2020-01-01"}, "not numbers"),
        (IN_SET, {"column": "i", "value_set": ["a"]}, "do not fit"),
        (IN_SET, {"column": "t", "value_set": ["a", None]}, "null stands"),
        (REGEX, {"column": "i", "regex": "a"}, "is no text"),
        (REGEX, {"column": "t", "regex": "a$"}, "could mean"),
        (REGEX, {"column": "t", "regex": r"\d"}, "could mean"),
        (REGEX, {"column": "t", "regex": "(?i)a"}, "could mean"),
        (REGEX, {"column": "t", "regex": "(a)"}, "could mean"),
        (REGEX, {"column": "t", "regex": "[é]"}, "could mean"),
        (REGEX, {"column": "t", "regex": "[a"}, "cannot be compiled"),
        (EQUAL, {"column_A": "t", "column_B": "i"}, "different types"),
        (EQUAL, {"column_A": "t", "column_B": "u", "ignore_row_if": "never"}, "'never' has no predicate"),
        (GREATER, {"column_A": "t", "column_B": "u"}, "compares missing values"),
        (UNIQUE, {"column_list": ["t"]}, "passes rows over"),
        (PAIR_SET, {"column_A": "i", "column_B": "t", "value_pairs_set": [["x", "y"]]}, "do not fit"),
        (
            PAIR_SET,
            {
                "column_A": "t",
                "column_B": "u",
                "value_pairs_set": [["x", "y"]],
                "row_condition": {"type": "nullity", "column": {"name": "t"}, "is_null": True},
            },
            "no predicate with a row_condition",
        ),
    ],
)
def test_what_could_mean_something_else_to_the_judge_is_refused(
    kind: str, kwargs: dict[str, Any], says: str
) -> None:
    with pytest.raises(ExpectationError, match=says) as caught:
        compile_predicate(expectation(kind, **kwargs), SCHEMA)
    assert "the_name" in str(caught.value)


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("t == 'x'", "form"),
        ({"type": "pass_through", "pass_through_filter": "i > 3"}, "form"),
        ({"type": "comparison", "column": {"name": "i"}, "operator": ">", "parameter": 3}, "'>'"),
        ({"type": "comparison", "column": {"name": "x"}, "operator": "==", "parameter": 3}, "no column 'x'"),
        ({"type": "comparison", "column": {"name": "i"}, "operator": "==", "parameter": "a"}, "do not fit"),
    ],
)
def test_a_row_condition_without_a_mask_is_refused(condition: Any, says: str) -> None:
    not_null = expectation("expect_column_values_to_not_be_null", column="t", row_condition=condition)
    with pytest.raises(ExpectationError, match=says):
        compile_predicate(not_null, SCHEMA)


def test_a_suite_with_one_expectation_without_predicate_does_not_compile() -> None:
    suite = Suite("s", (expectation(BETWEEN, column="i", min_value=0), expectation("expect_magic")))
    with pytest.raises(ExpectationError, match="expect_magic"):
        compile_suite(suite, SCHEMA)


def test_a_compiled_suite_names_the_failing_rows_and_only_what_fails() -> None:
    suite = Suite("s", (expectation(BETWEEN, column="i", min_value=0),))
    frame = pa.RecordBatch.from_pydict(
        {"t": ["a"] * 4, "u": ["b"] * 4, "i": [-1, None, 0, -2], "b": [True] * 4}, schema=SCHEMA
    )
    assert compile_suite(suite, SCHEMA).failures(frame) == {"the_name": (0, 3)}
    assert compile_suite(suite, SCHEMA).failures(frame.slice(1, 2)) == {}
