"""`tocsin maintain`: flush, merge, expire; what a running stream also does by itself, a little at a time."""

import typer

from tocsin.examples import examples

maintain_app = typer.Typer()


@maintain_app.command(
    epilog=examples("tocsin maintain", "tocsin --set lake.snapshots_kept_hours=48 maintain")
)
def maintain() -> None:
    """Flush, merge and expire now: keep the lake quick and small. Live writers land in between."""
    from rich.console import Console

    from tocsin.config import current
    from warehouse.compact import Done, file_counts
    from warehouse.lake import Lake
    from warehouse.maintain import maintain as tidy

    settings = current()
    Lake.open_read_only(settings.lake).close()  # says that there is no lake, instead of making one
    console = Console(stderr=True)

    def told(done: Done) -> None:
        typer.echo(f"{done.step:<22}{done.count:>10}  {done.table}".rstrip())

    with Lake.create_or_open(settings.lake) as lake, console.status("Tidying the lake"):
        done = tidy(lake, settings.maintain, told)
        files = sum(file_counts(lake).values())
    typer.echo(
        f"{len(done)} steps; the lake has {files} Parquet files."
        if done
        else f"Nothing to do: {files} Parquet files."
    )
