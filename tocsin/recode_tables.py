"""Shows what a recoding changed: tables for a person, or the same figures for a program. Knows no SQL."""

from collections.abc import Callable, Mapping
from dataclasses import asdict

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.recode import Recoded
from tocsin.reject_tables import printable
from warehouse.differences import Cell, Differences, Figures

NOWHERE = "(no country)"
# On a terminal the countries that changed most are shown; the view `recodings` has them all.
MOST_ROWS = 15
DIMENSIONS: dict[str, Callable[[Cell], str]] = {
    "event_type": lambda cell: cell.event_type,
    "country": lambda cell: cell.country or NOWHERE,
    "month": lambda cell: f"{cell.month:%Y-%m}",
}
HEADINGS = ("before", "after", "same", "changed", "gained", "lost", "deaths")


def print_differences(differences: Differences) -> None:
    """A table for each dimension, then which columns differ how often."""
    if not differences.figures:
        return
    for name, of in DIMENSIONS.items():
        rows = differences.by(of)
        _print(name, _most_changed(rows), differences.total, hidden=len(rows) - MOST_ROWS)
    if differences.columns:
        told = ", ".join(f"{column} {count:,}" for column, count in differences.columns.most_common())
        Console().print(f"changed columns: {told}", highlight=False, markup=False, soft_wrap=True)


def closing_line(recoded: Recoded) -> str:
    """What was done, in one line."""
    planned = recoded.recoding
    if not planned.articles:
        return f"nothing to recode: every article that is meant is coded by {planned.to_version}"
    total = recoded.differences.total
    handled = recoded.articles + recoded.skips + recoded.rejects
    rest = planned.articles - handled
    return (
        f"{'would be recoded' if recoded.dry_run else 'recoded'} from {', '.join(planned.from_versions)} to "
        f"{planned.to_version}: {recoded.articles:,} articles, {recoded.skips:,} skips, {recoded.rejects:,} rejects; "
        f"reports {total.before:,} before, {total.after:,} after"
        + (f"; {rest:,} articles are left: run it again to go on" if rest > 0 else "")
    )


def as_json(recoded: Recoded) -> dict[str, object]:
    """Everything, for `--json`."""
    differences = recoded.differences
    return {
        "dry_run": recoded.dry_run,
        "from_versions": recoded.recoding.from_versions,
        "to_version": recoded.recoding.to_version,
        "articles_meant": recoded.recoding.articles,
        **{name: getattr(recoded, name) for name in ("articles", "reports", "skips", "rejects")},
        "total": _plain(differences.total),
        **{
            f"by_{name}": [{name: key, **_plain(figures)} for key, figures in differences.by(of).items()]
            for name, of in DIMENSIONS.items()
        },
        "changed_columns": dict(differences.columns.most_common()),
    }


def _plain(figures: Figures) -> dict[str, int]:
    return {"before": figures.before, "after": figures.after, **asdict(figures)}


def _most_changed(rows: Mapping[str, Figures]) -> dict[str, Figures]:
    """At most so many rows: those with the most reports that are not what they were, in their own order."""
    ranked = sorted(rows, key=lambda key: -(rows[key].changed + rows[key].gained + rows[key].lost))
    kept = set(ranked[:MOST_ROWS])
    return {key: figures for key, figures in rows.items() if key in kept}


def _print(name: str, rows: Mapping[str, Figures], total: Figures, hidden: int) -> None:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column(name.replace("_", " "), no_wrap=True)
    for heading in HEADINGS:
        table.add_column(heading, justify="right")
    for key, figures in [*rows.items(), ("all", total)]:
        table.add_row(Text(printable(key)), *_cells(figures), end_section=key == list(rows)[-1])
    console = Console()
    # Piped, a row is one line, however wide.
    console.print(table, width=None if console.is_terminal else 10_000, soft_wrap=not console.is_terminal)
    if hidden > 0:
        console.print(f"… and {hidden:,} more: tocsin sql 'FROM recodings'", highlight=False, markup=False)
    console.print()


def _cells(figures: Figures) -> list[str]:
    counts = (figures.before, figures.after, figures.unchanged, figures.changed, figures.gained, figures.lost)
    return [
        *(f"{count:,}" for count in counts),
        f"{figures.fatalities_before:,} → {figures.fatalities_after:,}",
    ]
