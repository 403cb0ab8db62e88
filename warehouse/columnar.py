"""Records to Arrow, column by column: each value goes straight from its record into its column.

`schemas.derive.to_arrow` makes a dict of every row first, which costs four times as much on a report's 60 columns;
landing does it for every Batch. Knows the columns of a table; knows no table by name.
"""

import dataclasses
import typing
from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

import pyarrow as pa

from schemas.derive import Column, arrow_type, columns, plain
from schemas.tables import Table

# what pyarrow raises for a value that a column cannot hold: a lone surrogate, an integer too wide, a wrong type
UNSTORABLE = (pa.ArrowException, UnicodeError, OverflowError, TypeError, ValueError, AttributeError)


@dataclasses.dataclass(frozen=True, slots=True)
class _Source:
    """Where a column's values come from: the position of the record in a row, and how to read it."""

    position: int
    read: Callable[[Any], Any]
    field: pa.Field


@cache
def _sources(records: tuple[type, ...], without: frozenset[str]) -> tuple[_Source, ...]:
    return tuple(
        _Source(position, _reader(c), pa.field(c.name, arrow_type(c.kind, c.bits), c.nullable))
        for position, record in enumerate(records)
        for c in columns(record)
        if c.name not in without
    )


def _reader(c: Column) -> Callable[[Any], Any]:
    read = attrgetter(c.name)
    inner = typing.get_args(c.kind)[0] if typing.get_origin(c.kind) is tuple else c.kind
    if dataclasses.is_dataclass(inner):
        return lambda record: plain(read(record))
    return read


def arrow_table(
    table: Table, rows: Sequence[Sequence[Any]], without: frozenset[str] = frozenset()
) -> pa.Table:
    """The rows as an Arrow table, the columns of `without` left out. A row holds one record for each of the table's
    record classes, or anything with attributes of the same names.

    Raises one of UNSTORABLE for a value that its column cannot hold, whichever row it is in.
    """
    sources = _sources(table.records, without)
    arrays = [pa.array([s.read(row[s.position]) for row in rows], s.field.type) for s in sources]
    return pa.Table.from_arrays(arrays, schema=pa.schema([s.field for s in sources]))


def with_column(table: pa.Table, name: str, values: pa.Array) -> pa.Table:
    """The table with this column set anew, or added."""
    at = table.schema.get_field_index(name)
    field = pa.field(name, values.type)
    return table.append_column(field, values) if at < 0 else table.set_column(at, field, values)
