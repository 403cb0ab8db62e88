"""`tocsin attach`: prints how to open this lake from plain Python or from the DuckDB command line."""

from typing import Annotated

import typer

from tocsin.examples import examples

attach_app = typer.Typer()


@attach_app.command(epilog=examples("tocsin attach > lake.py && python lake.py", "tocsin attach --cli"))
def attach(
    cli: Annotated[
        bool, typer.Option("--cli", help="Statements for the DuckDB command line instead of Python.")
    ] = False,
) -> None:
    """Print a snippet that opens the lake for reading, beside live writers."""
    from tocsin.config import current
    from warehouse.snippet import duckdb_snippet, python_snippet

    lake = current().lake
    typer.echo(duckdb_snippet(lake) if cli else python_snippet(lake))
