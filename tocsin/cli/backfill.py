"""`tocsin backfill`: files of articles straight into the lake, through the stream's transforms."""

from pathlib import Path
from typing import Annotated

import typer

from tocsin.examples import examples

backfill_app = typer.Typer()


@backfill_app.command(epilog=examples("tocsin backfill articles.jsonl", "tocsin backfill 2023/*.parquet"))
def backfill(
    files: Annotated[list[Path], typer.Argument(help="JSON lines or Parquet, one article a line or row.")],
) -> None:
    """Code files of articles into the lake. Resumable: a second run goes on where the first one ended."""
    from tocsin.backfilling import backfill_files
    from tocsin.config import current

    backfill_files(current(), files)
