"""Where a row came from: the columns that the coder cannot know and landing adds."""

from dataclasses import dataclass
from datetime import datetime

from schemas.columns import Int32, column


@dataclass(frozen=True, slots=True)
class Provenance:
    """Position of the record behind a row, and when the row was landed."""

    ledger: str = column(
        "Ledger that the offset belongs to: kafka:TOPIC/PARTITION, file:DIGEST, @replay, @recode."
    )
    topic: str | None = column("Kafka topic of the original record; NULL for files.")
    partition: Int32 | None = column("Kafka partition of the original record; NULL for files.")
    offset: int = column("Offset in the ledger (for Kafka: the record's offset).")
    ingested_at: datetime = column("When the Batch was landed, UTC.")


@dataclass(frozen=True, slots=True)
class ReportProvenance:
    """Which coding a report belongs to."""

    coding_id: str = column("The coding that this report belongs to.")
    superseded_by: str | None = column("coding_id of the coding that replaced it; NULL while current.")
