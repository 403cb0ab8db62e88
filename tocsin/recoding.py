"""What `tocsin recode` does once its flags are read: show how far it is, then say what differs."""

import json

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pipelines.recode import Recoded, Recoding, done, nothing, plan, recode, try_out
from tocsin.config import Settings
from tocsin.jobs import draining_on_signals, job
from tocsin.recode_tables import as_json as json_of
from tocsin.recode_tables import closing_line, print_differences
from tocsin.watching import Watched
from warehouse.recoding import RecodeFilter

COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


def recode_articles(settings: Settings, which: RecodeFilter, *, dry_run: bool, as_json: bool) -> None:
    """Recode the articles that are meant, and print what differs; one closing line goes to stderr."""
    planned = plan(job(settings), which)
    if planned.articles:
        recoded = _watched(settings, planned, dry_run=dry_run)
    else:
        recoded = nothing(planned, dry_run=dry_run)
    if as_json:
        typer.echo(json.dumps(json_of(recoded), indent=2, ensure_ascii=False))
    else:
        print_differences(recoded.differences)
    Console(stderr=True).print(closing_line(recoded), highlight=False, markup=False, soft_wrap=True)


def _watched(settings: Settings, planned: Recoding, *, dry_run: bool) -> Recoded:
    made = job(settings)
    with Progress(*COLUMNS, console=Console(stderr=True)) as progress, draining_on_signals():
        task = progress.add_task("articles", total=planned.articles)
        with Watched(lambda: progress.update(task, completed=done())):
            return try_out(made, planned) if dry_run else recode(made, planned)
