"""Two lakes, row for row, but for what may differ: instants of landing, writers, attempts."""

from collections.abc import Iterable

from schemas.tables import TABLES
from warehouse.lake import Lake, quoted

# When and by whom a row was written; how often a record was tried. All else must be equal.
MAY_DIFFER = frozenset(
    {"ingested_at", "first_seen_at", "settled_at", "updated_at", "changed_at", "attempts", "writer"}
)


def rows(lake: Lake, table: str, columns: Iterable[str]) -> list[str]:
    """The table's rows as text, sorted."""
    names = ", ".join(quoted(c) for c in columns if c not in MAY_DIFFER)
    return sorted(repr(row) for row in lake.rows(f"SELECT {names} FROM {quoted(table)}"))


def differences(one: Lake, other: Lake) -> dict[str, tuple[int, int, list[str]]]:
    """By table: rows only here, rows only there, and some of them; empty for equal lakes."""
    found = {}
    for name, table in TABLES.items():
        columns = [c.name for c in table.columns]
        here, there = rows(one, name, columns), rows(other, name, columns)
        if here != there:
            found[name] = (len(here), len(there), sorted(set(here) ^ set(there))[:4])
    ledgers = [c[0] for c in one.execute("SELECT * FROM ledgers LIMIT 0").description]
    here, there = rows(one, "ledgers", ledgers), rows(other, "ledgers", ledgers)
    if here != there:
        found["ledgers"] = (len(here), len(there), sorted(set(here) ^ set(there))[:4])
    return found
