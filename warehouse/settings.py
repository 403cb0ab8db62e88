"""Where the lake lies and how it is kept: every number that an operator may want to change, with its reason."""

from dataclasses import dataclass
from pathlib import Path

from schemas.columns import column
from schemas.errors import ConfigError


@dataclass(frozen=True, slots=True)
class LakeSettings:
    """One lake: a folder that holds catalog, Parquet files and locks, and can be copied away whole."""

    folder: str = column("Folder of the lake: catalog, data and lock files.", default=".tocsin/lake")
    catalog: str = column(
        "Catalog database; empty for SQLite in the folder, the only one that this version opens.", default=""
    )
    lock_wait_seconds: float = column(
        # a flush and merge of a busy hour takes seconds; a minute tells a live writer from one that hangs
        "How long a writer waits for the writers' lock, or for a catalog that another process holds.",
        default=60.0,
    )
    busy_timeout_ms: int = column(
        "How long SQLite itself waits for a busy catalog before we try again.", default=5000
    )
    landing_bound_seconds: float = column(
        # snapshots outlive it more than a hundredfold: the fence is only as old as the snapshots
        "A landing older than this, by wall clock, rolls back before COMMIT.",
        default=30.0,
    )
    inlining_row_limit: int = column(
        # a Batch of 50 articles writes some 100 reports: it stays in the catalog until it is flushed
        "Inserts up to this many rows stay in the catalog until a flush.",
        default=300,
    )
    snapshots_kept_hours: float = column(
        "How long snapshots are kept; never less than an hour (DESIGN 4.5).", default=24.0
    )
    known_days: int = column(
        "The look-up for duplicates goes back this many days; an older text is coded again.", default=30
    )
    memory_limit: str = column("Memory that DuckDB may take in one process.", default="1GB")
    threads: int = column("Threads that DuckDB may use in one process.", default=2)

    @property
    def path(self) -> Path:
        """The folder, absolute: the working directory may change, the lake does not."""
        return Path(self.folder).expanduser().absolute()

    @property
    def catalog_path(self) -> Path:
        """The catalog's file; raises ConfigError for a catalog that this version cannot open."""
        if self.catalog:
            message = f"lake.catalog = {self.catalog!r} cannot be opened by this version."
            raise ConfigError(message, "Leave it empty: the catalog is then a SQLite file in lake.folder.")
        return self.path / "lake.sqlite"

    @property
    def data_path(self) -> Path:
        """The folder of the Parquet files."""
        return self.path / "data"

    @property
    def lock_path(self) -> Path:
        """The file that writers and maintenance lock."""
        return self.path / "writers.lock"
