"""`tocsin evaluate`: codes articles and says how far the reports agree with what people coded."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schemas.precision import Scope
from tocsin.examples import examples

if TYPE_CHECKING:
    from pipelines.coding.settings import CoderSettings
    from tocsin.coding import Outcome
    from tocsin.evaluation.measure import Measured


class EvaluationFormat(StrEnum):
    """The forms of the figures."""

    TABLE = "table"
    JSON = "json"


evaluate_app = typer.Typer()


@evaluate_app.command(
    epilog=examples(
        "tocsin evaluate tests/gold/articles.jsonl tests/gold/events.jsonl",
        "tocsin evaluate articles.jsonl gold.jsonl --errors errors.html",
        "tocsin evaluate articles.jsonl gold.jsonl --format json --workers 2 > figures.json",
    )
)
def evaluate(
    articles: Annotated[str, typer.Argument(help="Articles as JSON lines, as they stand on the topic.")],
    gold: Annotated[Path, typer.Argument(help="What people coded of them: JSON lines, one event each.")],
    *,
    errors: Annotated[
        Path | None,
        typer.Option(
            help="Write a page to browse: each article with gold, reports and what differs.",
            metavar="FILE.html",
        ),
    ] = None,
    form: Annotated[
        EvaluationFormat, typer.Option("--format", help="How to print the figures.")
    ] = EvaluationFormat.TABLE,
    scope: Annotated[
        list[Scope] | None, typer.Option(help="Kinds of event to judge; may be given several times.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that code.")] = 1,
) -> None:
    """Code articles and compare the reports with a gold set: events found and invented, columns right, confidence kept.

    A report stands for an event of its article that has the same country, a day within a week and a type of the same
    family; of several the one that agrees most. Intervals are Wilson's at 95 %.

    Exit code 0: it was measured; 2: a line of the articles or of the gold cannot be used.
    """
    from tocsin.config import current

    run_evaluate(
        articles, gold, current(coder__scope=scope or None).coder, errors=errors, form=form, workers=workers
    )


def run_evaluate(
    articles: str,
    gold: Path,
    settings: CoderSettings,
    *,
    errors: Path | None = None,
    form: EvaluationFormat = EvaluationFormat.TABLE,
    workers: int = 1,
) -> None:
    """Prints the figures to stdout and writes the page. Raises InputError."""
    from tocsin.evaluation.measure import measure, refused

    measured = measure(articles, gold, settings, workers, _watched)
    for line in refused(measured):
        sys.stderr.write(f"not coded: {line}\n")
    _print(measured, form)
    if errors is not None:
        _write(errors, measured)


def _watched(outcomes: Iterable[Outcome], total: int) -> Iterable[Outcome]:
    from rich.console import Console
    from rich.progress import track

    return track(outcomes, "coding", total=total, console=Console(stderr=True), transient=True)


def _print(measured: Measured, form: EvaluationFormat) -> None:
    from rich.console import Console

    from pipelines.evaluating.figures import figures
    from tocsin.evaluation.as_json import as_json
    from tocsin.evaluation.tables import tables

    found = figures(measured.judged)
    if form is EvaluationFormat.JSON:
        sys.stdout.buffer.write(as_json(found))
        return
    console = Console()
    for shown in tables(found):
        console.print(shown)


def _write(path: Path, measured: Measured) -> None:
    from schemas.errors import InputError
    from tocsin.evaluation.page import page

    try:
        path.write_text(page(measured.judged), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.", "Give another file.") from error
    sys.stderr.write(f"errors: {path}\n")
