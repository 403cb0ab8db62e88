"""The skip: an article that was read and rightly not coded. Counted and kept, never mixed with rejects."""

from dataclasses import dataclass
from enum import StrEnum

from schemas.columns import column


class SkipReason(StrEnum):
    """Closed list of reasons."""

    DUPLICATE = "duplicate"
    UNSUPPORTED_LANGUAGE = "unsupported_language"
    TOMBSTONE = "tombstone"
    CANARY = "canary"


@dataclass(frozen=True, slots=True)
class Skip:
    """Row of table `skips` (with its Provenance beside it)."""

    reason: SkipReason = column("Why it was not coded.")
    article_id: str | None = column("The article; NULL for a tombstone without a key.")
    text_sha256: str | None = column("Its revision; NULL for a tombstone.")
    source: str | None = column("Name of the source, where known.")
    language: str | None = column("Language as given or recognised, where known.")
    detail: str = column("What exactly: the earlier offset of a duplicate, the language; may be empty.")
