"""Batches, landings and lakes for the tests of landing; every text is written for them."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from schemas.article import Article, text_digest
from schemas.batch import CodedBatch, Origin, Placed, Record, RecordStamp, Span
from schemas.coding import Coding
from schemas.derive import ddl
from schemas.ledger import LedgerKey, LedgerKind
from schemas.reject import STAGE_OF, Reject, RejectCode, reject_id
from schemas.report import Report, report_id
from schemas.skip import Skip, SkipReason
from schemas.tables import TABLES
from schemas.taxonomy import SubEventType
from tests.kit.coded import article, report
from warehouse.known_index import KnownIndex
from warehouse.lake import Lake
from warehouse.land import Landed, Lander, nothing
from warehouse.ledger import create_ledgers_view, open_ledger
from warehouse.rows import to_landing, whole_reject
from warehouse.settings import LakeSettings

KEY = LedgerKey(LedgerKind.KAFKA, "articles", 0)
REPLAY = LedgerKey(LedgerKind.REPLAY)
WRITTEN_AT_MS = 1_772_528_400_000


@dataclass(frozen=True)
class Told:
    """One record of a test: an article `name` in revision `text`, which tells of `reports` events.

    `reports` None: the record is skipped as foreign; `fails` makes it a whole reject; `failing` are reports that fail
    validation (their numbers).
    """

    offset: int
    name: str = "a"
    text: str = "first text"
    reports: int | None = 1
    fails: bool = False
    failing: tuple[int, ...] = ()
    coder: str = "coder 1"
    origin: Origin | None = None
    reject_id: str | None = None
    payload: bytes | None = None

    @property
    def record(self) -> Record:
        """As it was read."""
        value = self.payload if self.payload is not None else f"{self.name}: {self.text}".encode()
        return Record(
            self.offset, WRITTEN_AT_MS + self.offset, self.name.encode(), value, self.origin, self.reject_id
        )

    @property
    def article(self) -> Article:
        """As it was parsed."""
        return article(article_id=self.name, title="", text=self.text, text_sha256=text_digest("", self.text))

    def report(self, number: int) -> Report:
        """Its report of that number."""
        of, sub = self.article, SubEventType.ARMED_CLASH
        made = report_id(of.article_id, of.text_sha256, number, number + 1, sub)
        return report(of, report_id=made, coder_version=self.coder, fatalities=number)


def coded_batch(
    told: Iterable[Told], to_offset: int | None = None, key: LedgerKey = KEY, from_offset: int | None = None
) -> CodedBatch:
    """The Batch of these records, as CodeReports and ValidateReports would hand it on."""
    told = sorted(told, key=lambda t: t.offset)
    first = from_offset if from_offset is not None else told[0].offset
    end = to_offset if to_offset is not None else told[-1].offset + 1
    last = RecordStamp(told[-1].offset, told[-1].record.timestamp_ms, told[-1].offset) if told else None
    span = Span(key, first, end, last=last)
    return CodedBatch(
        span,
        tuple(_coding(t) for t in told if t.reports is not None and not t.fails),
        tuple(Placed(t.record, _skip(t)) for t in told if t.reports is None),
        tuple(Placed(t.record, _reject(span, t)) for t in told if t.fails),
        tuple(Placed(t.record, _report_reject(span, t, n)) for t in told for n in t.failing),
    )


def _coding(told: Told) -> Placed[Coding]:
    reports = tuple(told.report(n) for n in range(told.reports or 0) if n not in told.failing)
    return Placed(told.record, Coding(told.article, told.coder, reports, 0, 0.01))


def _skip(told: Told) -> Skip:
    return Skip(SkipReason.UNSUPPORTED_LANGUAGE, told.name, None, "Example Herald", "fr", "language fr")


def _reject(span: Span, told: Told) -> Reject:
    made = whole_reject(span, told.record, RejectCode.NOT_STORABLE, "fails, says the test", None).value
    code = RejectCode.CODING_FAILED
    return dataclasses.replace(
        made,
        stage=STAGE_OF[code],
        code=code,
        article_id=told.name,
        reject_id=told.reject_id or reject_id(str(span.ledger), told.offset, STAGE_OF[code], code),
    )


def _report_reject(span: Span, told: Told, number: int) -> Reject:
    code, report = RejectCode.EXPECTATION_FAILED, told.report(number).report_id
    return dataclasses.replace(
        _reject(span, told),
        stage=STAGE_OF[code],
        code=code,
        report_id=report,
        expectations=("fatalities are not negative",),
        reject_id=told.reject_id or reject_id(str(span.ledger), told.offset, STAGE_OF[code], code, report),
    )


def new_lake(folder: Path, **settings: Any) -> Lake:
    """A lake in this folder with the ledger KEY open at 0."""
    lake = Lake.create_or_open(LakeSettings(folder=str(folder), threads=1, **settings))
    open_ledger(lake, KEY, 0)
    return lake


def land(lander: Lander, *told: Told, to_offset: int | None = None, key: LedgerKey = KEY) -> Landed:
    """Land these records as one Batch."""
    return lander.land(to_landing(coded_batch(told, to_offset, key)))


# what may differ between two runs that landed the same records
VOLATILE = {
    "ingested_at",
    "first_seen_at",
    "attempts",
    "writer",
    "updated_at",
    "settled_at",
    "attempted_at",
    "changed_at",
    "changed_by",
}


def contents(
    lake: Lake, tables: Sequence[str] = ("articles", "codings", "reports", "skips", "rejects", "ledgers")
) -> Any:
    """All rows of these tables, without what may differ between two runs, in an order that does not depend on it."""
    return {name: _rows(lake, name) for name in tables}


def _rows(lake: Lake, name: str) -> list[str]:
    cursor = lake.execute(f"SELECT * FROM {name}")
    names = [d[0] for d in cursor.description]
    return sorted(
        repr([v for n, v in zip(names, row, strict=True) if n not in VOLATILE]) for row in cursor.fetchall()
    )


def one(lake: Lake, sql: str) -> Any:
    """The only value of a query."""
    ((value,),) = lake.rows(sql)
    return value


def column(lake: Lake, sql: str) -> list[Any]:
    """The only column of a query."""
    return [value for (value,) in lake.rows(sql)]


class MemoryLake(Lake):
    """A lake in plain DuckDB, in memory: the same SQL, a hundred times faster. `beside` is a second writer's view."""

    def __init__(self, folder: Path, beside: MemoryLake | None = None) -> None:
        self.settings = LakeSettings(folder=str(folder))
        self.read_only = False
        self.settings.catalog_path.touch()
        if beside is not None:
            self.connection = beside.connection.cursor()
            self.execute("USE tocsin")
            return
        self.connection = duckdb.connect(config={"threads": "1"})
        for statement in ("ATTACH ':memory:' AS tocsin", "USE tocsin", "SET TimeZone = 'UTC'"):
            self.execute(statement)
        for table in TABLES.values():
            self.execute(ddl(table.name, *table.records))
        create_ledgers_view(self)
        open_ledger(self, KEY, 0)

    def snapshot_id(self) -> int:
        """Another one at every question: always look."""
        return next(_snapshots)


_snapshots = itertools.count()


def new_lander(lake: Lake, at: Callable[[str], None] = nothing) -> Lander:
    """A writer that shares nothing with the others of this process, as if it were one of its own."""
    lander = Lander(lake, at)
    lander.index = KnownIndex()
    return lander
