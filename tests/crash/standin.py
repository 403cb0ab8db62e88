"""A coder of twenty lines for crash tests: the guarantee must hold whatever the coder says, so it says all kinds."""

import dataclasses
import hashlib
from collections.abc import Iterator, Sequence

from schemas.article import Article
from schemas.coding import Coding
from schemas.errors import CodingError
from schemas.reject import RejectCode
from schemas.report import Report, report_id
from tests.kit.coded import report


class StandIn:
    """By the text's digest: some reports, some of them broken, some out of scope, some articles that fail."""

    version = "stand-in 1"

    def __init__(self, settings: object = None) -> None:
        self.settings = settings

    def code_all(self, articles: Sequence[Article]) -> Iterator[Coding | CodingError]:
        """Always the same for the same text."""
        return map(self._code, articles)

    def _code(self, article: Article) -> Coding | CodingError:
        dice = hashlib.sha256(article.text.encode()).digest()
        if dice[0] < 10:
            return CodingError(RejectCode.CODING_FAILED, "the stand-in fails on this text")
        reports = tuple(self._report(article, n, broken=dice[n + 1] < 12) for n in range(dice[1] % 4))
        return Coding(article, self.version, reports, out_of_scope=dice[2] % 2, coding_seconds=0.0)

    def _report(self, article: Article, number: int, *, broken: bool) -> Report:
        sound = report(article, coder_version=self.version, fatalities=number)
        identity = report_id(
            article.article_id, article.text_sha256, number, number + 9, sound.sub_event_type
        )
        return dataclasses.replace(sound, report_id=identity, year=1800 if broken else sound.year)
