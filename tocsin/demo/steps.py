"""The demo, step by step: broker, topic, sample, stream, and what came out. Every step is a command's own work."""

from importlib.resources import files

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from connectors.ends import log_ends
from connectors.publish import publish_lines
from connectors.publisher import publish_raw
from connectors.topics import create_topic
from infra.broker.progress import download_progress
from infra.broker.server import Broker, BrokerState
from pipelines import ingest
from pipelines.board import BOARD
from schemas.ledger import LedgerKey
from tocsin.config import Settings
from tocsin.demo.bad import bad_records
from tocsin.demo.show import show
from tocsin.jobs import draining_on_signals, job
from tocsin.watching import Watched
from warehouse.lake import Lake

# As many as a small deployment has, so that the demo shows more than one ledger.
PARTITIONS = 3


def run_demo(settings: Settings, console: Console) -> None:
    """Start what is missing, stream the sample once, show the lake. Running it again adds nothing and loses nothing."""
    _start_broker(settings, console)
    if create_topic(settings.kafka, PARTITIONS):
        _publish(settings, console)
    else:
        console.print(f"The topic {settings.kafka.topic!r} is there already: nothing is published twice.")
    _stream(settings, console)
    with Lake.open_read_only(settings.lake) as lake:
        show(lake, settings, console)


def _start_broker(settings: Settings, console: Console) -> None:
    with download_progress(console) as on_download:
        broker = Broker(
            settings.broker.path,
            settings.broker.port,
            maven_repository=settings.broker.maven_repository,
            on_download=on_download,
        )
        if broker.status().state is not BrokerState.RUNNING:
            console.print("Starting a Kafka broker on this machine ...")
            broker.start()
    console.print(f"Kafka answers at {settings.kafka.bootstrap_servers}.")


def _publish(settings: Settings, console: Console) -> None:
    lines = files("tocsin.demo").joinpath("articles.jsonl").read_bytes().splitlines()
    summary = publish_lines(settings.kafka, lines, publish=settings.publish)
    bad = publish_raw(settings.kafka, bad_records(), settings.publish)
    console.print(
        f"Published {summary.published} articles that we wrote for this demo, and {bad} records that are none."
    )


def _stream(settings: Settings, console: Console) -> None:
    """Run until caught up, behind a bar."""
    made = job(settings)
    ends = log_ends(made.kafka)
    until: dict[LedgerKey, int] = {key: end for key, (_, end) in ends.items()}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    BOARD.clear()
    with Progress(*columns, console=console) as progress, draining_on_signals():
        task = progress.add_task("Coding", total=sum(until.values()))
        with Watched(lambda: progress.update(task, completed=sum(BOARD.positions.values()))):
            ingest.run(made, until)
        progress.update(task, completed=sum(until.values()))
