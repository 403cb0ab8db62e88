"""What a recoding changed: reports gained, lost, changed and unchanged, by event type, country and month.

Which report is whose counterpart is said in one place, the view `recoding_changes`: a finished recoding reads it in the
lake, one that is only tried (`Trial`) runs the same SQL over what it would have landed.
"""

import dataclasses
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Self

import duckdb
import pyarrow as pa

from schemas.derive import ddl
from schemas.ledger import LedgerKind
from schemas.tables import CODINGS, REPORTS
from warehouse.columnar import with_column
from warehouse.lake import Lake
from warehouse.landing import Fate, Landing
from warehouse.views import definitions

CHANGES = "recoding_changes"


@dataclass(frozen=True, slots=True)
class Figures:
    """Reports of one kind, place and time, before and after; `+` joins two."""

    unchanged: int = 0
    changed: int = 0
    gained: int = 0
    lost: int = 0
    fatalities_before: int = 0
    fatalities_after: int = 0

    @property
    def before(self) -> int:
        """Reports of the older coding."""
        return self.unchanged + self.changed + self.lost

    @property
    def after(self) -> int:
        """Reports of the newer coding."""
        return self.unchanged + self.changed + self.gained

    def __add__(self, other: "Figures") -> "Figures":
        """Both together."""
        ours, theirs = dataclasses.astuple(self), dataclasses.astuple(other)
        return Figures(*(a + b for a, b in zip(ours, theirs, strict=True)))


@dataclass(frozen=True, slots=True)
class Cell:
    """What figures are counted by; `country` None where the text does not tell."""

    event_type: str
    country: str | None
    month: date


@dataclass(slots=True)
class Differences:
    """Figures by cell, and how many reports differ in each column."""

    figures: dict[Cell, Figures] = field(default_factory=dict)
    columns: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> Figures:
        """All together."""
        return sum(self.figures.values(), Figures())

    def by(self, of: Callable[[Cell], str]) -> Mapping[str, Figures]:
        """Figures by what `of` says of a cell, in order."""
        found: dict[str, Figures] = {}
        for cell, figures in self.figures.items():
            found[of(cell)] = found.get(of(cell), Figures()) + figures
        return dict(sorted(found.items()))

    def add(self, other: "Differences") -> None:
        """Take in those of other articles."""
        for cell, figures in other.figures.items():
            self.figures[cell] = self.figures.get(cell, Figures()) + figures
        self.columns.update(other.columns)


def read_differences(lake: Lake, from_offset: int, to_offset: int) -> Differences:
    """Those of the recodings in `[from_offset, to_offset)` of the ledger `@recode`."""
    where = 'WHERE ledger = ? AND "offset" >= ? AND "offset" < ?'
    return _read(lake.rows, where, [LedgerKind.RECODE.value, from_offset, to_offset])


class Trial:
    """Compares codings that are not landed with the current ones; a `with` block. Holds one Batch's rows at a time."""

    def __init__(self) -> None:
        """Tables as the lake has them, in memory."""
        self.differences = Differences()
        self._connection: Any = duckdb.connect(config={"threads": "1"})
        for table in (CODINGS, REPORTS):
            self._connection.execute(ddl(table.name, *table.records))
        (changes,) = (d for d in definitions() if d.name == CHANGES)
        self._connection.execute(changes.statement)

    def add(self, lake: Lake, landing: Landing) -> Differences:
        """What this landing would change in the lake as it is now."""
        successors = {
            e.article.article_id: e.coding_id
            for e in landing.entries
            if e.fate is Fate.CODING and e.article is not None and e.coding_id is not None
        }
        self._insert(CODINGS.name, _now(landing.codings))
        self._insert(REPORTS.name, _now(landing.reports))
        for name, rows in _current(lake, list(successors)).items():
            new = [successors[article] for article in rows.column("article_id").to_pylist()]
            self._insert(name, with_column(rows, "superseded_by", pa.array(new, pa.string())))
        found = _read(self._rows, "", [])
        self.differences.add(found)
        for name in (CODINGS.name, REPORTS.name):
            self._connection.execute(f"DELETE FROM {name}")  # noqa: S608 names are ours
        return found

    def _rows(self, sql: str, parameters: list[object]) -> list[tuple[Any, ...]]:
        fetched: list[tuple[Any, ...]] = self._connection.execute(sql, parameters or None).fetchall()
        return fetched

    def _insert(self, name: str, rows: pa.Table) -> None:
        self._connection.register("incoming", rows)
        self._connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM incoming")  # noqa: S608 names are ours
        self._connection.unregister("incoming")

    def __enter__(self) -> Self:
        """The trial itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is left of it."""
        self._connection.close()


def _now(rows: pa.Table) -> pa.Table:
    instants = pa.repeat(pa.scalar(datetime.now(UTC), pa.timestamp("us", tz="UTC")), rows.num_rows)
    return with_column(rows, "ingested_at", instants)


def _current(lake: Lake, articles: list[str]) -> dict[str, pa.Table]:
    """The current rows of some articles, by table."""
    marks = ", ".join("?" * len(articles)) or "NULL"
    return {
        name: lake.execute(
            f"SELECT * FROM {name} WHERE superseded_by IS NULL AND article_id IN ({marks})",  # noqa: S608 values are bound
            articles,
        ).to_arrow_table()
        for name in (CODINGS.name, REPORTS.name)
    }


def _read(
    rows: Callable[[str, list[object]], list[tuple[Any, ...]]], where: str, parameters: list[object]
) -> Differences:
    figures = rows(_FIGURES.replace("$where", where), parameters)
    columns = rows(_COLUMNS.replace("$where", where), parameters)
    return Differences(
        {Cell(row[0], row[1], row[2]): Figures(*map(int, row[3:])) for row in figures},
        Counter({str(name): int(count) for name, count in columns}),
    )


_FIGURES = """
SELECT
    event_type,
    country,
    month,
    count(*) FILTER (change = 'unchanged'),
    count(*) FILTER (change = 'changed'),
    count(*) FILTER (change = 'gained'),
    count(*) FILTER (change = 'lost'),
    coalesce(sum(old_fatalities), 0),
    coalesce(sum(new_fatalities), 0)
FROM recoding_changes
$where
GROUP BY event_type, country, month
"""
_COLUMNS = """
SELECT name, count(*) FROM (SELECT unnest(changed_columns) AS name FROM recoding_changes $where) GROUP BY name
"""
