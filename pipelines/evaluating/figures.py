"""The figures of an evaluation: events found and invented, columns right, types one by one, calibration."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.evaluating.calibration import Calibration, calibration, stated
from pipelines.evaluating.columns import COLUMNS, Column
from pipelines.evaluating.pairing import Judged, Pair
from pipelines.evaluating.share import Share
from schemas.taxonomy import SubEventType


@dataclass(frozen=True, slots=True)
class ColumnFigure:
    """How often a column is right: of all due events (a missed one is wrong), and of those found."""

    name: str
    of_due: Share
    of_found: Share


@dataclass(frozen=True, slots=True)
class TypeFigure:
    """One sub-event type: due events found at all, found with this type, and reports of this type that are right."""

    sub_event_type: SubEventType
    found: Share
    recall: Share
    precision: Share


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures. Reports that stand for background events count neither for nor against precision."""

    articles: int
    precision: Share
    recall: Share
    silent: Share
    columns: tuple[ColumnFigure, ...]
    types: tuple[TypeFigure, ...]
    calibration: Calibration

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall, per cent; None where nothing was due and nothing told."""
        whole = self.precision.of + self.recall.of
        return 200 * self.recall.right / whole if whole else None


def figures(judged: Sequence[Judged]) -> Figures:
    """All figures of the judged articles."""
    found = sum(one.found for one in judged)
    due = [pair for one in judged for pair in one.due]
    quiet = [one for one in judged if one.is_quiet]
    return Figures(
        articles=len(judged),
        precision=Share(found, found + sum(len(one.invented) for one in judged)),
        recall=Share(found, len(due)),
        silent=Share(sum(not one.invented for one in quiet), len(quiet)),
        columns=tuple(column_figure(column, due) for column in COLUMNS),
        types=tuple(_types(judged)),
        calibration=calibration(stated(judged)),
    )


def column_figure(column: Column, pairs: Iterable[Pair]) -> ColumnFigure:
    """How often a column is right."""
    due = [pair for pair in pairs if column.due(pair.gold)]
    found = [(pair.gold, pair.report) for pair in due if pair.report is not None]
    right = sum(column.agrees(gold, report) for gold, report in found)
    return ColumnFigure(column.name, Share(right, len(due)), Share(right, len(found)))


def _types(judged: Sequence[Judged]) -> Iterable[TypeFigure]:
    due = [pair for one in judged for pair in one.due]
    invented = [report for one in judged for report in one.invented]
    for sub in SubEventType:
        wanted = [p for p in due if p.gold.sub_event_type is sub]
        told = [p for p in due if p.report is not None and p.report.sub_event_type is sub]
        right = sum(p.report is not None and p.report.sub_event_type is sub for p in wanted)
        reports = len(told) + sum(report.sub_event_type is sub for report in invented)
        found = sum(p.report is not None for p in wanted)
        if wanted or reports:
            yield TypeFigure(sub, Share(found, len(wanted)), Share(right, len(wanted)), Share(right, reports))
