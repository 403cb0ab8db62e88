"""A coding: what one version of the coder made of one revision of one article."""

import hashlib
from dataclasses import dataclass

from schemas.article import Article
from schemas.columns import Int32, column
from schemas.report import Report


@dataclass(frozen=True, slots=True)
class Coding:
    """Result of coding one article: reports most prominent first, those out of scope already counted apart.

    `reports` may be empty: an article that tells of no event is coded, too.
    """

    article: Article
    coder_version: str
    reports: tuple[Report, ...]
    out_of_scope: int
    coding_seconds: float


@dataclass(frozen=True, slots=True)
class CodingRow:
    """Row of table `codings`: one coding of one article, and what became of its reports."""

    coding_id: str = column("Deterministic: article, revision, coder version, ledger and offset.")
    article_id: str = column("The article.")
    text_sha256: str = column("Its revision.")
    coder_version: str = column("Version of the coder.")
    reports_coded: Int32 = column("Reports that the coder wrote: landed + out of scope + rejected.")
    reports_landed: Int32 = column("Reports in table `reports`.")
    reports_out_of_scope: Int32 = column("Reports of a scope that is not landed.")
    reports_rejected: Int32 = column("Reports that validation rejected.")
    superseded_by: str | None = column("coding_id of the coding that replaced this one; NULL while current.")


def coding_id(article_id: str, text_sha256: str, coder_version: str, ledger: str, offset: int) -> str:
    """Deterministic id of a coding (32 hex digits): the same offset landed twice names the same coding."""
    seed = "\x00".join((article_id, text_sha256, coder_version, ledger, str(offset)))
    return hashlib.sha256(seed.encode()).hexdigest()[:32]
