"""Every predicate against Great Expectations itself: the same rows fail, on any table, for every kind and condition."""

import json
from functools import cache
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipelines.validation.compiled import compile_suite
from pipelines.validation.judge import LoadedSuite, batch_definition, pandas_source
from pipelines.validation.predicates import KINDS, WHOLE_TABLE
from schemas.expectations.suite import load_suite, parse_suite

WORDS = ["", "a", "ab", "Battles", "b\n", "a-b", "é", "\U0001f514", "nan", "None", "<NA>"]
TEXT = st.sampled_from(WORDS) | st.text(
    st.characters(exclude_categories=["Cs"], max_codepoint=0x2FFF), max_size=4
)
# beyond 2**53 a column with nulls becomes a double in pandas and whole numbers run together
WHOLE = st.integers(-3, 12) | st.integers(-(2**53), 2**53)
REAL = st.floats() | st.sampled_from([0.0, -0.0, 0.5, 1.0, float("nan"), float("inf"), -float("inf")])
VALUES = {
    "t": TEXT,
    "u": TEXT,
    "i": WHOLE,
    "j": WHOLE,
    "f": REAL,
    "g": REAL,
    "b": st.booleans(),
    "c": st.booleans(),
}
TYPES = {
    "t": pa.string(),
    "u": pa.string(),
    "i": pa.int64(),
    "j": pa.int64(),
    "f": pa.float64(),
    "g": pa.float64(),
}
SCHEMA = pa.schema([(name, TYPES.get(name, pa.bool_())) for name in VALUES])
NUMBERS, TEXTS = "ijfg", "tu"
PAIRS = [("t", "u"), ("i", "j"), ("f", "g"), ("i", "f"), ("b", "c"), ("j", "g")]
REGEXES = [
    r"^a",
    r"^[a-z]{1,2}\Z",
    r"^(?:a|b)(?:-(?:a|b))?\Z",
    r"b",
    r"^Protesters \(",
    r".",
    r"^\Z",
    r"[^a]",
]


@st.composite
def frames(draw: st.DrawFn) -> pa.RecordBatch:
    """A table of up to eight rows; any column may be full, patchy or empty of values."""
    rows = draw(st.integers(1, 8))
    columns = {}
    for name, values in VALUES.items():
        kind = draw(st.sampled_from(["full", "patchy", "empty"]))
        cell = {"full": values, "patchy": st.none() | values, "empty": st.none()}[kind]
        columns[name] = pa.array(draw(st.lists(cell, min_size=rows, max_size=rows)), SCHEMA.field(name).type)
    return pa.RecordBatch.from_pydict(columns)


def finite(column: str) -> st.SearchStrategy[Any]:
    """Values that JSON can write and a value set may hold."""
    return VALUES[column].filter(lambda v: v == v and v not in (float("inf"), -float("inf")))


@st.composite
def bounds(draw: st.DrawFn, least: float = -5) -> dict[str, float]:
    """One or both bounds, in order."""
    low, high = sorted(draw(st.lists(st.integers(int(least), 12).map(float), min_size=2, max_size=2)))
    return draw(
        st.sampled_from([{"min_value": low}, {"max_value": high}, {"min_value": low, "max_value": high}])
    )


@st.composite
def leaves(draw: st.DrawFn) -> dict[str, Any]:
    """A nullity or a comparison of a column."""
    column = draw(st.sampled_from("tuijf"))
    if draw(st.booleans()):
        return {"type": "nullity", "column": {"name": column}, "is_null": draw(st.booleans())}
    operator = draw(st.sampled_from(["==", "!=", "IN", "NOT_IN"]))
    values = draw(st.lists(finite(column), min_size=1, max_size=3))
    parameter = values if operator in ("IN", "NOT_IN") else values[0]
    return {"type": "comparison", "column": {"name": column}, "operator": operator, "parameter": parameter}


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, Any]:
    """A leaf, or two joined."""
    kind = draw(st.sampled_from(["leaf", "and", "or"]))
    if kind == "leaf":
        return draw(leaves())
    return {"type": kind, "conditions": [draw(leaves()), draw(leaves())]}


@st.composite
def pair_sets(draw: st.DrawFn) -> dict[str, Any]:
    """Known pairs of two columns, nulls among them."""
    a, b = draw(st.sampled_from(["tu", "ti", "ij", "if", "gt"]))
    pairs = st.tuples(st.none() | finite(a), st.none() | finite(b)).map(list)
    ignore = draw(st.sampled_from(["neither", "both_values_are_missing", "either_value_is_missing"]))
    known = draw(st.lists(pairs, min_size=1, max_size=5))
    return {"column_A": a, "column_B": b, "value_pairs_set": known, "ignore_row_if": ignore}


@st.composite
def arguments(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """Arguments that the kind may be given."""
    one = {"column": draw(st.sampled_from(list(VALUES)))}
    text = {"column": draw(st.sampled_from(TEXTS))}
    number = {"column": draw(st.sampled_from(NUMBERS))}
    a, b = draw(st.sampled_from(PAIRS))
    pair = {"column_A": a, "column_B": b}
    ignore = st.sampled_from(["neither", "both_values_are_missing", "either_value_is_missing"])
    chosen = draw(st.sampled_from("tuijfg"))
    match kind:
        case "expect_column_values_to_be_between":
            return number | draw(bounds())
        case "expect_column_value_lengths_to_be_between":
            return text | draw(bounds(least=0))
        case "expect_column_values_to_be_in_set":
            return {"column": chosen, "value_set": draw(st.lists(finite(chosen), min_size=1, max_size=4))}
        case "expect_column_values_to_match_regex":
            return text | {"regex": draw(st.sampled_from(REGEXES))}
        case "expect_column_pair_values_to_be_in_set":
            return draw(pair_sets())
        case "expect_column_pair_values_to_be_equal":
            return pair | {"ignore_row_if": draw(ignore)}
        case "expect_column_pair_values_a_to_be_greater_than_b":
            a, b = draw(st.sampled_from([p for p in PAIRS if p != ("b", "c")]))
            how = {"or_equal": draw(st.booleans()), "ignore_row_if": "either_value_is_missing"}
            return {"column_A": a, "column_B": b, **how}
        case "expect_compound_columns_to_be_unique":
            columns = draw(st.lists(st.sampled_from("tuijf"), min_size=2, max_size=3, unique=True))
            return {"column_list": columns, "ignore_row_if": "never"}
    return one


@st.composite
def suites(draw: st.DrawFn) -> str:
    """A suite in which every kind stands once, most of them under a row condition."""
    expectations = []
    for kind in KINDS:
        kwargs = draw(arguments(kind))
        if kind not in WHOLE_TABLE and draw(st.booleans()):
            kwargs["row_condition"] = draw(conditions())
        expectations.append({"type": kind, "kwargs": kwargs, "meta": {"name": kind}, "severity": "critical"})
    return json.dumps({"name": "random", "expectations": expectations, "meta": {}})


@cache
def definition() -> Any:
    """The judge's way in, opened once."""
    return batch_definition(pandas_source(), "random")


def assert_equal(text: str, frame: pa.RecordBatch) -> None:
    """Predicates and judge find the same rows, and the judge could judge all."""
    verdict = LoadedSuite(text, definition()).verdict(frame)
    assert verdict.unjudged == {}
    assert compile_suite(parse_suite(text), frame.schema).failures(frame) == verdict.failures


# not shrunk: a step costs a run of Great Expectations, and the failing expectation names itself
@settings(
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(suites(), frames())
def test_predicates_equal_great_expectations_on_any_table(text: str, frame: pa.RecordBatch) -> None:
    assert_equal(text, frame)


def test_every_kind_that_the_suites_use_is_among_the_kinds_compared() -> None:
    used = {e.kind for name in ("articles", "reports") for e in load_suite(name).expectations}
    assert used == set(KINDS)


def test_the_two_zeros_are_one_zero() -> None:
    columns = {name: [None, None] for name in VALUES} | {"f": [-0.0, 0.0], "g": [0.5, -0.0]}
    kwargs = {"f": {"column": "f", "value_set": [0.0]}, "g": {"column": "g", "value_set": [0.5]}}
    text = json.dumps(
        {
            "name": "random",
            "meta": {},
            "expectations": [
                {
                    "type": "expect_column_values_to_be_in_set",
                    "kwargs": kwargs[name],
                    "meta": {"name": name},
                    "severity": "critical",
                }
                for name in kwargs
            ],
        }
    )
    frame = pa.RecordBatch.from_pydict(columns, schema=SCHEMA)
    assert_equal(text, frame)
    assert compile_suite(parse_suite(text), SCHEMA).failures(frame) == {"g": (1,)}
