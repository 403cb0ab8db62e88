"""Knows `tocsin config`: every setting, its value, and where that comes from."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from tocsin.examples import examples

config_app = typer.Typer()


@config_app.command(
    epilog=examples(
        "tocsin config",
        "tocsin config --json",
        "TOCSIN_KAFKA__TOPIC=news tocsin config",
        "tocsin config --changed",
    )
)
def config(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per setting, one a line.")] = False,
    changed: Annotated[bool, typer.Option("--changed", help="Only the settings that somebody set.")] = False,
) -> None:
    """Print every setting with its value and where that comes from; secrets are hidden.

    Sources, weakest first: defaults, tocsin.toml, TOCSIN_SECTION__KEY in the environment, flags (--set and a command's own).
    An unknown key or a value that is not allowed is an error; nothing is connected to.
    """
    from tocsin.config import load
    from tocsin.invocation import INVOCATION
    from tocsin.layers import OriginKind

    loaded = load(INVOCATION.get())
    values = [v for v in loaded.values() if not changed or v.origin.kind is not OriginKind.DEFAULT]
    if as_json:
        for value in values:
            typer.echo(json.dumps(_entry(value), ensure_ascii=False))
    else:
        _print(values, loaded.file)


def _entry(value: Any) -> dict[str, Any]:
    return {
        "setting": value.leaf.name,
        "value": value.shown,
        "origin": value.origin.kind.value,
        "where": value.origin.where or None,
    }


def _print(values: list[Any], file: Path | None) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("setting", "value", "origin"):
        table.add_column(name, overflow="fold")
    for value in values:
        shown = json.dumps(value.shown, ensure_ascii=False)
        table.add_row(value.leaf.name, shown, str(value.origin))
    console = Console()
    console.print(table)
    console.print(f"file: {file or 'none'}", highlight=False)
