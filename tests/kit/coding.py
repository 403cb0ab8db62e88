"""One coder for all tests of a process, and articles made of plain words. Every text in these tests is written by us."""

import functools
from datetime import UTC, datetime

from pipelines.coding.coder import Coder
from pipelines.coding.settings import CoderSettings
from schemas.article import SCHEMA_VERSION, Article, PublishedBasis, text_digest
from schemas.precision import Scope
from schemas.report import Report


@functools.cache
def coder() -> Coder:
    """A coder that keeps every scope."""
    return Coder(CoderSettings(scope=frozenset(Scope)))


def article(text: str, title: str = "", day: str = "2022-06-01", source: str = "") -> Article:
    """An article published at noon of a day."""
    digest = text_digest(title, text)
    at = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
    return Article(
        digest, digest, None, title, text, at, PublishedBasis.ARTICLE, None, source, None, "en", SCHEMA_VERSION, None
    )  # fmt: skip


def reports(text: str, title: str = "", day: str = "2022-06-01") -> tuple[Report, ...]:
    """What the coder makes of a text."""
    return coder().code(article(text, title, day)).reports


def political(text: str, title: str = "", day: str = "2022-06-01") -> list[Report]:
    """The reports of political scope."""
    return [r for r in reports(text, title, day) if r.scope is Scope.POLITICAL]
