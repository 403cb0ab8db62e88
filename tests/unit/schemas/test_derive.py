"""Arrow, JSON Schema and DDL are derived from the records and agree with one another."""

import datetime
import enum
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.columns import Int8, Int16, Int32, column
from schemas.derive import arrow_schema, columns, ddl, json_schema, plain, row, sql_type, to_arrow
from schemas.tables import LEDGER, TABLES, Table
from schemas.write_json import FOLDER, pages, records, write


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Colour(enum.StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Part:
    """A part."""

    name: str = column("Its name.")
    count: Int32 | None = column("How many.")


@dataclass(frozen=True, slots=True)
class Sample:
    """One of each kind of column.

    More words that no schema needs.
    """

    text: str = column("Text.")
    blob: bytes | None = column("Bytes.")
    yes: bool = column("Yes or no.")
    ratio: float | None = column("A number.")
    day: datetime.date = column("A day.")
    at: datetime.datetime | None = column("An instant.")
    tiny: Int8 = column("8 bits.")
    small: Int16 | None = column("16 bits.")
    plain_int: int = column("64 bits.")
    level: Level = column("A code.")
    colour: Colour | None = column("A word.")
    words: tuple[str, ...] = column("Many words.")
    parts: tuple[Part, ...] = column("Many parts.")


SAMPLE = Sample(
    text="é",
    blob=None,
    yes=True,
    ratio=0.5,
    day=datetime.date(2026, 11, 24),
    at=datetime.datetime(2026, 11, 24, 8, tzinfo=datetime.UTC),
    tiny=7,
    small=None,
    plain_int=2**40,
    level=Level.HIGH,
    colour=Colour.RED,
    words=("a", "b"),
    parts=(Part("x", None), Part("y", 2)),
)
ALL = [*TABLES.values(), LEDGER]
TYPES = (
    pa.string(),
    pa.binary(),
    pa.bool_(),
    pa.float64(),
    pa.date32(),
    pa.timestamp("us", tz="UTC"),
    pa.int8(),
    pa.int16(),
    pa.int64(),
    pa.int8(),
    pa.string(),
    pa.list_(pa.string()),
)


def test_every_kind_of_column_has_its_arrow_type() -> None:
    schema = arrow_schema(Sample)
    assert tuple(schema.types[:-1]) == TYPES
    assert schema.field("parts").type.value_type == pa.struct(
        [pa.field("name", pa.string(), nullable=False), pa.field("count", pa.int32())]
    )
    assert [f.name for f in schema if f.nullable] == ["blob", "ratio", "at", "small", "colour"]


def test_a_row_goes_into_arrow_and_comes_out_the_same() -> None:
    assert to_arrow([(SAMPLE,)], Sample).to_pylist() == [row(SAMPLE)]


def test_records_side_by_side_make_one_row() -> None:
    @dataclass(frozen=True, slots=True)
    class Beside:
        other: str = column("Another.")

    table = to_arrow([(SAMPLE, Beside("here"))], Sample, Beside)
    assert table.column_names == [c.name for c in columns(Sample, Beside)]
    assert table["other"].to_pylist() == ["here"]


@pytest.mark.parametrize("wrong", [{"text": "\ud800"}, {"tiny": 1000}, {"plain_int": 2**70}])
def test_what_arrow_cannot_hold_raises(wrong: Mapping[str, Any]) -> None:
    import dataclasses

    with pytest.raises((pa.ArrowException, UnicodeEncodeError, OverflowError)):
        to_arrow([(dataclasses.replace(SAMPLE, **wrong),)], Sample)


def test_a_type_that_no_record_may_use_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Wrong:
        value: complex = column("No column holds it.")

    with pytest.raises(TypeError, match="complex"):
        arrow_schema(Wrong)


@pytest.mark.parametrize("table", ALL, ids=lambda t: t.name)
def test_duckdb_and_arrow_agree_on_every_table(table: Table) -> None:
    with duckdb.connect() as connection:
        connection.execute(ddl(table.name, *table.records))
        found = connection.execute(f"SELECT * FROM {table.name}").to_arrow_table().schema
        not_null = connection.execute(
            "SELECT column_name FROM duckdb_columns() WHERE NOT is_nullable AND table_name = ?", [table.name]
        ).fetchall()
    assert found.names == table.schema.names
    for name in found.names:
        assert _without_nullability(found.field(name).type) == _without_nullability(
            table.schema.field(name).type
        )
    assert {name for (name,) in not_null} == {c.name for c in table.columns if not c.nullable}


def _without_nullability(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_list(kind):
        return pa.list_(_without_nullability(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([(f.name, _without_nullability(f.type)) for f in kind])
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us", tz="UTC")
    return kind


@pytest.mark.parametrize("table", ALL, ids=lambda t: t.name)
def test_every_table_and_every_column_has_its_sentence(table: Table) -> None:
    assert table.doc.endswith(".")
    for c in table.columns:
        assert c.doc, f"{table.name}.{c.name}"
    names = [c.name for c in table.columns]
    assert len(set(names)) == len(names)
    assert set(table.sorted_by) <= set(names)


def test_a_json_schema_names_types_enums_and_what_is_required() -> None:
    schema = json_schema(Sample)
    assert schema["description"] == "One of each kind of column."
    assert schema["properties"]["small"] == {"type": ["integer", "null"], "description": "16 bits."}
    assert schema["properties"]["level"]["enum"] == [1, 2]
    assert schema["properties"]["colour"]["enum"] == ["red", None]
    assert schema["properties"]["parts"]["items"]["required"] == ["name"]
    assert "small" not in schema["required"]
    assert schema["additionalProperties"] is False


def test_the_json_schemas_on_disk_are_fresh() -> None:
    on_disk = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert on_disk == pages(), "run `make pages`"


def test_every_record_of_the_lake_has_a_json_schema() -> None:
    assert set(records().values()) == {record for table in ALL for record in table.records}


def test_writing_removes_what_is_no_record_any_more(tmp_path: Any) -> None:
    (tmp_path / "gone.json").touch()
    write(tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == set(pages())
    assert json.loads((tmp_path / "report.json").read_text())["title"] == "Report"


@given(st.sampled_from([Int8, Int16, Int32, int]), st.booleans())
def test_a_column_that_may_be_null_has_the_type_of_one_that_may_not(kind: Any, nullable: bool) -> None:
    record = dataclass(frozen=True)(
        type("Record", (), {"__annotations__": {"x": kind | None if nullable else kind}, "x": column("X.")})
    )
    (found,) = columns(record)
    assert found.nullable is nullable
    assert (
        sql_type(found.kind, found.bits)
        == {Int8: "TINYINT", Int16: "SMALLINT", Int32: "INTEGER", int: "BIGINT"}[kind]
    )


def test_plain_takes_enums_tuples_and_records_apart() -> None:
    assert plain(SAMPLE.parts) == [{"name": "x", "count": None}, {"name": "y", "count": 2}]
    assert plain(Level.HIGH) == 2
    assert type(plain(Colour.RED)) is str
