"""Numbered migrations: they bring a lake of any age to the form that this version writes, and refuse a newer one.

Knows which statements lead from one form to the next. Each runs once, in one transaction, under the writers' lock.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from schemas.columns import Int32, column
from schemas.derive import columns, ddl
from schemas.errors import LakeTooNew
from schemas.tables import TABLES, Table
from warehouse import views
from warehouse.lake import ALIAS, Lake, literal, quoted
from warehouse.ledger import create_ledgers_view
from warehouse.lock import this_process, writer_lock
from warehouse.trouble import patiently


@dataclass(frozen=True, slots=True)
class AppliedMigration:
    """Row of table `migrations`: one step that this lake has taken."""

    number: Int32 = column("Number of the migration; 0 for views made anew.")
    name: str = column("What it did.")
    applied_at: datetime = column("When, UTC.")
    applied_by: str = column("Process that did it.")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step. DuckLake sets options of committed tables only: such a step runs outside, and may run twice."""

    number: int
    name: str
    apply: Callable[[Lake], None]
    in_transaction: bool = True


def create_table(lake: Lake, table: Table) -> None:
    """CREATE one table from its records, with its comments and its order."""
    name = f"{ALIAS}.{quoted(table.name)}"
    lake.execute(ddl(name, *table.records))
    comment_table(lake, table.name, table.doc, table.records)
    if table.sorted_by:
        lake.execute(f"ALTER TABLE {name} SET SORTED BY ({', '.join(map(quoted, table.sorted_by))})")


def comment_table(lake: Lake, name: str, doc: str, records: tuple[type, ...]) -> None:
    """COMMENT a table and each of its columns with what the records say."""
    qualified = f"{ALIAS}.{quoted(name)}"
    lake.execute(f"COMMENT ON TABLE {qualified} IS {literal(doc)}")
    for c in columns(*records):
        lake.execute(f"COMMENT ON COLUMN {qualified}.{quoted(c.name)} IS {literal(c.doc)}")


def _first(lake: Lake) -> None:
    for table in TABLES.values():
        create_table(lake, table)
    create_ledgers_view(lake)


def _set_options(lake: Lake) -> None:
    for table in TABLES.values():
        if not table.inlined:
            _set_option(lake, table.name, "data_inlining_row_limit", 0)
    # landing looks up a few articles in a table that is sorted by article: with row groups this small it reads some
    # ten thousand rows of a million (16 ms instead of 39), and DuckDB's default of 122,880 would be read whole
    _set_option(lake, "codings", "parquet_row_group_size", 8192)


def _set_option(lake: Lake, table: str, option: str, value: int) -> None:
    lake.execute(f"CALL {ALIAS}.set_option({literal(option)}, {value:d}, table_name => {literal(table)})")


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "all tables of the first version", _first),
    Migration(
        2,
        "large payloads out of the catalog, small row groups for codings",
        _set_options,
        in_transaction=False,
    ),
)
NEWEST = MIGRATIONS[-1].number


def lake_version(lake: Lake) -> int:
    """Number of the last migration that the lake has seen; 0 for a lake without tables."""
    if "migrations" not in lake.table_names():
        return 0
    ((newest,),) = lake.rows("SELECT max(number) FROM migrations")
    return int(newest or 0)


def check_version(lake: Lake) -> int:
    """The lake's version; raises LakeTooNew if this Tocsin does not know it."""
    version = lake_version(lake)
    if version > NEWEST:
        message = (
            f"The lake in {lake.settings.path} has form {version}; this Tocsin knows forms up to {NEWEST}."
        )
        raise LakeTooNew(message, "Use the newer Tocsin that wrote it.")
    return version


def migrate(lake: Lake) -> None:
    """Take every step that is missing, and make the views anew when they have changed. Cheap when nothing has."""
    if check_version(lake) == NEWEST and _views_are_current(lake):
        return
    with writer_lock(lake.settings):
        patiently(lake.settings, lambda: _migrate(lake))


def _migrate(lake: Lake) -> None:
    version = check_version(lake)  # again: another process may have migrated while we waited
    if version == 0:
        _prepare(lake)
    for migration in MIGRATIONS[version:]:
        _apply(lake, migration)
    if not _views_are_current(lake):
        # every change of the catalog's form fails the transactions that are open beside it: only when need be
        _apply(lake, Migration(0, f"views {views.digest()}", views.create_views))


def _views_are_current(lake: Lake) -> bool:
    newest = lake.rows("SELECT name FROM migrations WHERE number = 0 ORDER BY applied_at DESC LIMIT 1")
    return bool(newest) and newest[0][0] == f"views {views.digest()}"


def _prepare(lake: Lake) -> None:
    limit = lake.settings.inlining_row_limit
    lake.execute(f"CALL {ALIAS}.set_option('data_inlining_row_limit', {limit:d})")
    with lake.transaction():
        lake.execute(
            ddl(f"{ALIAS}.migrations", AppliedMigration).replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS")
        )
        comment_table(lake, "migrations", "Steps that this lake has taken.", (AppliedMigration,))


def _apply(lake: Lake, migration: Migration) -> None:
    if not migration.in_transaction:
        migration.apply(lake)
    with lake.transaction():
        if migration.in_transaction:
            migration.apply(lake)
        holder = this_process()
        lake.execute(
            "INSERT INTO migrations (number, name, applied_at, applied_by) VALUES (?, ?, ?, ?)",
            [migration.number, migration.name, datetime.now(UTC), f"pid {holder.pid} ({holder.command})"],
        )
