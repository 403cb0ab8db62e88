"""Knows `tocsin publish`: JSON lines from files or the standard input to the topic, with a progress bar."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

from connectors.lines import STDIN, Line, Refusal, read_files
from connectors.publish import PublishSummary, publish_lines
from connectors.settings import KafkaSettings, PublishSettings
from connectors.topics import create_topic
from schemas.errors import InputError

# Every refusal is printed; a whole file of them would hide the summary, so after these only their number is.
_SHOWN_REFUSALS = 20


def publish(
    files: Annotated[list[str], typer.Argument(help="Files of JSON lines, or - for the standard input.")],
    topic: Annotated[
        str | None, typer.Option("--topic", help="Another topic than the configured one.")
    ] = None,
    rate: Annotated[
        float | None, typer.Option("--rate", min=0.001, help="At most so many lines a second.")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=0, help="Stop after so many lines.")] = None,
    create: Annotated[
        int | None,
        typer.Option("--create", min=1, help="Create the topic with so many partitions if it is not there."),
    ] = None,
) -> None:
    """Publish articles: JSON lines to the Kafka topic, keyed by source so that one source stays in order.

    A line that is not a JSON object, or too large for the broker, is reported with its number and does not stop the
    rest. Exit code 0: all sent; 1: some lines were refused; 2: a file cannot be read; 3: the broker failed.
    """
    from tocsin.config import current

    settings = current(kafka__topic=topic)
    code = run_publish(settings.kafka, files, publish=settings.publish, rate=rate, limit=limit, create=create)
    raise typer.Exit(code)


def run_publish(
    settings: KafkaSettings,
    files: Iterable[str],
    *,
    publish: PublishSettings | None = None,
    rate: float | None = None,
    limit: int | None = None,
    create: int | None = None,
    console: Console | None = None,
) -> int:
    """Publishes the files and says what became of them, on stderr; gives the exit code, 0 or 1.

    Raises InputError for a file that cannot be read (nothing is sent then), and BrokerErrors.
    """
    console = console or Console(stderr=True, soft_wrap=True)
    paths = list(files)
    total = total_bytes(paths)
    if create:
        create_topic(settings, create)
    with progress_bar(console) as bar:
        task = bar.add_task("publishing", total=None if limit is not None else total, lines=0)
        watch = _Watch(console, bar, task)
        lines = read_files(paths, settings.max_record_bytes)
        summary = publish_lines(settings, lines, publish=publish, rate=rate, limit=limit, watch=watch)
    _say(console, summary)
    return 1 if summary.refused else 0


def total_bytes(paths: Iterable[str]) -> int | None:
    """Bytes of all files, or None with the standard input among them. Raises InputError for one that is missing."""
    sizes = [None if path == STDIN else _size(path) for path in paths]
    return None if None in sizes else sum(size for size in sizes if size is not None)


def progress_bar(console: Console) -> Progress:
    """A bar over bytes with a count of lines; silent where stderr is no terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[lines]:,} lines"),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


class _Watch:
    """Moves the bar, and prints the first refusals."""

    def __init__(self, console: Console, bar: Progress, task: object) -> None:
        self._console, self._bar, self._task = console, bar, task
        self._lines = self._refusals = 0

    def __call__(self, line: Line | Refusal) -> None:
        """One line was taken up, or refused."""
        if isinstance(line, Refusal):
            self._refusals += 1
            if self._refusals <= _SHOWN_REFUSALS:
                self._console.print(f"refused: {line}", markup=False, highlight=False)
            elif self._refusals == _SHOWN_REFUSALS + 1:
                self._console.print("refused: further lines (counted below)", highlight=False)
        else:
            self._lines += 1
        self._bar.update(self._task, advance=line.read_bytes, lines=self._lines)  # type: ignore[arg-type]


def _size(path: str) -> int:
    try:
        found = Path(path).stat()
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}.",
            "Give files of JSON lines, or - for the standard input.",
        ) from None
    if Path(path).is_dir():
        raise InputError(f"{path} is a folder.", "Give files of JSON lines, or - for the standard input.")
    return found.st_size


def _say(console: Console, summary: PublishSummary) -> None:
    per_second = summary.published / max(summary.seconds, 1e-3)
    console.print(
        f"{summary.published:,} published to {summary.topic} in {summary.seconds:.1f} s ({per_second:,.0f}/s), "
        f"{summary.refused:,} refused; " + _spread(summary.by_partition),
        highlight=False,
        markup=False,
    )


def _spread(by_partition: dict[int, int]) -> str:
    if not by_partition:
        return "no partition got any."
    return "by partition: " + ", ".join(f"{p}: {count:,}" for p, count in by_partition.items()) + "."
