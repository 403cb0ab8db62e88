"""The audit: the equations of the guarantee, recomputed from the tables, and held against the broker's own offsets.

Reads one snapshot of the lake, so it may run beside live writers. Changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from schemas.errors import AuditFailed
from schemas.ledger import LedgerKey, LedgerRow
from warehouse.audit_rules import RULES
from warehouse.lake import Lake, quoted
from warehouse.ledger import ledger_tables, read_ledgers

# of one broken rule this many cases are listed; all are counted
LISTED = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """One case that breaks a rule."""

    rule: str
    promise: str
    subject: str
    expected: int
    found: int


@dataclass(frozen=True, slots=True)
class LedgerAudit:
    """One ledger's equation. Broker's offsets are None where the broker was not asked or does not have it."""

    ledger: str
    passed: int
    codings: int
    skips: int
    rejects: int
    offsets_empty: int
    offsets_lost: int
    offsets_skipped: int
    offsets_reopened: int
    next: int
    broker_earliest: int | None
    broker_end: int | None

    @property
    def lag(self) -> int | None:
        """Offsets that wait in the broker; None where it was not asked."""
        return None if self.broker_end is None else max(0, self.broker_end - self.next)


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What was recounted. `broken` counts the cases of each broken rule; `differences` lists the first of them."""

    ledgers: tuple[LedgerAudit, ...]
    articles: int
    codings: int
    codings_current: int
    reports: int
    reports_current: int
    reports_coded: int
    reports_out_of_scope: int
    reports_rejected: int
    skips: Mapping[str, int]
    rejects_open: int
    rejects: int
    rules: int
    broken: Mapping[str, int]
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        """Whether every equation holds."""
        return not self.broken

    def as_json(self) -> dict[str, object]:
        """For `tocsin audit --json`."""
        ledgers = [asdict(ledger) | {"lag": ledger.lag} for ledger in self.ledgers]
        return {"holds": self.holds, **asdict(self), "ledgers": ledgers}

    def check(self) -> None:
        """Raise AuditFailed if an equation does not hold."""
        if not self.holds:
            what = ", ".join(f"{rule} ({n})" for rule, n in self.broken.items())
            message = f"The lake does not add up: {what}."
            raise AuditFailed(message, "The differences are above; nothing was changed.")


Ends = Mapping[LedgerKey, tuple[int, int]]


def audit(lake: Lake, broker_ends: Ends | Callable[[], Ends | None] | None = None) -> AuditReport:
    """Recompute everything. `broker_ends` are (earliest, end) by ledger, from `connectors.ends.log_ends`; None: the
    broker is not asked. Beside a live writer give the function, not its answer: it is then asked after the ledgers
    were read, so that a ledger is never compared with an older end."""
    lake.execute("BEGIN TRANSACTION")
    try:
        rows = read_ledgers(lake)
        asked = broker_ends() if callable(broker_ends) else broker_ends
        return _audit(lake, rows, {str(key): ends for key, ends in (asked or {}).items()})
    finally:
        lake.rollback()


def _audit(lake: Lake, rows: list[LedgerRow], ends: Mapping[str, tuple[int, int]]) -> AuditReport:
    found = [*_one_row_each(lake), *_against_broker(rows, ends)]
    for rule in RULES:
        cases = lake.rows(rule.sql)
        found += [
            Difference(rule.name, rule.promise, str(c[0]), int(c[1] or 0), int(c[2] or 0)) for c in cases
        ]
    return _report(lake, tuple(_ledger(row, ends) for row in rows), found)


def _one_row_each(lake: Lake) -> list[Difference]:
    """Every ledger's table holds one row, its own, and is seen in the view."""
    differences = []
    seen = [name for (name,) in lake.rows("SELECT ledger FROM ledgers")]
    for table in ledger_tables(lake):
        names = [name for (name,) in lake.rows(f"SELECT ledger FROM {quoted(table)}")]  # noqa: S608 names are ours
        right = len(names) == 1 and LedgerKey.parse(names[0]).table == table and seen.count(names[0]) == 1
        if not right:
            promise = "every ledger holds exactly one row"
            differences.append(Difference("ledger_row", promise, table, 1, len(names)))
    return differences


def _against_broker(rows: list[LedgerRow], ends: Mapping[str, tuple[int, int]]) -> list[Difference]:
    differences = []
    for row in rows:
        if row.ledger in ends:
            earliest, end = ends[row.ledger]
            if row.next > end:
                promise = "no ledger stands beyond the end of its log"
                differences.append(Difference("broker_end", promise, row.ledger, end, row.next))
            if row.next < earliest:
                promise = "retention has not passed a ledger (the records between are gone)"
                differences.append(Difference("broker_earliest", promise, row.ledger, earliest, row.next))
    return differences


def _ledger(row: LedgerRow, ends: Mapping[str, tuple[int, int]]) -> LedgerAudit:
    earliest, end = ends.get(row.ledger, (None, None))
    return LedgerAudit(
        ledger=row.ledger,
        passed=row.next - row.first + row.offsets_reopened,
        codings=row.codings,
        skips=row.skips,
        rejects=row.rejects,
        offsets_empty=row.offsets_empty,
        offsets_lost=row.offsets_lost,
        offsets_skipped=row.offsets_skipped,
        offsets_reopened=row.offsets_reopened,
        next=row.next,
        broker_earliest=earliest,
        broker_end=end,
    )


def _report(lake: Lake, ledgers: tuple[LedgerAudit, ...], found: list[Difference]) -> AuditReport:
    broken: dict[str, int] = {}
    for difference in found:
        broken[difference.rule] = broken.get(difference.rule, 0) + 1
    codings = _one(
        lake,
        "SELECT count(*), count(*) FILTER (superseded_by IS NULL), coalesce(sum(reports_coded), 0), "
        "coalesce(sum(reports_out_of_scope), 0), coalesce(sum(reports_rejected), 0) FROM codings",
    )
    reports = _one(lake, "SELECT count(*), count(*) FILTER (superseded_by IS NULL) FROM reports")
    rejects = _one(lake, "SELECT count(*), count(*) FILTER (status = 'open') FROM rejects")
    return AuditReport(
        ledgers=ledgers,
        articles=_one(lake, "SELECT count(*) FROM articles")[0],
        codings=codings[0],
        codings_current=codings[1],
        reports=reports[0],
        reports_current=reports[1],
        reports_coded=codings[2],
        reports_out_of_scope=codings[3],
        reports_rejected=codings[4],
        skips=dict(lake.rows("SELECT reason, count(*) FROM skips GROUP BY reason ORDER BY reason")),
        rejects_open=rejects[1],
        rejects=rejects[0],
        rules=len(RULES)
        + 3,  # and those of this module: one row each, the broker's end, the broker's beginning
        broken=broken,
        differences=tuple(_listed(found)),
    )


def _listed(found: list[Difference]) -> list[Difference]:
    listed: list[Difference] = []
    for difference in found:
        if sum(d.rule == difference.rule for d in listed) < LISTED:
            listed.append(difference)
    return listed


def _one(lake: Lake, sql: str) -> tuple[Any, ...]:
    (row,) = lake.rows(sql)
    return tuple(int(value) for value in row)
