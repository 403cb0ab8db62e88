"""Settings of what serves the lake and looks after it: bounds on queries, and how often it is tidied."""

from dataclasses import dataclass

from schemas.columns import column


@dataclass(frozen=True, slots=True)
class QuerySettings:
    """Bounds on one query of `tocsin sql`."""

    timeout_seconds: float = column(
        "A query that has not ended after this long, its rows written, is stopped.", default=120.0
    )
    memory_mb: int = column("Memory that a query may take before it spills to disk.", default=1024)
    spill_mb: int = column("Disk that a query may spill to, in the system's temporary folder.", default=4096)
    threads: int = column("Threads of one query.", default=2)


@dataclass(frozen=True, slots=True)
class MaintainSettings:
    """How often a landing process tidies the lake between two Batches, and how long it may take."""

    flush_seconds: float = column(
        # 300 commits of some 100 rows: below that, many small files; far above it, queries read the catalog's rows
        "Rows kept in the catalog are flushed to Parquet this often, and small files merged.",
        default=120.0,
    )
    expire_hours: float = column(
        "Old snapshots are expired and files that nothing names are removed this often.", default=24.0
    )
    orphan_hours: float = column(
        # a file is written before its commit names it: it must outlive every landing, query and merge
        "Files that no snapshot names are kept this long; never less than an hour.",
        default=24.0,
    )
    merge_files: int = column(
        # bounds one pause between two Batches: merging 10 files of a flush each takes some 100 ms
        "Most files that one merge between two Batches reads for each table.",
        default=32,
    )
