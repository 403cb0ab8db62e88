"""Arrow schemas, JSON Schemas and DuckDB DDL, derived from the record classes: written once, never twice.

Knows Python's types and how each is stored; knows no record by name.
"""

import dataclasses
import datetime
import enum
import functools
import types
import typing
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from schemas.columns import Width

SCALARS: dict[type, tuple[pa.DataType, str, dict[str, str]]] = {
    str: (pa.string(), "VARCHAR", {"type": "string"}),
    bytes: (pa.binary(), "BLOB", {"type": "string", "contentEncoding": "base64"}),
    bool: (pa.bool_(), "BOOLEAN", {"type": "boolean"}),
    float: (pa.float64(), "DOUBLE", {"type": "number"}),
    datetime.date: (pa.date32(), "DATE", {"type": "string", "format": "date"}),
    datetime.datetime: (
        pa.timestamp("us", tz="UTC"),
        "TIMESTAMP WITH TIME ZONE",
        {"type": "string", "format": "date-time"},
    ),
}
INTEGERS: dict[int, tuple[pa.DataType, str]] = {
    8: (pa.int8(), "TINYINT"),
    16: (pa.int16(), "SMALLINT"),
    32: (pa.int32(), "INTEGER"),
    64: (pa.int64(), "BIGINT"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """One column as every derived form sees it; `kind` is the Python type without `None`."""

    name: str
    doc: str
    nullable: bool
    kind: Any
    bits: int = 64


def columns(*records: type) -> tuple[Column, ...]:
    """The columns of one or several record classes side by side, in their order."""
    return tuple(c for record in records for c in _columns(record))


@functools.cache
def _columns(record: type) -> tuple[Column, ...]:
    hints = typing.get_type_hints(record, include_extras=True)
    return tuple(_column(f, hints[f.name]) for f in dataclasses.fields(record))


def _column(field: Any, hint: Any) -> Column:
    hint, nullable = _without_none(hint)
    bits = 64
    if typing.get_origin(hint) is typing.Annotated:
        base, *marks = typing.get_args(hint)
        bits = next((m.bits for m in marks if isinstance(m, Width)), 64)
        hint, inner_nullable = _without_none(base)
        nullable = nullable or inner_nullable
    return Column(field.name, field.metadata.get("doc", ""), nullable, hint, bits)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if typing.get_origin(hint) not in (typing.Union, types.UnionType):
        return hint, False
    rest = [a for a in typing.get_args(hint) if a is not type(None)]
    return rest[0], True


def arrow_type(kind: Any, bits: int = 64) -> pa.DataType:
    """The Arrow type of a column's Python type; raises TypeError for one that no record may use."""
    if typing.get_origin(kind) is tuple:
        return pa.list_(arrow_type(typing.get_args(kind)[0]))
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return pa.struct([pa.field(c.name, arrow_type(c.kind, c.bits), c.nullable) for c in columns(kind)])
    if isinstance(kind, type) and issubclass(kind, enum.IntEnum):
        return pa.int8()
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return pa.string()
    if kind is int:
        return INTEGERS[bits][0]
    if kind in SCALARS:
        return SCALARS[kind][0]
    message = f"no column type for {kind!r}"
    raise TypeError(message)


def arrow_schema(*records: type) -> pa.Schema:
    """The Arrow schema of a table whose rows are these records side by side."""
    return pa.schema([pa.field(c.name, arrow_type(c.kind, c.bits), c.nullable) for c in columns(*records)])


def sql_type(kind: Any, bits: int = 64) -> str:
    """The DuckDB type of a column's Python type."""
    if typing.get_origin(kind) is tuple:
        return sql_type(typing.get_args(kind)[0]) + "[]"
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        inner = ", ".join(f'"{c.name}" {sql_type(c.kind, c.bits)}' for c in columns(kind))
        return f"STRUCT({inner})"
    if isinstance(kind, type) and issubclass(kind, enum.IntEnum):
        return "TINYINT"
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return "VARCHAR"
    return INTEGERS[bits][1] if kind is int else SCALARS[kind][1]


def ddl(table: str, *records: type) -> str:
    """`CREATE TABLE` for these records; `table` is quoted by the caller where it needs a catalog before it."""
    lines = [
        f'"{c.name}" {sql_type(c.kind, c.bits)}{"" if c.nullable else " NOT NULL"}' for c in columns(*records)
    ]
    return f"CREATE TABLE {table} (\n    " + ",\n    ".join(lines) + "\n)"


def json_schema(record: type) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one record as it is written in JSON."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": record.__name__,
        "description": (record.__doc__ or "").strip().split("\n")[0],
        **_object_schema(record),
    }


def _object_schema(record: type) -> dict[str, Any]:
    properties = {c.name: _property(c) for c in columns(record)}
    required = [c.name for c in columns(record) if not c.nullable]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _property(c: Column) -> dict[str, Any]:
    schema = _kind_schema(c.kind)
    if c.nullable and "type" in schema:
        schema = {**schema, "type": [schema["type"], "null"]}
    if c.nullable and "enum" in schema:
        schema = {**schema, "enum": [*schema["enum"], None]}
    return {**schema, "description": c.doc} if c.doc else schema


def _kind_schema(kind: Any) -> dict[str, Any]:
    if typing.get_origin(kind) is tuple:
        return {"type": "array", "items": _kind_schema(typing.get_args(kind)[0])}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _object_schema(kind)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        number = issubclass(kind, enum.IntEnum)
        return {"type": "integer" if number else "string", "enum": [m.value for m in kind]}
    return {"type": "integer"} if kind is int else dict(SCALARS[kind][2])


def plain(value: Any) -> Any:
    """A record's value as Arrow and JSON take it: enums by value, tuples as lists, records as dicts."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return value


def row(*records: Any) -> dict[str, Any]:
    """One table row from records side by side (their field names do not overlap)."""
    return {name: value for record in records for name, value in plain(record).items()}


def to_arrow(rows: Iterable[Sequence[Any]], *records: type) -> pa.Table:
    """A table from rows of records side by side; raises pyarrow.ArrowException for a value Arrow cannot hold
    (a lone surrogate, an integer too wide), so callers that must not fail convert row by row first."""
    return pa.Table.from_pylist([row(*parts) for parts in rows], schema=arrow_schema(*records))
