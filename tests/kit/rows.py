"""Rows for tests: any table of the lake, with what the test says and neutral values for the rest."""

import enum
import typing
from datetime import UTC, date, datetime
from typing import Any

import duckdb

from schemas.derive import Column, ddl, plain
from schemas.tables import LEDGER, TABLES, Table
from warehouse.settings import LakeSettings
from warehouse.views import create_views

LONG_AGO = datetime(2026, 3, 1, 12, tzinfo=UTC)
NEUTRAL = {str: "", bytes: b"", bool: False, int: 0, float: 0.0, date: LONG_AGO.date(), datetime: LONG_AGO}
LEDGER_TABLE = "ledger_kafka_articles_0"


class MemoryLake:
    """All tables and views of a lake in plain DuckDB, in memory: as far as SQL goes, it is one."""

    def __init__(self) -> None:
        self.connection: Any = duckdb.connect(config={"threads": "1"})
        self.execute("ATTACH ':memory:' AS tocsin")
        self.execute("USE tocsin")
        self.execute("SET TimeZone = 'UTC'")
        for table in TABLES.values():
            self.execute(ddl(table.name, *table.records))
        self.execute(ddl(LEDGER_TABLE, *LEDGER.records))
        self.execute(f"CREATE VIEW ledgers AS SELECT * FROM {LEDGER_TABLE}")
        create_views(self)  # type: ignore[arg-type]

    def execute(self, sql: str, parameters: Any = None) -> Any:
        """As Lake.execute."""
        return self.connection.execute(sql, parameters) if parameters else self.connection.execute(sql)

    def rows(self, sql: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        """As Lake.rows."""
        return self.execute(sql, parameters).fetchall()

    def dicts(self, sql: str) -> list[dict[str, Any]]:
        """All rows, by column."""
        found = self.execute(sql)
        names = [d[0] for d in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def insert(lake: Any, table: str, **values: Any) -> None:
    """One row with these values; NULL where the column allows it, neutral where it does not."""
    known = LEDGER if table == LEDGER_TABLE else TABLES[table]
    row = full_row(known, **values)
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    lake.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))


def full_row(table: Table, **values: Any) -> dict[str, Any]:
    """A row of the table; raises KeyError for a value that is no column of it."""
    unknown = values.keys() - {c.name for c in table.columns}
    if unknown:
        raise KeyError(sorted(unknown))
    return {c.name: plain(values[c.name]) if c.name in values else _neutral(c) for c in table.columns}


def _neutral(column: Column) -> Any:
    if column.nullable:
        return None
    if typing.get_origin(column.kind) is tuple:
        return []
    if issubclass(column.kind, enum.Enum):
        return next(iter(column.kind)).value
    return NEUTRAL[column.kind]


def files_of(settings: LakeSettings) -> dict[str, int]:
    """Every file of the lake with its size, but for SQLite's -shm and -wal, which readers touch."""
    found = (p for p in settings.path.rglob("*") if p.is_file() and not p.name.endswith(("-shm", "-wal")))
    return {str(p): p.stat().st_size for p in found}
