"""Another version of the coder, set in a child process before `tocsin` begins: the same rules but for what is said."""

from __future__ import annotations

import dataclasses

from pipelines.coding.coder import Coder
from pipelines.coding.settings import CoderSettings
from pipelines.transforms.code_reports import shared_coder
from schemas.article import Article
from schemas.coding import Coding
from schemas.errors import CodingError
from schemas.reject import RejectCode

SECOND, THIRD = "second", "third"
FAILS = "a-13"


def second_version() -> None:
    """Ids that end in 1 lose their events, in 2 get one dead more; `a-13` fails."""
    _become(SECOND)


def third_version() -> None:
    """As the second, but nothing fails."""
    _become(THIRD)


def _become(version: str) -> None:
    coder = shared_coder(CoderSettings())
    coder.version = version
    coder.code = _Version(coder, version)  # type: ignore[method-assign,assignment]


class _Version:
    """The coder's `code`, changed."""

    def __init__(self, coder: Coder, version: str) -> None:
        self.rules, self.version = coder.code, version

    def __call__(self, article: Article) -> Coding:
        if self.version == SECOND and article.article_id == FAILS:
            raise CodingError(RejectCode.CODING_FAILED, "the second version fails on this article")
        coding = self.rules(article)
        if article.article_id.endswith("1"):
            return dataclasses.replace(coding, reports=())
        if article.article_id.endswith("2"):
            more = tuple(dataclasses.replace(r, fatalities=r.fatalities + 1) for r in coding.reports)
            return dataclasses.replace(coding, reports=more)
        return coding
