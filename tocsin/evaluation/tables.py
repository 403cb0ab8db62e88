"""Draws the figures for a terminal. Knows rich."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pipelines.evaluating.calibration import Bin
from pipelines.evaluating.figures import Figures
from pipelines.evaluating.share import Share

# Characters of the calibration's bars, so that the table stays within 80.
_BAR = 25
_NOTE = "of all: a missed event is wrong; of found: where the event was found. 95 %: Wilson's interval."


def tables(figures: Figures) -> Iterator[RenderableType]:
    """The tables, one after another."""
    yield _events(figures)
    yield _columns(figures)
    yield Text(_NOTE, style="dim")
    yield _types(figures)
    yield _calibration(figures)


def percent(value: float | None) -> str:
    """One decimal; a dash of nothing."""
    return "-" if value is None else f"{value:.1f}"


def interval(share: Share) -> str:
    """ "71.2-83.5"; a dash of nothing."""
    return "-" if share.interval is None else "-".join(f"{bound:.1f}" for bound in share.interval)


def _table(title: str, first: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _events(figures: Figures) -> Table:
    table = _table(f"Events ({figures.articles} articles)", "figure", "%", "95 %", "n")
    shares = {"precision": figures.precision, "recall": figures.recall}
    for name, share in shares.items():
        table.add_row(name, percent(share.percent), interval(share), str(share.of))
    table.add_row("F1", percent(figures.f1), "", "")
    silent = figures.silent
    table.add_row(
        "silent where nothing is to be coded", percent(silent.percent), interval(silent), str(silent.of)
    )
    return table


def _columns(figures: Figures) -> Table:
    table = _table("Columns", "column", "% of all", "95 %", "n", "% of found")
    for one in figures.columns:
        share = one.of_due
        told = (percent(share.percent), interval(share), str(share.of), percent(one.of_found.percent))
        table.add_row(one.name, *told)
    return table


def _types(figures: Figures) -> Table:
    table = _table("Sub-event types", "sub-event type", "n", "found", "found as it", "reports", "right")
    for one in figures.types:
        table.add_row(
            one.sub_event_type.value, str(one.found.of), percent(one.found.percent), percent(one.recall.percent),
            str(one.precision.of), percent(one.precision.percent),
        )  # fmt: skip
    return table


def _calibration(figures: Figures) -> Table:
    error = figures.calibration.error
    title = "Confidence" + ("" if error is None else f" (expected calibration error {error:.1f} points)")
    table = _table(title, "confidence", "stated", "right", "95 %", "n")
    table.add_column("█ right, │ stated", no_wrap=True)
    for one in figures.calibration.bins:
        share = one.share
        table.add_row(
            f"{one.low:.1f} to {one.high:.1f}", percent(100 * one.stated), percent(share.percent), interval(share),
            str(share.of), bar(one),
        )  # fmt: skip
    return table


def bar(one: Bin) -> str:
    """The share that is right as a bar, and a stroke where the stated confidence lies."""
    filled = round(one.share.right / one.share.of * _BAR)
    at = min(_BAR - 1, round(one.stated * _BAR))
    cells = ["█"] * filled + [" "] * (_BAR - filled)
    return "".join([*cells[:at], "│", *cells[at + 1 :]])
