"""CSV, JSON lines, Parquet and the terminal's table: what a cell becomes, and that no text cell is a formula."""

import csv
import io
import json

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from warehouse.formats import cut, guarded, jsonable, table, write_csv, write_jsonl, write_parquet

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=12)


def answer(sql: str) -> tuple[pa.Schema, list[pa.RecordBatch]]:
    found = duckdb.sql(sql).to_arrow_table()
    return found.schema, found.to_batches()


def as_csv(sql: str) -> list[list[str]]:
    out = io.BytesIO()
    write_csv(*answer(sql), out)
    return list(csv.reader(io.StringIO(out.getvalue().decode(), newline="")))


def as_json(sql: str) -> list[dict[str, object]]:
    out = io.BytesIO()
    write_jsonl(*answer(sql), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "\n-1", "-", "="])
def test_a_text_cell_never_begins_a_formula(cell: str) -> None:
    out = io.BytesIO()
    batch = pa.record_batch({cell: [cell]})
    write_csv(batch.schema, [batch], out)
    header, row = csv.reader(io.StringIO(out.getvalue().decode(), newline=""))
    assert header == ["'" + cell]
    assert row == ["'" + cell]


@given(TEXT)
def test_any_text_comes_back_with_at_most_an_apostrophe_before_it(cell: str) -> None:
    out = io.BytesIO()
    batch = pa.record_batch({"c": [cell]})
    write_csv(batch.schema, [batch], out)
    (_, row) = csv.reader(io.StringIO(out.getvalue().decode(), newline=""))
    assert row[0] in (cell, "'" + cell)
    assert not row[0].lstrip().startswith(("=", "+", "-", "@"))


def test_numbers_stay_numbers_in_csv() -> None:
    header, row = as_csv(
        "SELECT -5 AS i, -5.25 AS d, -1e-3::DOUBLE AS f, sum(-1::BIGINT) AS h, true AS b, '-5' AS t"
    )
    assert header == ["i", "d", "f", "h", "b", "t"]
    assert row == ["-5", "-5.25", "-0.001", "-1", "true", "'-5"]


def test_null_and_nested_values_in_csv() -> None:
    sql = "SELECT NULL::VARCHAR AS n, ['=a', 'b'] AS l, {'k': 1} AS s, 'x'::BLOB AS b, '' AS e"
    assert as_csv(sql)[1] == ["", '["=a","b"]', '{"k":1}', "eA==", ""]


def test_dates_and_instants_keep_their_form() -> None:
    sql = "SELECT DATE '2026-03-01' AS d, TIMESTAMPTZ '2026-03-01 12:00:00+00' AS z, TIMESTAMP '2026-03-01 12:00:00.5' AS t"
    assert as_csv(sql)[1] == ["2026-03-01", "2026-03-01T12:00:00.000000Z", "2026-03-01T12:00:00.500000"]
    assert as_json(sql) == [
        {"d": "2026-03-01", "z": "2026-03-01T12:00:00.000000Z", "t": "2026-03-01T12:00:00.500000"}
    ]


def test_a_year_that_python_cannot_hold_is_still_written() -> None:
    (row,) = as_json("SELECT TIMESTAMP '20000-01-01 00:00:00' AS t")
    assert row == {"t": "20000-01-01T00:00:00.000000"}


def test_values_that_json_cannot_hold_become_null_or_text() -> None:
    sql = (
        "SELECT 'nan'::DOUBLE AS nan, 'inf'::DOUBLE AS inf, 170141183460469231731687303715884105727::HUGEINT AS big, "
        "1.5::DECIMAL(4,2) AS dec, 'x'::BLOB AS blob, INTERVAL 1 MONTH AS span, uuid() IS NOT NULL AS u, MAP {'a': 1} AS m"
    )
    assert as_json(sql) == [
        {"nan": None, "inf": None, "big": "170141183460469231731687303715884105727", "dec": 1.5, "blob": "eA==",
         "span": "P1M0DT0S", "u": True, "m": [["a", 1]]}
    ]  # fmt: skip


def test_the_writers_tell_how_many_rows_they_wrote() -> None:
    schema, batches = answer("SELECT range AS n FROM range(5000)")
    assert [w(schema, batches, io.BytesIO()) for w in (write_csv, write_jsonl, write_parquet)] == [5000] * 3


def test_an_empty_answer_has_its_header() -> None:
    assert as_csv("SELECT 1 AS a, 'x' AS b WHERE false") == [["a", "b"]]


def test_parquet_keeps_rows_types_and_gathers_batches() -> None:
    schema = pa.schema([("n", pa.int32()), ("l", pa.list_(pa.string()))])
    batches = [pa.record_batch([[n] * 2000, [["a"]] * 2000], schema=schema) for n in range(120)]
    out = io.BytesIO()
    write_parquet(schema, batches, out)
    read = pq.ParquetFile(out)
    assert read.metadata.num_rows == 240_000
    assert read.num_row_groups == 3
    assert read.schema_arrow.field("n").type == pa.int32()


def test_the_table_shows_control_characters_and_markup_harmlessly() -> None:
    schema, batches = answer("SELECT chr(27) || '[31mred[/] [bold]' AS c, NULL AS n, -3 AS i")
    console = Console(file=io.StringIO(), width=80, force_terminal=False)
    console.print(table(schema, batches))
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert "\x1b" not in text
    assert "[bold]" in text
    assert "-3" in text


def test_the_table_cuts_long_cells() -> None:
    schema, batches = answer("SELECT repeat('x', 500) AS c")
    console = Console(file=io.StringIO(), width=200)
    console.print(table(schema, batches))
    assert "x" * 59 + "…" in console.file.getvalue()  # type: ignore[attr-defined]
    assert "x" * 61 not in console.file.getvalue()  # type: ignore[attr-defined]


@given(st.integers(0, 30), st.lists(st.integers(0, 7), max_size=6))
def test_cut_gives_the_first_rows(limit: int, sizes: list[int]) -> None:
    batches = [pa.record_batch({"n": list(range(size))}) for size in sizes]
    assert sum(b.num_rows for b in cut(batches, limit)) == min(limit, sum(sizes))
    assert sum(b.num_rows for b in cut(batches, None)) == sum(sizes)


def test_guarded_and_jsonable_leave_plain_values_alone() -> None:
    assert guarded("country") == "country"
    assert jsonable(2**64) == str(2**64)
    assert jsonable([None, True, 1.5, "a"]) == [None, True, 1.5, "a"]
