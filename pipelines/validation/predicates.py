"""One predicate for each kind of Great Expectations that the suites use: the frame in, the mask of failing rows out.

The meaning is that of Great Expectations' PandasExecutionEngine (1.24.1), rule by rule; a property test holds the two
equal. A kind, an argument or a column without a predicate is an ExpectationError at start, never a silent pass.
"""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.validation.columns import comparable, lookup, missing, number, re2, typed, without_nan, yes
from pipelines.validation.conditions import Mask, column_of, compile_condition
from schemas.errors import ExpectationError
from schemas.expectations.suite import Expectation

# What a kind may be given beside its row_condition. Anything else (`mostly`, ...) would change the meaning unseen.
Builder = Callable[[Mapping[str, Any], pa.Schema, str], Mask]


def compile_predicate(expectation: Expectation, schema: pa.Schema) -> Mask:
    """The mask of rows of a frame of that schema that fail the expectation; a mask without nulls.

    Raises ExpectationError where the expectation has no exact predicate.
    """
    name = expectation.name
    if expectation.kind not in KINDS:
        message = f"{name}: the kind {expectation.kind} has no predicate."
        raise ExpectationError(message, f"Use one of {', '.join(sorted(KINDS))}.")
    allowed, build = KINDS[expectation.kind]
    kwargs = dict(expectation.kwargs)
    condition = kwargs.pop("row_condition", None)
    if unknown := set(kwargs) - allowed:
        message = f"{name}: {expectation.kind} has no predicate for {', '.join(sorted(unknown))}."
        raise ExpectationError(message, f"Use {', '.join(sorted(allowed))}.")
    failing = build(kwargs, schema, name)
    if condition is None:
        return failing
    if expectation.kind in WHOLE_TABLE:
        raise ExpectationError(f"{name}: {expectation.kind} has no predicate with a row_condition.")
    judged = compile_condition(condition, schema, name)
    return lambda frame: pc.and_(judged(frame), failing(frame))


def _between(kwargs: Mapping[str, Any], schema: pa.Schema, name: str) -> Mask:
    column = column_of(schema, kwargs["column"], name)
    low, high = _bounds(kwargs, name)
    if not number(schema.field(column).type):
        raise ExpectationError(f"{name}: {column} is no number but {schema.field(column).type}.")
    return lambda frame: _outside(frame[column], low, high)


def _length(kwargs: Mapping[str, Any], schema: pa.Schema, name: str) -> Mask:
    column = _text_column(kwargs, schema, name)
    low, high = _bounds(kwargs, name)
    return lambda frame: _outside(pc.utf8_length(frame[column]), low, high)


def _bounds(kwargs: Mapping[str, Any], name: str) -> tuple[Any, Any]:
    low, high = kwargs.get("min_value"), kwargs.get("max_value")
    if low is None and high is None:
        raise ExpectationError(f"{name}: it has neither min_value nor max_value.")
    if not all(bound is None or isinstance(bound, int | float) for bound in (low, high)):
        raise ExpectationError(f"{name}: its bounds {low!r}, {high!r} are not numbers.")
    return low, high


def _outside(values: pa.Array, low: Any, high: Any) -> pa.Array:
    """Null and NaN are never outside."""
    below = None if low is None else pc.less(values, low)
    above = None if high is None else pc.greater(values, high)
    if below is None or above is None:
        return yes(above if below is None else below)
    return yes(pc.or_(below, above))


def _in_set(kwargs: Mapping[str, Any], schema: pa.Schema, name: str) -> Mask:
    column = column_of(schema, kwargs["column"], name)
    values = typed(kwargs["value_set"], schema.field(column).type, name)
    if values.null_count:
        raise ExpectationError(f"{name}: null stands in its value_set.", "Nulls are passed over anyway.")
    return lambda frame: pc.invert(
        pc.or_(missing(frame[column]), pc.is_in(lookup(frame[column]), value_set=values))
    )


def _not_null(kwargs: Mapping[str, Any], schema: pa.Schema, name: str) -> Mask:
    column = column_of(schema, kwargs["column"], name)
    return lambda frame: missing(frame[column])


def _null(kwargs: Mapping[str, Any], schema: pa.Schema, name: str) -> Mask:
    column = column_of(schema, kwargs["column"], name)
    return lambda frame: pc.invert(missing(frame[column]))


def _regex(kwargs: Mapping[str, Any], schema: pa.Schema, name: str) -> Mask:
    column = _text_column(kwargs, schema, name)
    regex = re2(kwargs["regex"], name)
    return lambda frame: yes(pc.invert(pc.match_substring_regex(frame[column], regex)))


def _text_column(kwargs: Mapping[str, Any], schema: pa.Schema, name: str) -> str:
    column = column_of(schema, kwargs["column"], name)
    if schema.field(column).type != pa.string():
        raise ExpectationError(f"{name}: {column} is no text but {schema.field(column).type}.")
    return column


def _pair_columns(kwargs: Mapping[str, Any], schema: pa.Schema, name: str) -> tuple[str, str]:
    return column_of(schema, kwargs["column_A"], name), column_of(schema, kwargs["column_B"], name)


def _same_type(kwargs: Mapping[str, Any], schema: pa.Schema, name: str) -> tuple[str, str]:
    a, b = _pair_columns(kwargs, schema, name)
    if not comparable(schema.field(a).type, schema.field(b).type):
        raise ExpectationError(f"{name}: {a} and {b} are of different types.")
    return a, b


def _ignored(kwargs: Mapping[str, Any], name: str) -> Callable[[pa.Array, pa.Array], pa.Array] | None:
    """Which pairs are passed over."""
    rule = kwargs.get("ignore_row_if", "both_values_are_missing")
    if rule == "neither":
        return None
    if rule not in ("both_values_are_missing", "either_value_is_missing"):
        raise ExpectationError(f"{name}: ignore_row_if {rule!r} has no predicate.")
    join = pc.and_ if rule == "both_values_are_missing" else pc.or_
    return lambda a, b: join(missing(a), missing(b))


def _passing_over(
    ignored: Callable[[pa.Array, pa.Array], pa.Array] | None, a: pa.Array, b: pa.Array, fails: pa.Array
) -> pa.Array:
    return fails if ignored is None else pc.and_not(fails, ignored(a, b))


def _pair_in_set(kwargs: Mapping[str, Any], schema: pa.Schema, name: str) -> Mask:
    """Each side by its place in the list of known values, the pair by the two places: exact for any type."""
    a, b = _pair_columns(kwargs, schema, name)
    pairs, ignored = kwargs["value_pairs_set"], _ignored(kwargs, name)
    firsts, seconds = (list(dict.fromkeys(side)) for side in zip(*pairs, strict=True))
    known_a = typed(firsts, schema.field(a).type, name)
    known_b = typed(seconds, schema.field(b).type, name)
    codes = pa.array([firsts.index(x) * len(seconds) + seconds.index(y) for x, y in pairs], pa.int32())

    def failing(frame: pa.RecordBatch) -> pa.Array:
        values_a, values_b = frame[a], frame[b]
        place_a = pc.index_in(lookup(values_a), value_set=known_a)
        place_b = pc.index_in(lookup(values_b), value_set=known_b)
        code = pc.add(pc.multiply(place_a, pa.scalar(len(seconds), pa.int32())), place_b)
        return _passing_over(ignored, values_a, values_b, pc.invert(pc.is_in(code, value_set=codes)))

    return failing


def _pair_equal(kwargs: Mapping[str, Any], schema: pa.Schema, name: str) -> Mask:
    (a, b), ignored = _same_type(kwargs, schema, name), _ignored(kwargs, name)
    return lambda frame: _passing_over(
        ignored, frame[a], frame[b], pc.invert(yes(pc.equal(frame[a], frame[b])))
    )


def _pair_at_least(kwargs: Mapping[str, Any], schema: pa.Schema, name: str) -> Mask:
    a, b = _same_type(kwargs, schema, name)
    if kwargs.get("ignore_row_if") != "either_value_is_missing":
        message = f"{name}: it compares missing values."
        raise ExpectationError(message, "Set ignore_row_if to either_value_is_missing.")
    below = pc.less if kwargs.get("or_equal") else pc.less_equal
    return lambda frame: yes(below(without_nan(frame[a]), without_nan(frame[b])))


def _unique_together(kwargs: Mapping[str, Any], schema: pa.Schema, name: str) -> Mask:
    """All copies fail; two missing values are the same."""
    names = [column_of(schema, c, name) for c in kwargs["column_list"]]
    if kwargs.get("ignore_row_if") != "never":
        raise ExpectationError(f"{name}: it passes rows over.", "Set ignore_row_if to never.")

    def failing(frame: pa.RecordBatch) -> pa.Array:
        code = reduce(_paired, [_places(frame[c]) for c in names])
        counts = pc.value_counts(code)
        twice = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
        return pc.is_in(code, value_set=twice)

    return failing


def _places(values: pa.Array) -> pa.Array:
    """Each value as the place where it was first seen, null included."""
    encoded = pc.dictionary_encode(lookup(values), null_encoding="encode")
    return encoded.indices.cast(pa.int64())


def _paired(one: pa.Array, other: pa.Array) -> pa.Array:
    return pc.add(pc.multiply(one, len(one) + 1), other)


_COLUMN, _PAIR = frozenset({"column"}), frozenset({"column_A", "column_B", "ignore_row_if"})
_RANGE = _COLUMN | {"min_value", "max_value"}
KINDS: dict[str, tuple[frozenset[str], Builder]] = {
    "expect_column_values_to_be_between": (_RANGE, _between),
    "expect_column_value_lengths_to_be_between": (_RANGE, _length),
    "expect_column_values_to_be_in_set": (_COLUMN | {"value_set"}, _in_set),
    "expect_column_values_to_not_be_null": (_COLUMN, _not_null),
    "expect_column_values_to_be_null": (_COLUMN, _null),
    "expect_column_values_to_match_regex": (_COLUMN | {"regex"}, _regex),
    "expect_column_pair_values_to_be_in_set": (_PAIR | {"value_pairs_set"}, _pair_in_set),
    "expect_column_pair_values_to_be_equal": (_PAIR, _pair_equal),
    "expect_column_pair_values_a_to_be_greater_than_b": (_PAIR | {"or_equal"}, _pair_at_least),
    "expect_compound_columns_to_be_unique": (frozenset({"column_list", "ignore_row_if"}), _unique_together),
}
# Their metrics in Great Expectations 1.24.1 do not take a row_condition into their domain, or mean the whole table.
WHOLE_TABLE = frozenset({"expect_column_pair_values_to_be_in_set", "expect_compound_columns_to_be_unique"})
