"""`python -m tests.load.idle --partitions 12 --polls 20000`: what a stream costs when nothing comes.

First `tocsin run` as an operator starts it, at its usual pace: processor time over some minutes. Then the same stream
with the waits of its polls cut short, so that 20,000 idle polls take minutes and not two hours: resident memory after
a quarter of the polls, and at the end.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from schemas.batch import Batch
from tests.kit.streams import Stream, records
from tests.load.soak import surroundings
from tests.load.watch import Watch, cpu_share

# The start itself costs seconds of a core, and the judge of validation loads in the background.
SETTLED_SECONDS = 30.0
# A poll that waits for nothing costs 4 ms; a shorter wait would only measure itself.
SHORT_WAIT_SECONDS = "0.005"


def idle_cpu(stream: Stream, seconds: float) -> dict[str, Any]:
    """Processor time of an idle `tocsin run` at its usual pace, in per cent of a core."""
    stream.publish(records(30))
    running = stream.start("run", fresh=True)
    stream.until_coded(30)
    time.sleep(SETTLED_SECONDS)
    with Watch(running.pid, every_seconds=seconds / 4) as watch:
        time.sleep(seconds)
    ended = running.end()
    return {
        "cpu_percent": round(100 * cpu_share(watch.samples), 2),
        "rss_mb": round(watch.samples[-1].rss_bytes / 1e6, 1),
        "exit_code": ended.code,
    }


def idle_memory(stream: Stream, polls: int) -> dict[str, Any]:
    """Growth of resident memory over many idle polls, seen from a quarter of them on."""
    context = multiprocessing.get_context("spawn")
    counted = context.Value("q", 0)
    process = context.Process(target=_polling, args=(stream.variables(), str(stream.folder), counted, polls))
    process.start()
    sizes: list[tuple[int, int]] = []
    while process.is_alive():
        sizes.append((counted.value, psutil.Process(process.pid).memory_info().rss))
        process.join(1.0)
    settled = [size for at, size in sizes if at >= polls // 4]
    last = [size for at, size in sizes if at > 0][-5:]
    return {
        "polls": counted.value,
        "rss_growth_mb": round((last[0] - settled[0]) / 1e6, 2),
        "rss_mb": round(last[0] / 1e6, 1),
        "rss_curve_mb": [[at, round(size / 1e6, 2)] for at, size in sizes[:: max(1, len(sizes) // 20)]],
        "exit_code": process.exitcode,
    }


def _polling(variables: dict[str, str], folder: str, counted: Any, polls: int) -> None:
    """A stream that counts its polls, and drains after enough of them."""
    os.environ.update(variables, TOCSIN_READ__FIRST_WAIT_SECONDS=SHORT_WAIT_SECONDS)
    os.chdir(folder)
    quiet = os.open("idle.err", os.O_WRONLY | os.O_CREAT, 0o644)
    os.dup2(quiet, 2)
    from connectors.reader import SlotReader
    from pipelines import drain
    from tocsin.config import load
    from tocsin.streaming import stream

    poll = SlotReader.poll

    def count(reader: SlotReader) -> list[Batch]:
        counted.value += 1
        if counted.value >= polls:
            drain.request(drain.Reason.STOP)
        return poll(reader)

    SlotReader.poll = count  # type: ignore[method-assign]
    stream(load().settings, "1/1", until_caught_up=False, accept_loss=False, accept_new_topic=False)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--partitions", type=int, default=3)
    parser.add_argument("--polls", type=int, default=20_000)
    parser.add_argument("--no-cpu", action="store_true", help="measure memory only")
    parser.add_argument("--seconds", type=float, default=120.0, help="how long processor time is measured")
    parser.add_argument("--json", type=Path, help="file for the figures")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as temporary,
        surroundings(Path(temporary), options.partitions) as stream,
    ):
        figures: dict[str, Any] = {"partitions": options.partitions}
        if options.no_cpu:
            stream.folder.mkdir(exist_ok=True)
        else:
            figures |= idle_cpu(stream, options.seconds)
        figures["memory"] = idle_memory(stream, options.polls)
    table = Table(title="idle", title_justify="left", show_header=False)
    for name, value in figures.items():
        table.add_row(name, str(value))
    Console().print(table)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
