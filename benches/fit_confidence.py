"""Fits the weights of `confidence` on our own gold set and writes pipelines/coding/lexicons/confidence.tsv.

`python -m benches.fit_confidence`, after every change of the coder that moves its figures; then `make pages`.

A report is right when it stands for an event of the gold and has its event type. Each article is coded twice: whole, and
as a note, which is its first paragraph without its title. Two priors are set by hand, because our gold cannot tell them:
in a feed about four whole articles of five that pass the gate tell of no event, far more than in our gold, so the reports
of its articles without events count three times; notes come from lists of events, so there such reports count a quarter.
"""

import dataclasses
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from pipelines.coding.coder import Coder
from pipelines.coding.confidence import BIAS, TABLE, signs
from pipelines.coding.settings import CoderSettings
from pipelines.evaluating.gold import GoldEvent, read_gold
from pipelines.evaluating.pairing import judge
from pipelines.parse import parse_article
from schemas.article import Article
from schemas.precision import Scope
from tocsin.evaluation.accuracy import GOLD

QUIET_WHOLE, QUIET_NOTE = 3.0, 0.25
# Strength of the ridge on the weights: with some 270 reports a sign that is seldom shown must not weigh much.
RIDGE = 2.0
_HEAD = """# Weights of the signs that `confidence` sums up (pipelines/coding/confidence.py); log-odds.
# Written by `python -m benches.fit_confidence` from our own gold set, tests/gold.
sign\tweight
"""
_SETTINGS = CoderSettings(max_seconds_per_article=600)
Told = tuple[dict[str, bool], bool, float]


def told() -> Iterator[Told]:
    """Signs, rightness and weight of every report of the gold's articles and notes."""
    articles = [parse_article(line, 0) for line in (GOLD / "articles.jsonl").read_bytes().splitlines()]
    gold = read_gold(GOLD / "events.jsonl", {article.article_id for article in articles})
    coder = Coder(_SETTINGS)
    for article in articles:
        wanted = [g for g in gold.get(article.article_id, []) if g.scope is Scope.POLITICAL]
        yield from _reports(coder, article, wanted, 1.0 if wanted else QUIET_WHOLE)
        note = dataclasses.replace(article, title="", text=article.text.partition("\n\n")[0])
        held = [g for g in wanted if any(q in note.text for q in g.evidence["sub_event_type"])]
        yield from _reports(coder, note, held, 1.0 if wanted else QUIET_NOTE)


def _reports(coder: Coder, article: Article, wanted: list[GoldEvent], weight: float) -> Iterator[Told]:
    judged = judge(article, wanted, coder.code(article).reports)
    for pair in judged.pairs():
        if pair.report is not None:
            yield signs(pair.report, article), pair.gold.kind is pair.report.event_type, weight
    for report in judged.invented:
        yield signs(report, article), False, weight


def fit(reports: list[Told]) -> dict[str, float]:
    """Weights of a ridge regression on log-odds. None is below zero: every sign speaks for a report, or says nothing."""
    names = list(reports[0][0])
    shown = np.array([[1.0, *(signs[name] for name in names)] for signs, _, _ in reports])
    right = np.array([right for _, right, _ in reports], dtype=float)
    weight = np.array([weight for _, _, weight in reports])

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        odds = shown @ b
        ridge = RIDGE * np.square(b[1:])
        slope = shown.T @ (weight * (1 / (1 + np.exp(-odds)) - right))
        slope[1:] += 2 * RIDGE * b[1:]
        return float(weight @ (np.logaddexp(0, odds) - right * odds) + ridge.sum()), slope

    bounds = [(None, None), *[(0, None)] * len(names)]
    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds)
    return {name: round(float(b), 2) for name, b in zip([BIAS, *names], found.x, strict=True)}


def write(weights: dict[str, float]) -> None:
    """Writes the table."""
    path = Path(str(files("pipelines.coding") / "lexicons" / TABLE))
    path.write_text(_HEAD + "".join(f"{name}\t{w}\n" for name, w in weights.items()), encoding="utf-8")


if __name__ == "__main__":
    write(fit(list(told())))
