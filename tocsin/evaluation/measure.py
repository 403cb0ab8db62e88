"""Codes the articles of a gold set and judges every one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipelines.coding.settings import CoderSettings
from pipelines.evaluating.gold import GoldEvent, read_gold
from pipelines.evaluating.pairing import Judged, judge
from pipelines.parse import parse_article
from schemas.article import Article, PublishedBasis
from schemas.coding import Coding
from schemas.errors import ArticleError, InputError
from tocsin.coding import Outcome, Refusal, code_articles, read_articles

_ADVICE = "Give JSON lines as they stand on the topic: text, published_at, article_id."
Watch = Callable[[Iterable[Outcome], int], Iterable[Outcome]]


@dataclass(frozen=True, slots=True)
class Measured:
    """Every article judged, in the file's order, and what the coder refused (an article refused has no reports)."""

    judged: tuple[Judged, ...]
    refusals: tuple[Refusal, ...]


def measure(
    articles: str, gold: Path, settings: CoderSettings, workers: int = 1, watch: Watch | None = None
) -> Measured:
    """Codes and judges. Only gold events of the settings' scopes are due. `watch` sees each outcome pass (progress).

    Raises InputError before anything is coded if a line of either file cannot be used.
    """
    values = list(read_articles(articles, datetime.now(UTC)))
    read = [_article(value, number, articles) for number, value in enumerate(values, start=1)]
    wanted = read_gold(gold, _ids(read, articles))
    outcomes = code_articles(values, settings, 0, workers)
    coded = list(watch(outcomes, len(values)) if watch else outcomes)
    judged = tuple(
        _judged(a, wanted.get(a.article_id, []), o, settings) for a, o in zip(read, coded, strict=True)
    )
    return Measured(judged, tuple(o for o in coded if isinstance(o, Refusal)))


def _article(value: bytes, number: int, name: str) -> Article:
    try:
        article = parse_article(value, 0)
    except ArticleError as error:
        raise InputError(f"{name} line {number} is no article: {error.message}.", _ADVICE) from None
    if article.published_at_basis is not PublishedBasis.ARTICLE:
        raise InputError(f"{name} line {number} has no published_at: its days could not be told.", _ADVICE)
    return article


def _ids(articles: Iterable[Article], name: str) -> frozenset[str]:
    seen = set[str]()
    for number, article in enumerate(articles, start=1):
        if article.article_id in seen:
            raise InputError(
                f"{name} line {number}: a second article with the id {article.article_id!r}.", _ADVICE
            )
        seen.add(article.article_id)
    return frozenset(seen)


def _judged(article: Article, golds: list[GoldEvent], outcome: Outcome, settings: CoderSettings) -> Judged:
    reports = outcome.reports if isinstance(outcome, Coding) else ()
    return judge(article, [g for g in golds if g.scope in settings.scope], reports)


def refused(measured: Measured) -> Iterator[str]:
    """A line for each article that was not coded."""
    for refusal in measured.refusals:
        yield f"line {refusal.line}: {refusal.code}: {refusal.message}"
