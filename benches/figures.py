"""A measured figure beside its goal, and tables of them for a person."""

from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; `goal` is what the project set itself, in words."""

    name: str
    value: float
    unit: str
    goal: str = ""


def show(title: str, figures: list[Figure], console: Console | None = None) -> None:
    """A table of figures."""
    table = Table(title=title, title_justify="left")
    for name in ("what", "measured", "unit", "goal"):
        table.add_column(name)
    for figure in figures:
        table.add_row(figure.name, f"{figure.value:,.4g}", figure.unit, figure.goal)
    (console or Console()).print(table)
