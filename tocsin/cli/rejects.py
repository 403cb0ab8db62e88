"""`tocsin rejects`: what did not land, counted, listed, shown, tried again and discarded."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from schemas.errors import InputError
from schemas.reject import RejectCode, RejectStatus, Stage
from tocsin.examples import examples
from tocsin.instants import instant

if TYPE_CHECKING:
    from warehouse.rejects import RejectFilter

rejects_app = typer.Typer(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "tocsin rejects",
        "tocsin rejects list --code not_json --since 24h",
        "tocsin rejects show 3f2a91",
        "tocsin rejects replay --stage code",
        "tocsin rejects discard 3f2a91 --why 'a test message'",
    ),
)

Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Ids, or beginnings of ids.")]
Stages = Annotated[list[Stage] | None, typer.Option("--stage", help="Only of this stage. May be repeated.")]
Codes = Annotated[
    list[RejectCode] | None, typer.Option("--code", help="Only with this code. May be repeated.")
]
Sources = Annotated[
    list[str] | None, typer.Option("--source", help="Only of this source. May be repeated.", metavar="NAME")
]
Since = Annotated[
    str | None,
    typer.Option(help="First seen at this time or later: RFC 3339, or 90m, 24h, 7d ago.", metavar="TIME"),
]
Until = Annotated[str | None, typer.Option(help="First seen before this time.", metavar="TIME")]


@rejects_app.callback(invoke_without_command=True)
def front(ctx: typer.Context) -> None:
    """What did not land and why: counts, unless a command is given."""
    if ctx.invoked_subcommand is None:
        count()


@rejects_app.command("counts")
def count() -> None:
    """Count by stage and code."""
    from tocsin.config import current
    from tocsin.reject_tables import print_counts
    from warehouse.lake import Lake
    from warehouse.rejects import counts

    with Lake.open_read_only(current().lake) as lake:
        found = counts(lake)
    if not found:
        typer.echo("No rejects.")
        return
    print_counts(found)


@rejects_app.command("list")
def list_(
    *,
    ids: Ids = None,
    stage: Stages = None,
    code: Codes = None,
    source: Sources = None,
    since: Since = None,
    until: Until = None,
    status: Annotated[RejectStatus | None, typer.Option(help="Only with this status.")] = RejectStatus.OPEN,
    every: Annotated[bool, typer.Option("--all", help="Settled ones too.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="Most rejects shown.")] = 50,
) -> None:
    """List rejects, the newest first."""
    from tocsin.config import current
    from tocsin.reject_tables import print_list
    from warehouse.lake import Lake
    from warehouse.rejects import list_rejects

    which = _filter(
        ids=ids,
        stage=stage,
        code=code,
        source=source,
        since=since,
        until=until,
        status=None if every else status,
    )
    with Lake.open_read_only(current().lake) as lake:
        found = list_rejects(lake, which, limit + 1)
    if not found:
        typer.echo("No rejects are meant.")
        return
    print_list(found[:limit])
    if len(found) > limit:
        typer.echo(f"The newest {limit}: there are more (--limit N).")


@rejects_app.command("show")
def show_(
    reject_id: Annotated[str, typer.Argument(metavar="ID", help="An id, or its beginning.")],
    payload: Annotated[
        bool, typer.Option("--payload", help="Write the payload alone, byte for byte, to standard output.")
    ] = False,
) -> None:
    """Show one reject whole, with its payload."""
    from tocsin.config import current
    from tocsin.reject_tables import print_shown
    from warehouse.lake import Lake
    from warehouse.reject_detail import show

    with Lake.open_read_only(current().lake) as lake:
        found = show(lake, reject_id)
    if payload:
        if found.payload is None:
            raise InputError("The payload is no longer kept.", "The reject was settled long ago.")
        sys.stdout.buffer.write(found.payload)
        return
    print_shown(found)


@rejects_app.command("replay")
def replay_(
    *,
    ids: Ids = None,
    stage: Stages = None,
    code: Codes = None,
    source: Sources = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """Try open rejects again, through the stream's own transforms; what lands is settled."""
    from pipelines.replay import replay
    from tocsin.config import current
    from tocsin.jobs import job

    which = _filter(ids=ids, stage=stage, code=code, source=source, since=since, until=until)
    typer.echo(str(replay(job(current()), which)))


@rejects_app.command("discard")
def discard_(
    *,
    why: Annotated[str, typer.Option(help="The reason; it is kept.")],
    ids: Ids = None,
    stage: Stages = None,
    code: Codes = None,
    source: Sources = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """Settle open rejects without trying them again. They stay in the lake with the reason."""
    from tocsin.config import current
    from warehouse.lake import Lake
    from warehouse.rejects import discard

    if not any((ids, stage, code, source, since, until)):
        raise InputError(
            "Discarding all rejects at once is not done by accident.", "Say which: ids or options."
        )
    which = _filter(ids=ids, stage=stage, code=code, source=source, since=since, until=until)
    settings = current().lake
    Lake.open_read_only(settings).close()  # says that there is no lake, instead of making one
    with Lake.create_or_open(settings) as lake:
        settled = discard(lake, which, why)
    typer.echo(f"{len(settled)} discarded.")


def _filter(
    *,
    ids: list[str] | None,
    stage: list[Stage] | None,
    code: list[RejectCode] | None,
    source: list[str] | None,
    since: str | None,
    until: str | None,
    status: RejectStatus | None = RejectStatus.OPEN,
) -> RejectFilter:
    from warehouse.rejects import RejectFilter

    return RejectFilter(
        tuple(ids or ()),
        tuple(stage or ()),
        tuple(code or ()),
        tuple(source or ()),
        instant(since),
        instant(until),
        status,
    )
