"""`tocsin recode`: stored articles coded again by the present coder, and what that changed."""

from typing import Annotated

import typer

from tocsin.examples import examples

recode_app = typer.Typer()


@recode_app.command(
    epilog=examples(
        "tocsin recode --dry-run",
        "tocsin recode --since 2026-01-01 --until 2026-07-01",
        "tocsin recode --source 'Example Herald' --json | jq .by_country",
        "tocsin sql 'FROM recodings'",
    )
)
def recode(
    since: Annotated[
        str | None,
        typer.Option(help="Published at this time or later: RFC 3339, or 90m, 24h, 7d ago.", metavar="TIME"),
    ] = None,
    until: Annotated[str | None, typer.Option(help="Published before this time.", metavar="TIME")] = None,
    source: Annotated[
        list[str] | None, typer.Option(help="Only of this source. May be repeated.", metavar="NAME")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Code and compare, but land nothing: the lake is only read.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the differences as JSON.")] = False,
) -> None:
    """Code stored articles again with the present coder, and say what differs: by event type, country and month.

    Only articles that another version coded are coded again, beside the running stream; the older reports stay, marked
    as superseded. Ctrl-C or SIGTERM ends it after the Batch in hand, and the next recoding goes on from there.
    Rejects are left to `tocsin rejects replay`. Articles that were skipped for their language cannot be recoded: the
    lake keeps no text of theirs.
    """
    from tocsin.config import current
    from tocsin.instants import instant
    from tocsin.recoding import recode_articles
    from warehouse.recoding import RecodeFilter

    which = RecodeFilter(tuple(source or ()), instant(since), instant(until))
    recode_articles(current(), which, dry_run=dry_run, as_json=as_json)
