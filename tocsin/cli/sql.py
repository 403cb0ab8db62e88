"""`tocsin sql`: one SELECT or EXPLAIN over the lake, answered as a table, CSV, JSON lines or Parquet."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from tocsin.examples import examples

if TYPE_CHECKING:
    from warehouse.sandbox import Answer

# More rows than this are no longer read on a terminal; the line below the table says how to get them.
TABLE_ROWS = 100


class SqlFormat(StrEnum):
    """The forms of an answer (`warehouse.formats.Format`, here again so that --help need not import DuckDB)."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


sql_app = typer.Typer()


@sql_app.command(
    epilog=examples(
        "tocsin sql \"FROM reports_by_month WHERE country = 'Mali'\"",
        "tocsin sql \"FROM dictionary WHERE relation = 'reports_latest'\"",
        'tocsin sql "FROM reports_latest" --format parquet --output reports.parquet',
        "tocsin sql - < question.sql",
    )
)
def sql(
    statement: Annotated[
        str, typer.Argument(metavar="SQL", help="One SELECT or EXPLAIN; - reads it from standard input.")
    ],
    form: Annotated[SqlFormat, typer.Option("--format", help="How to write the rows.")] = SqlFormat.TABLE,
    output: Annotated[
        Path | None, typer.Option(help="Write to this file, whole or not at all.", metavar="FILE")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=0, help=f"Most rows; {TABLE_ROWS} in a table, else all.", metavar="N")
    ] = None,
    timeout: Annotated[
        float | None, typer.Option(min=0.1, help="Stop the query after this long.", metavar="SECONDS")
    ] = None,
) -> None:
    """Ask the lake a question in SQL. It can change nothing, and read no other file."""
    from tocsin.config import current
    from warehouse.sandbox import query

    settings = current(query__timeout_seconds=timeout)
    text = sys.stdin.read() if statement == "-" else statement
    try:
        with query(settings.lake, text, settings.query) as answer, _opened(output, form) as out:
            if form is SqlFormat.TABLE:
                _write_table(answer, TABLE_ROWS if limit is None else limit, out)
            else:
                _write_rows(answer, form, limit, out)
    except BrokenPipeError:
        # `| head` has had enough; Python would complain once more when it flushes at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _write_rows(answer: Answer, form: SqlFormat, limit: int | None, out: IO[bytes]) -> None:
    from warehouse.formats import WRITERS, Format, cut

    WRITERS[Format(form.value)](answer.schema, cut(answer.batches, limit), out)


def _write_table(answer: Answer, limit: int, out: IO[bytes]) -> None:
    from rich.console import Console

    from warehouse.formats import cut, plan, table

    # One row more than is shown, to know whether there are more.
    batches = list(cut(answer.batches, limit + 1))
    if answer.explains:
        out.write(plan(batches).encode())
        return
    rows = sum(batch.num_rows for batch in batches)
    on_terminal = out is sys.stdout.buffer and sys.stdout.isatty()
    # Piped or in a file, a row is one line, however wide.
    width = None if on_terminal else 10_000
    console = Console(file=io.StringIO(), width=width, force_terminal=on_terminal)
    console.print(table(answer.schema, cut(batches, limit)))
    console.print(_foot(rows, limit), highlight=False)
    out.write(console.file.getvalue().encode())  # type: ignore[attr-defined]


def _foot(rows: int, limit: int) -> str:
    if rows > limit:
        return f"The first {limit} rows: there are more (--limit N, or --format csv, jsonl, parquet for all)."
    return "1 row." if rows == 1 else f"{rows} rows."


@contextmanager
def _opened(output: Path | None, form: SqlFormat) -> Iterator[IO[bytes]]:
    """Where the rows go; a file appears under its name only when it is whole."""
    from schemas.errors import InputError

    if output is None:
        if form is SqlFormat.PARQUET and sys.stdout.isatty():
            raise InputError("Parquet is not for a terminal.", "Give --output FILE.")
        yield sys.stdout.buffer
        return
    unfinished = output.with_name(f".{output.name}.{os.getpid()}.unfinished")
    try:
        with unfinished.open("xb") as file:
            yield file
        unfinished.replace(output)
    except OSError as error:
        raise InputError(
            f"{output} cannot be written: {error.strerror}.", "Give another --output."
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
