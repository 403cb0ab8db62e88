"""What `tocsin backfill` does: check the files, show how far it is, say what was done."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pipelines import backfill
from pipelines.board import BOARD
from pipelines.files import count_records, file_ledger
from tocsin.config import Settings
from tocsin.jobs import counts_told, draining_on_signals, job
from tocsin.watching import Watched


def backfill_files(settings: Settings, files: Sequence[Path]) -> None:
    """Land every file's articles; raises InputError before anything is landed if one cannot be read."""
    for file in files:
        file_ledger(file)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    BOARD.clear()
    with Progress(*columns, console=Console(stderr=True)) as progress, draining_on_signals():
        task = progress.add_task("articles", total=sum(count_records(file) for file in files))
        with Watched(lambda: progress.update(task, completed=sum(BOARD.positions.values()))):
            backfill.run(job(settings), files)
    Console(stderr=True).print(f"landed: {counts_told()}", highlight=False)
