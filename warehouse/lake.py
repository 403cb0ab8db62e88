"""The lake: a DuckDB connection with the DuckLake catalog attached under the name `tocsin`.

Knows how the catalog is attached, for writing and for reading. The name is a contract: stored views and macros break
under another. One Lake belongs to one thread; open as many as there are threads.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from schemas.errors import LakeError
from warehouse.extensions import load_extensions
from warehouse.settings import LakeSettings

ALIAS = "tocsin"
# the name under which DuckLake shows its own tables, for the few look-ups that it has no function for
METADATA = f"__ducklake_metadata_{ALIAS}"


def literal(text: str) -> str:
    """A text as a SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """A name as a SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def attach_statement(settings: LakeSettings, *, read_only: bool) -> str:
    """The ATTACH statement of a lake; the data path is always given, so that a copied or moved lake opens."""
    options = [
        f"DATA_PATH {literal(str(settings.data_path) + '/')}",
        "OVERRIDE_DATA_PATH true",
        f"META_BUSY_TIMEOUT {settings.busy_timeout_ms}",
    ]
    if read_only:
        options.append("READ_ONLY")
    else:
        options.append("META_JOURNAL_MODE 'WAL'")
    if int(duckdb.__version__.split(".")[0]) >= 2:
        # DuckDB 1.5 knows format 1.0 alone and refuses the option; newer ones would create 1.1, which 1.5 cannot open
        options.append("DUCKLAKE_VERSION '1.0'")
    return f"ATTACH {literal(f'ducklake:sqlite:{settings.catalog_path}')} AS {ALIAS} ({', '.join(options)})"


def connect(settings: LakeSettings) -> Any:
    """A DuckDB connection in memory, extensions loaded, bounded, in UTC; nothing is attached yet."""
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": settings.memory_limit,
            "threads": str(settings.threads),
            "temp_directory": str(Path(tempfile.gettempdir()) / "tocsin-spill"),
        },
    )
    load_extensions(connection)
    connection.execute("SET TimeZone = 'UTC'")
    # the first parameterised statement of a process stalls for up to 2 s: here, not in the first Batch
    connection.execute("SELECT ?::INTEGER", [1]).fetchall()
    return connection


class Lake:
    """An open lake; closes with the `with` block. Statements name tables as `tocsin.TABLE` or just TABLE."""

    def __init__(self, settings: LakeSettings, *, read_only: bool) -> None:
        """Attach the lake as it is; use `create_or_open` or `open_read_only` instead, which check its version."""
        self.settings = settings
        self.read_only = read_only
        self.connection = _attached(settings, read_only=read_only)

    def reopen(self) -> None:
        """A fresh connection in place of the old one, between two transactions; takes a tenth of a second.

        A connection keeps the statistics of all tables at each snapshot that it has seen, 30 to 40 KB a commit, and
        never lets them go (ducklake#1136): whoever commits for hours reopens now and then.
        """
        self.connection.close()
        self.connection = _attached(self.settings, read_only=self.read_only)

    @classmethod
    def create_or_open(cls, settings: LakeSettings) -> "Lake":
        """Open for writing; a lake that is not there is created, an older one migrated, both under the lock.

        Raises LakeTooNew, LakeLocked, LakeError (a folder that cannot be written, a damaged catalog).
        """
        from warehouse.migrations import migrate  # migrations stand on this module

        _make_folders(settings)
        lake = _attached_for_writing(settings)
        try:
            migrate(lake)
        except BaseException:
            lake.close()
            raise
        return lake

    @classmethod
    def open_read_only(cls, settings: LakeSettings) -> "Lake":
        """Open for reading, beside live writers. Raises LakeError where no lake is, LakeTooNew for a newer one."""
        from warehouse.migrations import check_version

        if not settings.catalog_path.exists():
            message = f"There is no lake in {settings.path}."
            raise LakeError(message, "Run `tocsin run` or `make demo` first, or set lake.folder.")
        lake = cls(settings, read_only=True)
        try:
            check_version(lake)
        except BaseException:
            lake.close()
            raise
        return lake

    def execute(self, sql: str, parameters: Sequence[object] | None = None) -> Any:
        """Run one statement; returns DuckDB's connection, to fetch from. DuckDB's errors pass through."""
        return self.connection.execute(sql, parameters) if parameters else self.connection.execute(sql)

    def rows(self, sql: str, parameters: Sequence[object] | None = None) -> list[tuple[Any, ...]]:
        """All rows of one query."""
        fetched: list[tuple[Any, ...]] = self.execute(sql, parameters).fetchall()
        return fetched

    def table_names(self) -> list[str]:
        """Names of all tables of the lake, sorted."""
        names = self.rows(f"SELECT table_name FROM duckdb_tables() WHERE database_name = '{ALIAS}'")  # noqa: S608
        return sorted(str(name) for (name,) in names)

    def snapshot_id(self) -> int:
        """The newest snapshot of the catalog: when it has not changed, nothing in the lake has (1 ms)."""
        ((newest,),) = self.rows(f"SELECT max(snapshot_id) FROM {METADATA}.ducklake_snapshot")  # noqa: S608
        return int(newest)

    @contextmanager
    def transaction(self) -> Iterator["Lake"]:
        """BEGIN, then COMMIT at the end of the block; any exception rolls back and is raised."""
        self.execute("BEGIN TRANSACTION")
        try:
            yield self
            self.execute("COMMIT")
        except BaseException:
            self.rollback()
            raise

    def rollback(self) -> None:
        """ROLLBACK if a transaction is open; a failed COMMIT has closed it already."""
        try:
            self.execute("ROLLBACK")
        except duckdb.Error:
            return

    def close(self) -> None:
        """Close the connection; what was not committed is gone."""
        self.connection.close()

    def __enter__(self) -> Self:
        """The lake itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()


def _attached(settings: LakeSettings, *, read_only: bool) -> Any:
    connection = connect(settings)
    try:
        connection.execute(attach_statement(settings, read_only=read_only))
        connection.execute(f"USE {ALIAS}")
    except duckdb.Error as error:
        connection.close()
        message = f"The lake in {settings.path} cannot be opened: {error}"
        raise LakeError(message, "Run `tocsin doctor`.") from error
    return connection


def _make_folders(settings: LakeSettings) -> None:
    try:
        settings.data_path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The lake's folder {settings.path} cannot be made: {error.strerror}."
        raise LakeError(message, "Set lake.folder to a folder that you may write.") from error


def _attached_for_writing(settings: LakeSettings) -> Lake:
    from warehouse.lock import writer_lock

    if settings.catalog_path.exists():
        return Lake(settings, read_only=False)
    # two processes that create the same catalog at the same moment would meet inside SQLite
    with writer_lock(settings):
        return Lake(settings, read_only=False)
