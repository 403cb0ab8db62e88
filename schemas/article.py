"""The article: what arrives on the topic `articles`, after its JSON has been read.

An article is (`article_id`, `text_sha256`): a new text under a known id is a new revision.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from schemas.columns import Int16, column

SCHEMA_VERSION = 1


class PublishedBasis(StrEnum):
    """Where `published_at` comes from."""

    ARTICLE = "article"
    KAFKA_TIMESTAMP = "kafka_timestamp"


@dataclass(frozen=True, slots=True)
class Article:
    """One revision of one news article, its text plain and its instants in UTC."""

    article_id: str = column("The publisher's id; else SHA-256 of the canonical URL, else of the text.")
    text_sha256: str = column("SHA-256 of title and text: the revision.")
    url: str | None = column("Address of the article as given.")
    title: str = column("Headline; empty where there is none.")
    text: str = column("Plain text (extracted, where HTML was given); evidence offsets point into it.")
    published_at: datetime = column("When it was published, UTC.")
    published_at_basis: PublishedBasis = column("article, or kafka_timestamp where the article gave no time.")
    fetched_at: datetime | None = column("When a connector fetched it, UTC.")
    source: str = column("Name of the source; empty where it is not given.")
    source_scale: str | None = column("ACLED's source scale of the source, where known.")
    language: str | None = column("Language code, as given or as recognised.")
    schema_version: Int16 = column("Version of the article's JSON form.")
    extra: str | None = column(
        "Fields of the JSON that this version does not know, as JSON; NULL where none."
    )


def text_digest(title: str, text: str) -> str:
    """The revision: SHA-256 over title and text, a separator between them that text cannot hold."""
    return hashlib.sha256(f"{title}\x00{text}".encode()).hexdigest()
