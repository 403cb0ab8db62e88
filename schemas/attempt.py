"""The attempt: one more failure of what had already been rejected; the reject keeps its one row."""

from dataclasses import dataclass
from datetime import datetime

from schemas.columns import column
from schemas.reject import RejectCode, Stage


@dataclass(frozen=True, slots=True)
class RejectAttempt:
    """Row of table `reject_attempts` (append-only): a replay, or a second reading, that failed again.

    The offset that it took in its ledger is counted as a reject there, and a report that failed again belongs to a
    new coding: this row stands for the reject row that is not written twice, so that every equation stays exact.
    """

    reject_id: str = column("The reject that failed again.")
    ledger: str = column("Ledger of the attempt: @replay, @recode, or the record's own after a rewind.")
    offset: int = column("Offset of the attempt in that ledger.")
    report_id: str | None = column("The report that failed again; NULL when the whole article did.")
    coding_id: str | None = column(
        "The coding that the report belongs to this time; NULL for a whole article."
    )
    stage: Stage = column("Where it failed this time.")
    code: RejectCode = column("Why, this time.")
    message: str = column("What is wrong, in one line.")
    coder_version: str | None = column("Version of the coder this time, from stage code on.")
    attempted_at: datetime = column("When the attempt was landed, UTC.")
