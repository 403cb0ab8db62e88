"""Knows `tocsin broker start|stop|status`: the real Kafka on this machine's loopback, for whoever has none."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from infra.broker.progress import download_progress
from infra.broker.server import DEFAULT_PORT, Broker, BrokerState, BrokerStatus
from schemas.errors import BrokerError, BrokerFolderInUse

DEFAULT_FOLDER = Path(".tocsin/broker")

broker_app = typer.Typer(help="Start, stop and look at the embedded Kafka broker.", no_args_is_help=True)

Folder = Annotated[
    Path, typer.Option("--folder", help="Where the broker keeps its data, between starts too.")
]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, help="The port on loopback.")]
Repository = Annotated[
    str | None,
    typer.Option(
        "--maven-repository", help="A Maven mirror, as an address or a folder, for the broker's jars."
    ),
]


@broker_app.command()
def start(
    port: Port = DEFAULT_PORT, folder: Folder = DEFAULT_FOLDER, maven_repository: Repository = None
) -> None:
    """Start the broker, wait until it answers, and leave it running.

    If this folder's broker already answers on this port, say so and succeed.
    """
    console = Console()
    with download_progress(console) as on_download:
        broker = Broker(folder, port, maven_repository=maven_repository, on_download=on_download)
        try:
            broker.start()
        except BrokerFolderInUse as error:
            if error.port != port or broker.status().state is not BrokerState.RUNNING:
                raise
    _show(console, broker.status())


@broker_app.command()
def stop(folder: Folder = DEFAULT_FOLDER) -> None:
    """Stop the broker; its data is kept. Without a running one, say so and succeed."""
    was_running = Broker(folder).stop()
    Console().print("The broker is stopped; its data is kept." if was_running else "No broker was running.")


@broker_app.command()
def status(folder: Folder = DEFAULT_FOLDER) -> None:
    """Say whether the broker runs, and where. Exit code 3 unless it answers."""
    found = Broker(folder).status()
    _show(Console(), found)
    if found.state is not BrokerState.RUNNING:
        raise typer.Exit(BrokerError.exit_code)


def _show(console: Console, status: BrokerStatus) -> None:
    facts = {
        "broker": str(status.state),
        "bootstrap_servers": f"127.0.0.1:{status.port}" if status.port else None,
        "pid": status.pid,
        "started_at": status.started_at,
        "folder": status.folder,
        "log": status.log,
    }
    for name, value in facts.items():
        if value is not None:
            # soft_wrap and no markup: a path is printed whole, to be copied
            console.print(f"{name:<18}{value}", soft_wrap=True, markup=False, highlight=False)
