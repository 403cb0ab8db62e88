"""What the page of errors shows of an article: its events line by line, and the kinds of error it has."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.evaluating.columns import COLUMNS
from pipelines.evaluating.gold import GoldEvent
from pipelines.evaluating.pairing import Judged, Pair
from schemas.report import Report

MISSED, INVENTED, BACKGROUND, RIGHT = "missed", "invented", "background", "right"
# Columns shown side by side, and the figure that judges each.
_SHOWN = {
    "sub_event_type": "sub_event_type", "event_date": "event_date", "event_date_end": "event_date_end",
    "time_precision": "time_precision", "actor1": "actor1", "inter1": "inter1 and inter2", "actor2": "actor2",
    "inter2": "inter1 and inter2", "country": "country", "admin1": "admin1", "location": "location",
    "latitude": "within 50 km", "longitude": "within 50 km", "geo_precision": "geo_precision",
    "fatalities": "fatalities", "injuries": "injuries", "abducted": "abducted", "arrested": "arrested",
    "participants": "participants", "incident_count": "incident_count, where more than one",
}  # fmt: skip
_FIGURES = {column.name: column for column in COLUMNS}
_OURS = {"injuries": "injuries_best"}


@dataclass(frozen=True, slots=True)
class Row:
    """One column of an event: the gold's value, ours, and whether they agree (None: not judged)."""

    column: str
    gold: str
    ours: str
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One event: `missed`, `invented`, `background`, `right`, or the names of the columns that are wrong."""

    kinds: tuple[str, ...]
    head: str
    notes: str
    confidence: str
    rows: tuple[Row, ...]


def compared(judged: Judged) -> Iterator[Compared]:
    """The events of an article: due, background, invented."""
    for pair in judged.due:
        yield _of_pair(pair)
    for pair in judged.background:
        yield Compared(
            (BACKGROUND,), "Background in the gold", *_ours(pair.report), _rows(pair.gold, pair.report)
        )
    for report in judged.invented:
        yield Compared((INVENTED,), "Invented: no event of the gold", *_ours(report), _rows(None, report))


def _of_pair(pair: Pair) -> Compared:
    rows = _rows(pair.gold, pair.report)
    if pair.report is None:
        return Compared((MISSED,), "Missed: no report stands for it", "", "", rows)
    wrong = tuple(dict.fromkeys(_SHOWN[row.column] for row in rows if row.agrees is False))
    head = f"Found; wrong: {', '.join(wrong)}" if wrong else "Found, all columns right"
    return Compared(wrong or (RIGHT,), head, *_ours(pair.report), rows)


def _ours(report: Report | None) -> tuple[str, str]:
    return (report.notes, f"{report.confidence:.2f}") if report else ("", "")


def _rows(gold: GoldEvent | None, report: Report | None) -> tuple[Row, ...]:
    return tuple(_row(column, gold, report) for column in _SHOWN)


def _row(column: str, gold: GoldEvent | None, report: Report | None) -> Row:
    figure = _FIGURES[_SHOWN[column]]
    agrees = figure.agrees(gold, report) if gold and report and figure.due(gold) else None
    ours = getattr(report, _OURS.get(column, column), None)
    return Row(column, _words(getattr(gold, column, None)), _words(ours), agrees)


def _words(value: Any) -> str:
    return "" if value is None else str(getattr(value, "value", value))
