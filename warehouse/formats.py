"""Writes rows as CSV, JSON lines, Parquet or a table on the terminal, as they come: never more than a batch at once.

Knows how each Arrow type is written. A text cell of a CSV never begins with a character that makes a spreadsheet
take it for a formula; numbers stay numbers.
"""

import base64
import datetime
import decimal
import enum
import math
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
from rich import box
from rich.table import Table
from rich.text import Text

# What Excel, LibreOffice and Google Sheets take for a formula, and the blanks that some strip before they look.
FORMULA = r"^[\s\x00]*[=+\-@]|^[\t\r]"
# A cell of the terminal's table longer than this hides the other columns.
CELL_CHARS = 60
# ZSTD: DuckLake's own files use it too; a third smaller than snappy for text, and as fast to read.
COMPRESSION = "zstd"


class Format(enum.StrEnum):
    """How the rows of a query are written."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


def write_csv(schema: pa.Schema, batches: Iterable[pa.RecordBatch], out: IO[bytes]) -> int:
    """RFC 4180 with a header, UTF-8, NULL as an empty cell; lists and structs as JSON. Returns the rows written.

    A text cell that begins with `=`, `+`, `-` or `@` gets an apostrophe before it.
    """
    rows = 0
    names = [guarded(name) for name in schema.names]
    first = pa.record_batch([_csv_column(pa.array([], f.type)) for f in schema], names=names)
    with pa.csv.CSVWriter(out, first.schema) as writer:
        for batch in batches:
            columns = [_csv_column(column) for column in batch.columns]
            writer.write_batch(pa.record_batch(columns, schema=first.schema))
            rows += batch.num_rows
    return rows


def guarded(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    cell: str = _guard(pa.array([text]))[0].as_py()
    return cell


def write_jsonl(schema: pa.Schema, batches: Iterable[pa.RecordBatch], out: IO[bytes]) -> int:
    """One JSON object a line: instants in RFC 3339, bytes in base64, numbers that JSON cannot hold as null.
    Returns the rows written."""
    rows = 0
    for batch in batches:
        for row in _rows(batch):
            out.write(
                orjson.dumps(dict(zip(schema.names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE)
            )
        rows += batch.num_rows
    return rows


def write_parquet(schema: pa.Schema, batches: Iterable[pa.RecordBatch], out: IO[bytes]) -> int:
    """One Parquet file, types kept. Returns the rows written."""
    rows = 0
    with pa.parquet.ParquetWriter(out, schema, compression=COMPRESSION) as writer:
        for table in _row_groups(schema, batches):
            writer.write_table(table)
            rows += table.num_rows
    return rows


WRITERS: dict[Format, Callable[[pa.Schema, Iterable[pa.RecordBatch], IO[bytes]], int]] = {
    Format.CSV: write_csv,
    Format.JSONL: write_jsonl,
    Format.PARQUET: write_parquet,
}


def table(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Table:
    """A table for the terminal; cells are cut at CELL_CHARS, markup and control characters are shown as they are."""
    shown = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for field in schema:
        shown.add_column(Text(field.name), justify="right" if _is_number(field.type) else "left")
    for batch in batches:
        for row in _rows(batch):
            shown.add_row(*(Text(_cell(value)) for value in row))
    return shown


def plan(batches: Iterable[pa.RecordBatch]) -> str:
    """The text of EXPLAIN's answer, its lines kept."""
    return "\n".join(str(row[-1]) for batch in batches for row in _rows(batch)) + "\n"


def cut(batches: Iterable[pa.RecordBatch], limit: int | None) -> Iterator[pa.RecordBatch]:
    """The first `limit` rows; all where it is None."""
    left = limit
    for batch in batches:
        if left is None:
            yield batch
        elif left > 0:
            yield batch.slice(0, left)
            left -= batch.num_rows
        else:
            return


def _row_groups(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Batches gathered into row groups of about 100,000 rows: one group a batch would make a file slow to read."""
    gathered: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        gathered.append(batch)
        rows += batch.num_rows
        if rows >= 100_000:
            yield pa.Table.from_batches(gathered, schema)
            gathered, rows = [], 0
    if gathered:
        yield pa.Table.from_batches(gathered, schema)


def _csv_column(column: pa.Array) -> pa.Array:
    kind = column.type
    if _is_number(kind) or pa.types.is_boolean(kind):
        return column.cast(pa.string()) if pa.types.is_decimal(kind) else column
    if pa.types.is_date(kind) or pa.types.is_time(kind):
        return column
    if pa.types.is_timestamp(kind) or pa.types.is_nested(kind) or not pa.types.is_string(kind):
        column = pa.array([_text(v) for v in _values(column)], pa.string())
    return _guard(column)


def _guard(column: pa.Array) -> pa.Array:
    risky = pc.match_substring_regex(column, FORMULA)
    return pc.if_else(risky, pc.binary_join_element_wise("'", column, ""), column)


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def _rows(batch: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    columns = [_values(column) for column in batch.columns]
    return zip(*columns, strict=True) if columns else iter(())


def _values(column: pa.Array) -> list[Any]:
    """A column's values in JSON's types, None for NULL."""
    if pa.types.is_timestamp(column.type):
        return _instants(column)
    return [jsonable(value) for value in column.to_pylist()]


def _instants(column: pa.Array) -> list[Any]:
    """RFC 3339 by Arrow itself: Python's datetime ends with the year 9999 and drops nanoseconds."""
    zone = "Z" if column.type.tz else ""
    naive = column.cast(pa.timestamp(column.type.unit))
    return [None if v is None else v.replace(" ", "T") + zone for v in naive.cast(pa.string()).to_pylist()]


def jsonable(value: Any) -> Any:
    """A value of a row in JSON's types: numbers that are none become None, what JSON has no type for becomes text."""
    if value is None or isinstance(value, bool | str):
        return value
    for kind, convert in _CONVERSIONS:
        if isinstance(value, kind):
            return convert(value)
    return str(value)


def _integer(value: int) -> int | str:
    # beyond 64 bits readers of JSON lose digits
    return value if -(2**63) <= value < 2**63 else str(value)


def _decimal(value: decimal.Decimal) -> int | float | str:
    return _integer(int(value)) if value == value.to_integral_value() else float(value)


def _interval(value: Any) -> str:
    """ISO 8601's form of an interval."""
    return f"P{value.months}M{value.days}DT{value.nanoseconds / 1e9:g}S"


_CONVERSIONS: tuple[tuple[type | tuple[type, ...], Callable[[Any], Any]], ...] = (
    (int, _integer),
    (float, lambda v: v if math.isfinite(v) else None),
    (decimal.Decimal, _decimal),
    (bytes, lambda v: base64.b64encode(v).decode()),
    ((datetime.date, datetime.time), lambda v: v.isoformat()),
    (dict, lambda v: {str(k): jsonable(item) for k, item in v.items()}),
    (pa.MonthDayNano, _interval),
    ((list, tuple), lambda v: [jsonable(item) for item in v]),
)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return orjson.dumps(value).decode()


def _cell(value: Any) -> str:
    """One cell on the terminal: one line, printable (an article's text could otherwise drive the terminal)."""
    text = "" if value is None else value if isinstance(value, str) else _text(value) or ""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return plain if len(plain) <= CELL_CHARS else plain[: CELL_CHARS - 1] + "…"
