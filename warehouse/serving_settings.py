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
    """How the lake is tidied: by `tocsin maintain`, and by a landing process between two Batches."""

    flush_seconds: float = column(
        # at 50 articles a second a minute is some 15 MB of text in the catalog: a flush then takes half a second
        "Rows kept in the catalog are flushed to Parquet this often, and small files merged.",
        default=60.0,
    )
    expire_hours: float = column(
        # one commit a second makes 3,600 snapshots an hour, expired in a second; a day's would stop landing for 20 s
        "Old snapshots are expired, and the files that only they named removed, this often.",
        default=1.0,
    )
    orphan_hours: float = column(
        # a file is written before its commit names it: it has to outlive every landing and every query
        "Files that no snapshot names are removed when they are this old, once a day; never less than an hour.",
        default=24.0,
    )
    payload_days: float = column(
        "Large payloads of rejects are kept this long after the last of their rejects was settled.",
        default=30.0,
    )
    pause_seconds: float = column(
        # half of the second that an article may take from Kafka to its row
        "Between two Batches no further step begins when upkeep has taken this long; the next pause goes on.",
        default=0.5,
    )
