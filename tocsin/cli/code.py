"""`tocsin code`: codes one article, or JSON lines, and prints a card per report or JSON lines."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from schemas.precision import Scope
from tocsin.examples import examples

if TYPE_CHECKING:
    from pipelines.coding.settings import CoderSettings
    from tocsin.coding import Outcome, Refusal


class CodeFormat(StrEnum):
    """The forms of the reports."""

    CARDS = "cards"
    JSONL = "jsonl"


code_app = typer.Typer()


@code_app.command(
    epilog=examples(
        "tocsin code article.txt",
        "tocsin code page.html --published-at 2024-05-03",
        "tocsin code articles.jsonl --format jsonl --workers 2 > events.jsonl",
        "tocsin code - --scope political --scope criminal < article.json",
    )
)
def code(
    file: Annotated[
        str, typer.Argument(help="Plain text, HTML, a JSON article or JSON lines; - is standard input.")
    ],
    form: Annotated[
        CodeFormat, typer.Option("--format", help="How to print the reports.")
    ] = CodeFormat.CARDS,
    scope: Annotated[
        list[Scope] | None, typer.Option(help="Kinds of event to print; may be given several times.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes; the order stays that of the input.")] = 1,
    published_at: Annotated[
        datetime | None, typer.Option(help="Day of an article that does not say its own; now if not given.")
    ] = None,
) -> None:
    """Code articles and print what happened in them, each value with the words that it rests on.

    Exit code 0: all were read; 1: some lines are no articles, or could not be coded (named on stderr).
    """
    from tocsin.config import current

    settings = current(coder__scope=scope or None).coder
    raise typer.Exit(run_code(file, settings, form, workers, published_at))


def run_code(
    file: str,
    settings: CoderSettings,
    form: CodeFormat = CodeFormat.CARDS,
    workers: int = 1,
    published_at: datetime | None = None,
) -> int:
    """Codes a file to stdout; gives the exit code, 0 or 1. Raises InputError for a file that cannot be read."""
    from tocsin.coding import code_articles, read_articles

    day = published_at or datetime.now(UTC)
    values = read_articles(file, day if day.tzinfo else day.replace(tzinfo=UTC))
    stamp_ms = int((published_at.timestamp() if published_at else time.time()) * 1000)
    refusals = _print(code_articles(values, settings, stamp_ms, workers), form)
    for refusal in refusals:
        sys.stderr.write(f"line {refusal.line}: {refusal.code}: {refusal.message}\n")
    return 1 if any(r.code != "unsupported_language" for r in refusals) else 0


def _print(outcomes: Iterable[Outcome], form: CodeFormat) -> list[Refusal]:
    from rich.console import Console

    from tocsin.cards import cards
    from tocsin.coding import Refusal, report_line

    console = Console()
    refusals: list[Refusal] = []
    for outcome in outcomes:
        if isinstance(outcome, Refusal):
            refusals.append(outcome)
        elif form is CodeFormat.JSONL:
            sys.stdout.buffer.writelines(report_line(report) for report in outcome.reports)
        else:
            for shown in cards(outcome):
                console.print(shown)
    return refusals
