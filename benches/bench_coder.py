"""The coder alone, on one core: articles a second over a mixed stream, and over those that tell of events."""

import time

import psutil

from benches.articles import lines
from benches.figures import Figure
from pipelines.coding.coder import Coder
from pipelines.coding.settings import CoderSettings
from pipelines.parse import parse_article
from schemas.article import Article
from schemas.errors import CodingError


def run() -> list[Figure]:
    """Start-up, speed, the slowest article and memory."""
    articles = [parse_article(line, 0) for line in lines()]
    began = time.perf_counter()
    coder = Coder(CoderSettings())
    started = time.perf_counter() - began
    spent = [_seconds(coder, article) for article in articles]
    with_events = [s for s, reports in spent if reports]
    total = sum(s for s, _ in spent)
    return [
        Figure("coder: start", started, "s", "under 3"),
        Figure("coder: mixed stream, one core", len(spent) / total, "articles/s", "120"),
        Figure(
            "coder: articles with events", len(with_events) / max(sum(with_events), 1e-9), "articles/s", "40"
        ),
        Figure("coder: slowest article", max(s for s, _ in spent), "s", "under 2"),
        Figure("coder: articles", len(spent), "articles"),
        Figure("coder: memory of the process", psutil.Process().memory_info().rss / 1e6, "MB", "under 800"),
    ]


def _seconds(coder: Coder, article: Article) -> tuple[float, int]:
    began = time.perf_counter()
    try:
        reports = len(coder.code(article).reports)
    except CodingError:
        reports = 0
    return time.perf_counter() - began, reports
