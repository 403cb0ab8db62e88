"""Pairs the events that people coded from an article with the reports that the coder made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from scipy.optimize import linear_sum_assignment

from pipelines.evaluating.columns import same_day, same_family
from pipelines.evaluating.gold import GoldEvent
from pipelines.evaluating.names import holds, same_actor, same_country
from schemas.article import Article
from schemas.report import Report

# Farther apart they are two events, however alike.
_SLACK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Pair:
    """An event of the gold, and the report that stands for it; None where it was missed."""

    gold: GoldEvent
    report: Report | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One article: its due events, its background events (found or not: neither right nor wrong), and invented reports."""

    article: Article
    due: tuple[Pair, ...]
    background: tuple[Pair, ...]
    invented: tuple[Report, ...]

    @property
    def found(self) -> int:
        """How many of the due events have a report."""
        return sum(pair.report is not None for pair in self.due)

    @property
    def is_quiet(self) -> bool:
        """The article tells of no event at all."""
        return not self.due and not self.background

    def pairs(self) -> tuple[Pair, ...]:
        """All events of the gold."""
        return self.due + self.background


def judge(article: Article, golds: Sequence[GoldEvent], reports: Sequence[Report]) -> Judged:
    """Each report stands for at most one event, due events first; what stands for none is invented."""
    due, left = _paired([g for g in golds if g.main], reports)
    background, invented = _paired([g for g in golds if not g.main], left)
    return Judged(article, due, background, tuple(invented))


def _paired(golds: Sequence[GoldEvent], reports: Sequence[Report]) -> tuple[tuple[Pair, ...], list[Report]]:
    """The pairs that agree most in sum, and the reports left over."""
    chosen: dict[int, Report] = {}
    if golds and reports:
        weights = np.array([[_agreement(gold, report) for report in reports] for gold in golds])
        rows, columns = linear_sum_assignment(weights, maximize=True)
        chosen = {int(r): reports[c] for r, c in zip(rows, columns, strict=True) if weights[r, c]}
    pairs = tuple(Pair(gold, chosen.get(n)) for n, gold in enumerate(golds))
    return pairs, [report for report in reports if report not in chosen.values()]


def _agreement(gold: GoldEvent, report: Report) -> int:
    """0: they cannot be one event; else 1 and more, by what agrees. The sub-event type counts double."""
    if not _may_be_one(gold, report):
        return 0
    actors = (report.actor1, report.actor2)
    return (
        1
        + 2 * (gold.sub_event_type is report.sub_event_type)
        + same_day(gold, report)
        + any(same_actor(gold.actor1 or "", actor) for actor in actors)
        + (gold.fatalities == report.fatalities)
        + holds(report.location, gold.location or "")
    )


def _may_be_one(gold: GoldEvent, report: Report) -> bool:
    """The same country (or none told), days within a week of each other, types of one family if it has one."""
    near = report.event_date - _SLACK <= gold.last_day and gold.event_date - _SLACK <= report.event_date_end
    placed = not report.country or same_country(gold.country, report.country)
    return near and placed and (not gold.is_typed or same_family(gold.kind, report.event_type))
