"""Every table of the lake: its name, what it holds, and the records whose columns stand side by side in it."""

from dataclasses import dataclass

import pyarrow as pa

from schemas.article import Article
from schemas.attempt import RejectAttempt
from schemas.coding import CodingRow
from schemas.derive import Column, arrow_schema, columns
from schemas.ledger import LedgerChange, LedgerRow
from schemas.provenance import Provenance, ReportProvenance
from schemas.reject import Reject, RejectPayload
from schemas.report import Report
from schemas.skip import Skip


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the lake. `inlined` False keeps its rows out of the catalog (large values)."""

    name: str
    doc: str
    records: tuple[type, ...]
    sorted_by: tuple[str, ...] = ()
    inlined: bool = True

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns, in order."""
        return columns(*self.records)

    @property
    def schema(self) -> pa.Schema:
        """Its Arrow schema."""
        return arrow_schema(*self.records)


ARTICLES = Table(
    "articles",
    "One row per revision of an article that was coded: (article_id, text_sha256).",
    (Article, Provenance),
    ("published_at",),
)
CODINGS = Table(
    "codings",
    "One row per coding of an article; superseded_by is NULL for the current one.",
    (CodingRow, Provenance),
    ("article_id",),
)
REPORTS = Table(
    "reports",
    "One row per event as one article tells it, of every coding; analysts read the view reports_latest.",
    (Report, ReportProvenance, Provenance),
    ("country", "event_date"),
)
SKIPS = Table("skips", "Articles that were read and rightly not coded.", (Skip, Provenance))
REJECTS = Table("rejects", "Everything that did not land, with its original bytes.", (Reject, Provenance))
REJECT_PAYLOADS = Table(
    "reject_payloads", "Payloads of rejects above 64 KB, kept apart.", (RejectPayload,), inlined=False
)
REJECT_ATTEMPTS = Table(
    "reject_attempts", "Rejects that failed again, one row for each further attempt.", (RejectAttempt,)
)
LEDGER_CHANGES = Table("ledger_changes", "Positions changed by hand, with the reason.", (LedgerChange,))

TABLES: dict[str, Table] = {
    t.name: t
    for t in (ARTICLES, CODINGS, REPORTS, SKIPS, REJECTS, REJECT_PAYLOADS, REJECT_ATTEMPTS, LEDGER_CHANGES)
}
LEDGER = Table("ledger", "Form of every ledger table; the view `ledgers` joins them.", (LedgerRow,))
