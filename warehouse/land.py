"""Land: all that one Batch gave and the move of its ledger, in ONE transaction under the writers' lock.

The ledger decides (DESIGN section 4.4). It stands at the Batch's beginning: land. Beyond its end: a replay, all is
landed. Within it: a straddle, only what lies above is landed. Before it: a hole, stop. A COMMIT whose answer was lost
is settled by the same rules: whoever tries again finds a replay.
"""

import dataclasses
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import duckdb

from schemas.errors import (
    LakeError,
    LandingTooSlow,
    LedgerBroken,
    LedgerHole,
)
from schemas.ledger import LedgerKey, LedgerRow
from schemas.reject import RejectCode
from warehouse.known import horizon, index_of, known_articles, known_codings, note, refresh
from warehouse.lake import Lake
from warehouse.landing import Fate, Landing, between
from warehouse.ledger import check_identity, note_loss, read_row
from warehouse.lock import writer_lock
from warehouse.plan import Known, Plan, decide
from warehouse.retries import known_rejects
from warehouse.rows import to_landing, whole_reject
from warehouse.trouble import PAUSE_SECONDS, Trouble, named, trouble
from warehouse.write import count_reports, move_ledger, write_rows


class Outcome(StrEnum):
    """How the ledger stood to the Batch."""

    LANDED = "landed"
    REPLAYED = "replayed"
    STRADDLED = "straddled"


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of one Batch. Counts are of rows written by this landing: none for a replay."""

    ledger: LedgerKey
    from_offset: int
    to_offset: int
    outcome: Outcome
    codings: int = 0
    reports: int = 0
    skips: int = 0
    rejects: int = 0  # whole articles
    report_rejects: int = 0
    wait_seconds: float = 0.0  # for the writers' lock
    seconds: float = 0.0  # from BEGIN to the answer of COMMIT

    def __add__(self, other: "Landed") -> "Landed":
        """Two parts of one Batch."""
        return Landed(
            self.ledger,
            self.from_offset,
            other.to_offset,
            self.outcome if self.outcome is other.outcome else Outcome.STRADDLED,
            *(
                getattr(self, f.name) + getattr(other, f.name)
                for f in dataclasses.fields(self)
                if isinstance(f.default, int | float)
            ),
        )


def nothing(phase: str) -> None:
    """What happens at a phase of a landing unless a test has other plans."""


class Lander:
    """Lands Batches into one lake that is open for writing; one thread's, like its Lake.

    `at` is called with the name of each phase: before_begin, after_insert, before_commit, after_commit. Crash tests
    kill the process there.
    """

    def __init__(self, lake: Lake, at: Callable[[str], None] = nothing) -> None:
        """Nothing is read yet."""
        self.lake, self.at = lake, at
        self.index = index_of(lake.settings)

    def land(self, landing: Landing) -> Landed:
        """Land one Batch; after it returns, all is committed. May be called again with the same Batch at will.

        Raises LedgerHole, LedgerBroken, AnotherLog, LakeFull, LakeLocked, LandingTooSlow and LakeError; whichever it
        is, either the whole Batch is in the lake or nothing of it (of a Batch that had to be halved: whole parts).
        """
        asked = time.monotonic()
        with writer_lock(self.lake.settings):
            waited = time.monotonic() - asked
            landed = self._land_or_halve(landing, deadline=asked + self.lake.settings.lock_wait_seconds)
        return dataclasses.replace(landed, wait_seconds=waited)

    def _land_or_halve(self, landing: Landing, deadline: float) -> Landed:
        while True:
            try:
                return self._transaction(landing)
            except duckdb.Error as error:
                match trouble(error):
                    case Trouble.BUSY if time.monotonic() < deadline:
                        time.sleep(PAUSE_SECONDS)
                    case Trouble.DATA if landing.entries:
                        return self._halve(landing, error, deadline)
                    case _:
                        raise named(error, self.lake.settings) from error

    def _halve(self, landing: Landing, error: Exception, deadline: float) -> Landed:
        """Land the halves one after another; a lone record that cannot be inserted becomes a reject."""
        span = landing.batch.span
        if len(landing.entries) == 1:
            return self._land_or_halve(_rejected(landing, error), deadline)
        middle = landing.entries[len(landing.entries) // 2].offset
        first = self._land_or_halve(between(landing, span.from_offset, middle), deadline)
        return first + self._land_or_halve(between(landing, middle, span.to_offset), deadline)

    def _transaction(self, landing: Landing) -> Landed:
        refresh(self.index, self.lake)
        self.at("before_begin")
        started, began = _boot_seconds(), time.monotonic()
        self.lake.execute("BEGIN TRANSACTION")
        try:
            row = self._ledger(landing.batch.span.ledger)
            part = _part_to_land(landing, row)
            if part is None:
                self.lake.rollback()
                return _landed(landing, Outcome.REPLAYED)
            plan = self._write(part, row)
            self.at("after_insert")
            self.at("before_commit")
            self._check_age(started, landing)
            self.lake.execute("COMMIT")
        except BaseException:
            self.lake.rollback()
            raise
        self.at("after_commit")
        self._note(part, plan, row)
        outcome = Outcome.LANDED if part is landing else Outcome.STRADDLED
        return dataclasses.replace(_landed(part, outcome, plan), seconds=time.monotonic() - began)

    def _ledger(self, key: LedgerKey) -> LedgerRow:
        try:
            return read_row(self.lake, key)
        except duckdb.CatalogException as error:
            message = f"There is no ledger {key}: it has to be opened (open_ledger) before its first Batch."
            raise LedgerBroken(message, "Nothing was landed.") from error

    def _write(self, landing: Landing, row: LedgerRow) -> Plan:
        landed_at = datetime.now(UTC)
        ids = [e.article.article_id for e in landing.entries if e.article]
        rejects, retried = known_rejects(self.lake, landing, reopened=row.offsets_reopened > 0)
        codings = known_codings(self.lake, known_articles(self.index, ids))
        plan = decide(landing, Known(codings, rejects, retried, horizon(self.lake.settings)), landed_at)
        write_rows(self.lake, landing, plan, landed_at)
        move_ledger(self.lake, landing, plan, row, landed_at)
        note_loss(self.lake, row, landing.batch.span)
        return plan

    def _check_age(self, started: float, landing: Landing) -> None:
        age, bound = _boot_seconds() - started, self.lake.settings.landing_bound_seconds
        if age > bound:
            message = f"{landing.batch.span.ledger}: a landing took {age:.0f} s, more than {bound:g} s."
            raise LandingTooSlow(message, "It was rolled back; the Batch is read again by the next run.")

    def _note(self, landing: Landing, plan: Plan, row: LedgerRow) -> None:
        span = landing.batch.span
        note(
            self.index,
            self.lake,
            plan.current.items(),
            str(span.ledger),
            (span.to_offset, row.offsets_reopened),
        )


def _part_to_land(landing: Landing, row: LedgerRow) -> Landing | None:
    """The part of the Batch that the ledger has not passed; None for a replay."""
    span = landing.batch.span
    check_identity(row, span.identity)
    if row.next >= span.to_offset:
        return None
    if row.next < span.from_offset:
        raise LedgerHole(str(span.ledger), row.next, span.from_offset)
    return landing if row.next == span.from_offset else between(landing, row.next, span.to_offset)


def _rejected(landing: Landing, error: Exception) -> Landing:
    """The landing of one record, with a reject in its place; raises LakeError if it is that already."""
    (entry,) = landing.entries
    if entry.fate is Fate.REJECT:
        message = (
            f"{landing.batch.span.ledger}: the reject of offset {entry.offset} cannot be inserted: {error}"
        )
        raise LakeError(message, "Nothing was landed.") from error
    batch = landing.batch
    coding = batch.codings[0].value if batch.codings else None
    reject = whole_reject(batch.span, entry.record, RejectCode.INSERT_FAILED, str(error), coding)
    return to_landing(dataclasses.replace(batch, codings=(), skips=(), rejects=(reject,), report_rejects=()))


def _landed(landing: Landing, outcome: Outcome, plan: Plan | None = None) -> Landed:
    span = landing.batch.span
    if plan is None:
        return Landed(span.ledger, span.from_offset, span.to_offset, outcome)
    reports_failed = len(plan.rejects) + len(plan.attempts) - plan.rejected
    return Landed(
        span.ledger,
        span.from_offset,
        span.to_offset,
        outcome,
        plan.codings,
        count_reports(landing, plan),
        plan.skips,
        plan.rejected,
        reports_failed,
    )


def _boot_seconds() -> float:
    """Wall clock that also counts while the machine sleeps: a suspended landing is an old landing."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)
