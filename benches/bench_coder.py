"""The coder alone, on one core: articles a second over a mixed stream, and over those that tell of events."""

import time

import psutil

from benches.articles import lines
from benches.figures import Figure
from pipelines.coding.coder import Coder
from pipelines.coding.settings import CoderSettings
from pipelines.parse import parse_article
from schemas.coding import Coding


def run() -> list[Figure]:
    """Start-up, speed, the slowest article and memory."""
    articles = [parse_article(line, 0) for line in lines()]
    began = time.perf_counter()
    coder = Coder(CoderSettings())
    started = time.perf_counter() - began
    began = time.perf_counter()
    codings = [outcome for outcome in coder.code_all(articles) if isinstance(outcome, Coding)]
    total = time.perf_counter() - began
    spent = [coding.coding_seconds for coding in codings]
    with_events = [coding.coding_seconds for coding in codings if coding.reports]
    return [
        Figure("coder: start", started, "s", "under 3"),
        Figure("coder: mixed stream, one core", len(articles) / total, "articles/s", "120"),
        Figure(
            "coder: articles with events", len(with_events) / max(sum(with_events), 1e-9), "articles/s", "40"
        ),
        Figure("coder: slowest article", max(spent), "s", "under 2"),
        Figure("coder: articles", len(articles), "articles"),
        Figure("coder: memory of the process", psutil.Process().memory_info().rss / 1e6, "MB", "under 800"),
    ]
