"""Another version of the coder, set in a child process before `tocsin` begins: the same rules but for what is said."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from pipelines import recode
from pipelines.coding.coder import Coder, Outcome
from pipelines.coding.settings import CoderSettings
from pipelines.transforms.code_reports import shared_coder
from schemas.article import Article
from schemas.coding import Coding
from schemas.errors import CodingError
from schemas.reject import RejectCode

SECOND, THIRD = "second", "third"
FAILS = "a-13"
# Small ones, so that a test needs few articles to end a recoding between two of them.
BATCH_RECORDS = 40


def second_version() -> None:
    """Ids that end in 1 lose their events, in 2 get one dead more; `a-13` fails."""
    _become(SECOND)


def third_version() -> None:
    """As the second, but nothing fails."""
    _become(THIRD)


def _become(version: str) -> None:
    recode.BATCH_RECORDS = BATCH_RECORDS
    coder = shared_coder(CoderSettings())
    coder.version = version
    coder.code_all = _Version(coder, version)  # type: ignore[method-assign]


class _Version:
    """The coder's `code_all`, changed."""

    def __init__(self, coder: Coder, version: str) -> None:
        self.rules, self.version = coder.code_all, version

    def __call__(self, articles: Sequence[Article]) -> Iterator[Outcome]:
        return (self._changed(a, o) for a, o in zip(articles, self.rules(articles), strict=True))

    def _changed(self, article: Article, outcome: Outcome) -> Outcome:
        if self.version == SECOND and article.article_id == FAILS:
            return CodingError(RejectCode.CODING_FAILED, "the second version fails on this article")
        if not isinstance(outcome, Coding):
            return outcome
        if article.article_id.endswith("1"):
            return dataclasses.replace(outcome, reports=())
        if article.article_id.endswith("2"):
            more = tuple(dataclasses.replace(r, fatalities=r.fatalities + 1) for r in outcome.reports)
            return dataclasses.replace(outcome, reports=more)
        return outcome
