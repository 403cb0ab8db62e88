"""Knows `tocsin broker start|stop|status`: the real Kafka on this machine's loopback, for whoever has none."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from infra.broker.progress import download_progress
from infra.broker.server import Broker, BrokerState, BrokerStatus
from infra.broker.settings import BrokerSettings
from schemas.errors import BrokerError, BrokerFolderInUse
from tocsin.examples import examples

broker_app = typer.Typer(help="Start, stop and look at the embedded Kafka broker.", no_args_is_help=True)

Folder = Annotated[
    Path | None,
    typer.Option("--folder", help="Where the broker keeps its data, between starts too; else broker.folder."),
]
Port = Annotated[
    int | None,
    typer.Option("--port", min=1, max=65535, help="The port on loopback; else broker.port."),
]
Repository = Annotated[
    str | None,
    typer.Option(
        "--maven-repository",
        help="A Maven mirror for the broker's jars, an address or a folder; else broker.maven_repository.",
    ),
]


@broker_app.command(
    epilog=examples("tocsin broker start", "tocsin broker start --port 19093 --folder /data/broker")
)
def start(port: Port = None, folder: Folder = None, maven_repository: Repository = None) -> None:
    """Start the broker, wait until it answers, and leave it running.

    If this folder's broker already answers on this port, say so and succeed.
    """
    settings = _settings(broker__port=port, broker__folder=folder, broker__maven_repository=maven_repository)
    console = Console()
    with download_progress(console) as on_download:
        broker = Broker(
            settings.path,
            settings.port,
            maven_repository=settings.maven_repository,
            on_download=on_download,
        )
        try:
            broker.start()
        except BrokerFolderInUse as error:
            if error.port != settings.port or broker.status().state is not BrokerState.RUNNING:
                raise
    _show(console, broker.status())


@broker_app.command(epilog=examples("tocsin broker stop"))
def stop(folder: Folder = None) -> None:
    """Stop the broker; its data is kept. Without a running one, say so and succeed."""
    was_running = Broker(_settings(broker__folder=folder).path).stop()
    Console().print("The broker is stopped; its data is kept." if was_running else "No broker was running.")


@broker_app.command(epilog=examples("tocsin broker status"))
def status(folder: Folder = None) -> None:
    """Say whether the broker runs, and where. Exit code 3 unless it answers."""
    found = Broker(_settings(broker__folder=folder).path).status()
    _show(Console(), found)
    if found.state is not BrokerState.RUNNING:
        raise typer.Exit(BrokerError.exit_code)


def _settings(**flags: object) -> BrokerSettings:
    from tocsin.config import current

    return current(**{name: str(value) for name, value in flags.items() if value is not None}).broker


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
