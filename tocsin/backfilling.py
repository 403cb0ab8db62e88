"""What `tocsin backfill` does: check the files, show how far it is, say what was done."""

import threading
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pipelines import backfill
from pipelines.board import BOARD
from pipelines.files import count_records, file_ledger
from tocsin.config import Settings
from tocsin.jobs import draining_on_signals, job

# The bar moves with each Batch, about once a second: looking more often shows nothing new.
_LOOK_SECONDS = 0.5


def backfill_files(settings: Settings, files: Sequence[Path]) -> None:
    """Land every file's articles; raises InputError before anything is landed if one cannot be read."""
    for file in files:
        file_ledger(file)
    total = sum(count_records(file) for file in files)
    BOARD.clear()
    with draining_on_signals(), _Bar(total):
        backfill.run(job(settings), files)
    counts = BOARD.counts
    told = f"{counts['articles']} articles, {counts['reports']} reports, {counts['skips']} skips, {counts['rejects']} rejects"
    Console(stderr=True).print(f"landed: {told}", highlight=False)


class _Bar:
    """A progress bar over the board, while its block lasts; what an earlier run landed counts as done at the end."""

    def __init__(self, total: int) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=Console(stderr=True))
        self._task = self._progress.add_task("articles", total=total)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._ended.wait(_LOOK_SECONDS):
            self._show()

    def _show(self) -> None:
        done = sum(BOARD.counts[name] for name in ("articles", "skips", "rejects"))
        self._progress.update(self._task, completed=done)

    def __enter__(self) -> "_Bar":
        self._progress.start()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self._show()
        self._progress.stop()
