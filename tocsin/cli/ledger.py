"""`tocsin ledger`: show positions, and move them by hand, with a reason that is kept."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.examples import examples

if TYPE_CHECKING:
    from schemas.ledger import LedgerKey, LedgerRow

ledger_app = typer.Typer(
    no_args_is_help=True,
    epilog=examples(
        "tocsin ledger show",
        'tocsin ledger skip kafka:articles/0 1207 --why "a record that no reader can read"',
        'tocsin ledger rewind kafka:articles/0 900 --why "rejects of a wrong setting"',
    ),
)

Name = Annotated[str, typer.Argument(metavar="LEDGER", help="As `tocsin ledger show` names it.")]
Offset = Annotated[int, typer.Argument(min=0, metavar="OFFSET", help="The offset to be read next.")]
Why = Annotated[
    str, typer.Option("--why", help="The reason; kept in the table ledger_changes.", metavar="TEXT")
]


@ledger_app.command(epilog=examples("tocsin ledger show", "tocsin ledger show --json"))
def show(
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole rows as JSON.")] = False,
) -> None:
    """Show how far each sequence has been landed."""
    from tocsin.config import current
    from warehouse.lake import Lake
    from warehouse.ledger import read_ledgers

    with Lake.open_read_only(current().lake) as lake:
        rows = read_ledgers(lake)
    if as_json:
        typer.echo(json.dumps([dataclasses.asdict(row) for row in rows], indent=2, default=str))
    else:
        typer.echo("\n".join(map(_line, rows)) or "No ledger yet: nothing has been landed.")


@ledger_app.command(epilog=examples('tocsin ledger skip kafka:articles/0 1207 --why "poisoned record"'))
def skip(ledger: Name, offset: Offset, why: Why) -> None:
    """Pass over all offsets below OFFSET without reading them; they are counted as skipped by hand."""
    from tocsin.config import current
    from warehouse.lake import Lake
    from warehouse.ledger import skip_offsets

    key = parsed(ledger)
    with Lake.create_or_open(current().lake) as lake:
        typer.echo(_line(skip_offsets(lake, key, offset, why)))


@ledger_app.command(epilog=examples('tocsin ledger rewind kafka:articles/0 900 --why "a wrong setting"'))
def rewind(ledger: Name, offset: Offset, why: Why) -> None:
    """Read again from OFFSET on. Nothing is removed or doubled: what is landed is skipped, what failed is tried
    again."""
    from tocsin.config import current
    from warehouse.lake import Lake
    from warehouse.ledger import rewind as move_back

    key = parsed(ledger)
    with Lake.create_or_open(current().lake) as lake:
        typer.echo(_line(move_back(lake, key, offset, why)))


def parsed(ledger: str) -> LedgerKey:
    """The ledger's key; raises InputError for a name that cannot be one."""
    from schemas.errors import InputError
    from schemas.ledger import LedgerKey

    try:
        return LedgerKey.parse(ledger)
    except ValueError:
        message = f"{ledger!r} is no name of a ledger."
        raise InputError(message, "Names look like kafka:articles/0, file:DIGEST, @replay.") from None


def _line(row: LedgerRow) -> str:
    parts = {
        "coded": row.codings,
        "skipped": row.skips,
        "rejected": row.rejects,
        "empty": row.offsets_empty,
        "lost": row.offsets_lost,
        "passed over by hand": row.offsets_skipped,
        "opened again": row.offsets_reopened,
    }
    counts = ", ".join(f"{n:,} {what}" for what, n in parts.items() if n) or "nothing read yet"
    return f"{row.ledger}  next {row.next:,}  {counts}  ({row.updated_at:%Y-%m-%d %H:%M:%S} UTC)"
