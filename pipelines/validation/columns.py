"""Small facts about columns of the judge frame that predicates and conditions share.

A predicate sees a column as pandas does: NaN is a missing value, like null. Everything here returns masks without
nulls.
"""

import re
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from schemas.errors import ExpectationError

# What means the same to Python's re and to RE2, besides letters and digits. `$`, `\b`, `\d`, `\w` and `\s` do not; a
# group that captures makes pandas warn.
_SAME_REGEX = re.compile(r"(?:[^\\$(]|\\[][(){}.|*+?^/\\-]|\(\?:)*\Z", re.DOTALL)


def number(kind: pa.DataType) -> bool:
    """Whether values of that type compare as numbers."""
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def comparable(one: pa.DataType, other: pa.DataType) -> bool:
    """Whether pandas and Arrow compare the two types alike."""
    return bool(one == other or (number(one) and number(other)))


def typed(values: Iterable[Any], kind: pa.DataType, name: str) -> pa.Array:
    """The values of an expectation as the column's type, for look-ups in it; raises ExpectationError where they cannot be."""
    try:
        return lookup(pa.array(values, type=kind))
    except (pa.ArrowException, TypeError) as error:
        message = f"{name}: its values do not fit a column of type {kind} ({error})."
        raise ExpectationError(message, "Correct the expectation's values.") from None


def lookup(values: pa.Array) -> pa.Array:
    """The values as they are looked up in a set: NaN as null, and -0.0 as 0.0 (Arrow tells the two zeros apart there)."""
    if not pa.types.is_floating(values.type):
        return values
    return pc.add(without_nan(values), 0.0)


def missing(values: pa.Array) -> pa.Array:
    """Where there is no value."""
    return pc.is_null(values, nan_is_null=True)


def without_nan(values: pa.Array) -> pa.Array:
    """NaN as null."""
    if not pa.types.is_floating(values.type):
        return values
    return pc.if_else(pc.is_nan(values), None, values)


def yes(mask: pa.Array, of_null: bool = False) -> pa.Array:
    """The mask without nulls."""
    return pc.fill_null(mask, of_null)


def re2(regex: str, name: str) -> str:
    r"""A regex of Python's for Arrow's RE2; raises ExpectationError for one that the two could read differently.

    `\Z` (the end, nothing else) is the one anchor that has two spellings.
    """
    anchored = regex.endswith(r"\Z")
    body = regex.removesuffix(r"\Z") if anchored else regex
    if not body.isascii() or not _SAME_REGEX.match(body):
        message = f"{name}: the regex {regex!r} could mean one thing here and another to Great Expectations."
        raise ExpectationError(message, r"Use plain classes, (?:groups) and quantifiers, ^ and \Z.")
    try:
        pc.match_substring_regex(pa.array([""]), body)
    except pa.ArrowException as error:
        raise ExpectationError(f"{name}: the regex {regex!r} cannot be compiled: {error}.") from None
    return body + r"\z" if anchored else body
