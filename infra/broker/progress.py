"""Knows how the download of the jars is shown: one bar, in bytes, and nothing where nothing is to be fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from infra.broker.jars import cache_folder, missing_jars
from infra.broker.lock import KAFKA_VERSION, Jar, read_lock


@contextmanager
def download_progress(console: Console, cache: Path | None = None) -> Iterator[Callable[[Jar], None] | None]:
    """Gives what `Broker(on_download=...)` wants, and shows a bar while the block runs; None if all jars are there."""
    missing = missing_jars(read_lock(), cache or cache_folder())
    if not missing:
        yield None
        return
    columns = TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(
            f"Fetching Kafka {KAFKA_VERSION}, once", total=sum(jar.size_bytes for jar in missing)
        )
        yield lambda jar: bar.advance(task, jar.size_bytes)
