"""Flush and merge: rows leave the catalog for Parquet, small files become larger ones, deleted rows go.

Each function here is one short transaction; the caller holds the writers' lock. What was seen (DuckLake 1.0):
- a merge leaves files with deleted rows alone, for ever: they are rewritten first, once deletes weigh enough;
- a merge without bounds rewrites the largest file too, each time: files are merged in tiers of their size;
- a ledger's row is updated by every commit and stays in the catalog, its former versions with it (expiring snapshots
  does not remove them): beyond some thousands they are written out and dropped.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from schemas.tables import TABLES
from warehouse.lake import ALIAS, METADATA, Lake, literal, quoted
from warehouse.land import nothing
from warehouse.ledger import ledger_tables

MB = 1_000_000
# Upper bounds of the tiers; files above the last are large enough. A row is rewritten once a tier.
TIERS = (MB, 16 * MB, 256 * MB)
# A tier is merged when it holds this many files: fewer would rewrite more, more would slow every query.
FILES_A_TIER = 8
# Share of deleted rows from which a file is rewritten: any small file with one deleted row, a large one with 0.1 %.
DELETED_SHARE = 0.001
# Files with deletes that a table may have before they are rewritten; each costs a query one small read more.
FILES_WITH_DELETES = 8
# Former versions of a ledger's row that slow a commit by some 5 ms.
LEDGER_VERSIONS = 5_000


@dataclass(frozen=True, slots=True)
class Done:
    """One step of upkeep: what was done to which table; `count` is of rows, files or snapshots, as the step says."""

    step: str
    table: str
    count: int


@dataclass(frozen=True, slots=True)
class _File:
    table: str
    size: int
    has_deletes: bool


def flush(lake: Lake, at: Callable[[str], None] = nothing) -> list[Done]:
    """Write the rows that the catalog keeps to Parquet, those of ledgers aside; one transaction."""
    at("before_flush")
    done = []
    with lake.transaction():
        for name in TABLES:
            rows = lake.rows(
                f"CALL ducklake_flush_inlined_data({literal(ALIAS)}, table_name => {literal(name)})"
            )
            done += [Done("flushed rows", name, int(row[-1])) for row in rows]
        at("before_flush_commit")
    at("after_flush")
    return done


def compactions(
    lake: Lake, at: Callable[[str], None] = nothing, *, whole: bool = False
) -> Iterator[Callable[[], list[Done]]]:
    """The rewrites and merges that are due now, each a step to be called; `whole` makes all of them due that change
    anything. Later steps are decided when earlier ones are done."""
    for name in _to_rewrite(_files(lake), whole=whole):
        yield lambda name=name: _rewrite(lake, name, at)  # type: ignore[misc]
    for tier in range(len(TIERS)):
        for name in _to_merge(_files(lake), tier, whole=whole):
            yield lambda name=name, tier=tier: _merge(lake, name, tier, at)  # type: ignore[misc]
    for name in _grown_ledgers(lake, 1 if whole else LEDGER_VERSIONS):
        yield lambda name=name: _tidy_ledger(lake, name, at)  # type: ignore[misc]


def file_counts(lake: Lake) -> Counter[str]:
    """How many Parquet files each table has now."""
    return Counter(file.table for file in _files(lake))


def _files(lake: Lake) -> list[_File]:
    rows = lake.rows(_FILES)
    return [_File(str(table), int(size), bool(deletes)) for table, size, deletes in rows]


def _to_rewrite(files: list[_File], *, whole: bool) -> list[str]:
    counts = Counter(f.table for f in files if f.has_deletes and f.table in TABLES)
    return sorted(name for name, n in counts.items() if n >= (1 if whole else FILES_WITH_DELETES))


def _to_merge(files: list[_File], tier: int, *, whole: bool) -> list[str]:
    low, high = (0, *TIERS)[tier], TIERS[tier]
    inside = Counter(
        f.table for f in files if low <= f.size < high and not f.has_deletes and f.table in TABLES
    )
    return sorted(name for name, n in inside.items() if n >= (2 if whole else FILES_A_TIER))


def _rewrite(lake: Lake, name: str, at: Callable[[str], None]) -> list[Done]:
    at("before_rewrite")
    with lake.transaction():
        rows = lake.rows(
            f"CALL ducklake_rewrite_data_files({literal(ALIAS)}, {literal(name)}, delete_threshold => {DELETED_SHARE})"
        )
        at("before_rewrite_commit")
    at("after_rewrite")
    return [Done("rewrote files", name, int(row[2])) for row in rows]


def _merge(lake: Lake, name: str, tier: int, at: Callable[[str], None]) -> list[Done]:
    low, high = (0, *TIERS)[tier], TIERS[tier]
    at("before_merge")
    with lake.transaction():
        rows = lake.rows(
            f"CALL ducklake_merge_adjacent_files({literal(ALIAS)}, {literal(name)}, "
            f"min_file_size => {low}, max_file_size => {high})"
        )
        at("before_merge_commit")
    at("after_merge")
    return [Done("merged files", name, int(row[2])) for row in rows]


def _grown_ledgers(lake: Lake, versions: int) -> list[str]:
    known = set(ledger_tables(lake))
    tables = [(str(name), str(inlined)) for name, inlined in lake.rows(_INLINED) if name in known]
    counts: Counter[str] = Counter()
    for name, inlined in tables:
        ((former,),) = lake.rows(
            f"SELECT count(*) FROM {METADATA}.{quoted(inlined)} WHERE end_snapshot IS NOT NULL"  # noqa: S608
        )
        counts[name] += int(former)
    return sorted(name for name, former in counts.items() if former >= versions)


def _tidy_ledger(lake: Lake, name: str, at: Callable[[str], None]) -> list[Done]:
    """Write the ledger's versions out and keep the one that counts. Two transactions: the second reads the file."""
    at("before_ledger_flush")
    lake.rows(f"CALL ducklake_flush_inlined_data({literal(ALIAS)}, table_name => {literal(name)})")
    at("between_ledger_flush_and_rewrite")
    rows = lake.rows(
        f"CALL ducklake_rewrite_data_files({literal(ALIAS)}, {literal(name)}, delete_threshold => 0)"
    )
    at("after_ledger_rewrite")
    return [Done("rewrote files", name, int(row[2])) for row in rows]


_FILES = f"""
SELECT t.table_name, d.file_size_bytes, count(x.delete_file_id) > 0
FROM {METADATA}.ducklake_data_file AS d
JOIN {METADATA}.ducklake_table AS t ON t.table_id = d.table_id AND t.end_snapshot IS NULL
LEFT JOIN {METADATA}.ducklake_delete_file AS x ON x.data_file_id = d.data_file_id AND x.end_snapshot IS NULL
WHERE d.end_snapshot IS NULL
GROUP BY t.table_name, d.data_file_id, d.file_size_bytes
"""  # noqa: S608 the names are DuckLake's
_INLINED = f"""
SELECT t.table_name, i.table_name
FROM {METADATA}.ducklake_inlined_data_tables AS i
JOIN {METADATA}.ducklake_table AS t ON t.table_id = i.table_id AND t.end_snapshot IS NULL
"""  # noqa: S608 the names are DuckLake's
