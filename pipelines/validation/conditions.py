"""Great Expectations' row conditions as masks: which rows an expectation judges.

Nulls as `DataFrame.query` has them: `==` and `IN` never hold for a missing value, `!=` and `NOT_IN` always do.
"""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.validation.columns import lookup, missing, typed
from schemas.errors import ExpectationError

Mask = Callable[[pa.RecordBatch], pa.Array]


def compile_condition(condition: Mapping[str, Any], schema: pa.Schema, name: str) -> Mask:
    """The rows for which the condition holds. Raises ExpectationError for a form without a mask."""
    kind = condition.get("type") if isinstance(condition, Mapping) else None
    if kind in ("and", "or"):
        return _joined([compile_condition(c, schema, name) for c in condition["conditions"]], kind)
    if kind == "nullity":
        return _nullity(column_of(schema, condition["column"]["name"], name), condition["is_null"])
    if kind == "comparison":
        return _comparison(condition, schema, name)
    message = f"{name}: a row condition of the form {condition!r} has no predicate."
    raise ExpectationError(message, "Use comparison, nullity, and, or.")


def column_of(schema: pa.Schema, column: str, name: str) -> str:
    """The column's name, if the judge frame has it; raises ExpectationError else."""
    if column not in schema.names:
        message = f"{name}: there is no column {column!r} in the judge frame."
        raise ExpectationError(
            message, "Correct the expectation, or derive the column in pipelines/validation/frame.py."
        )
    return column


def _joined(parts: list[Mask], kind: str) -> Mask:
    join = pc.and_ if kind == "and" else pc.or_
    return lambda frame: reduce(join, [part(frame) for part in parts])


def _nullity(column: str, is_null: bool) -> Mask:
    if is_null:
        return lambda frame: missing(frame[column])
    return lambda frame: pc.invert(missing(frame[column]))


def _comparison(condition: Mapping[str, Any], schema: pa.Schema, name: str) -> Mask:
    column, operator = column_of(schema, condition["column"]["name"], name), condition["operator"]
    if operator not in ("==", "!=", "IN", "NOT_IN"):
        message = f"{name}: a row condition with {operator!r} has no predicate."
        raise ExpectationError(message, "Use ==, !=, IN or NOT_IN.")
    parameter = condition["parameter"]
    values = typed(
        parameter if operator in ("IN", "NOT_IN") else [parameter], schema.field(column).type, name
    )
    if operator in ("==", "IN"):
        return lambda frame: pc.is_in(lookup(frame[column]), value_set=values)
    return lambda frame: pc.invert(pc.is_in(lookup(frame[column]), value_set=values))
