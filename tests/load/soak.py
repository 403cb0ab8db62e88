"""`python -m tests.load.soak --minutes 30 --rate 50 --partitions 3`: how a stream holds out.

Publishes real-sized articles at a steady rate to a broker of its own, runs `tocsin run` as an operator does, and looks
from outside: how long from Kafka until an article is committed and can be queried (a reader attaches READ_ONLY and
looks 10 times a second), resident memory and processor time. Prints a table; `--json FILE` keeps the figures.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from connectors.settings import KafkaSettings
from tests.kit.broker import create_topic, started_broker
from tests.kit.processes import Running
from tests.kit.streams import Stream
from tests.load.supply import Supply
from tests.load.watch import Watch, cpu_share, growth_bytes
from warehouse.lake import Lake

# A reader that looks so often adds 50 ms to the median and takes some per cent of a core.
LOOK_SECONDS = 0.1
# Until then DuckDB's buffers, the parser's strings and Python's arenas fill; afterwards memory must stay.
SETTLED_SECONDS = 300.0
# A start loads the model and Beam; what is published meanwhile waits.
WARM_SECONDS = 60.0


class Reader:
    """A reader beside the writer: which offsets can be queried, and since when. `seen` gives arrival less sending."""

    def __init__(self, stream: Stream, supply: Supply) -> None:
        self._lake = Lake.open_read_only(stream.lake)
        self._supply = supply
        self._next: dict[int, int] = {}
        self.latencies: list[tuple[float, float]] = []  # when it was seen, and how long it took

    def look(self) -> None:
        """One query: ledgers and rows are committed together, so what a ledger has passed can be queried."""
        rows = self._lake.rows("SELECT ledger, first, next FROM ledgers")
        now = time.time()
        for ledger, first, end in rows:
            partition = int(ledger.rpartition("/")[2])
            for offset in range(self._next.get(partition, first), end):
                # the confirmation may reach us after the row: the sender's thread is only a little late
                if (sent := self._supply.sent_at.pop((partition, offset), None)) is not None:
                    self.latencies.append((now, now - sent))
            self._next[partition] = end

    def passed(self) -> int:
        """Offsets passed, over all partitions."""
        return sum(self._next.values())

    def rows_behind(self) -> int:
        """Offsets that a ledger has passed and no row tells of, in one snapshot: must be 0."""
        ((behind,),) = self._lake.rows(
            """SELECT (SELECT sum(next - first) FROM ledgers) - (SELECT count(*) FROM codings)
            - (SELECT count(*) FROM skips) - (SELECT count(*) FROM rejects WHERE report_id IS NULL)"""
        )
        return int(behind)

    def close(self) -> None:
        """Detaches."""
        self._lake.close()


def soak(stream: Stream, supply: Supply, running: Running, minutes: float) -> dict[str, Any]:
    """Everything measured, as figures."""
    with Watch(running.pid) as watch, supply:
        stream.until(lambda: stream.rows("SELECT 1 FROM ledgers LIMIT 1"), "a first ledger")
        reader = Reader(stream, supply)
        began = time.time()
        while time.time() - began < 60 * minutes and running.alive:
            reader.look()
            time.sleep(LOOK_SECONDS)
    deadline = time.monotonic() + 60
    while supply.sent_at and time.monotonic() < deadline and running.alive:
        reader.look()
        time.sleep(LOOK_SECONDS)
    behind = reader.rows_behind()
    reader.close()
    ended = running.end()
    return {
        "minutes": minutes,
        "articles": reader.passed(),
        "bytes_per_article": round(supply.bytes / max(1, reader.passed())),
        "publish_failures": supply.failures,
        "not_landed": len(supply.sent_at),
        "rows_behind": behind,
        "latency": latency(reader.latencies, began + WARM_SECONDS),
        "latency_by_minute": by_minute(reader.latencies, began),
        "cpu_cores": round(cpu_share(watch.samples, WARM_SECONDS), 3),
        "rss_mb": round(watch.samples[-1].rss_bytes / 1e6, 1),
        "rss_growth_mb": growth(watch),
        "rss_samples_mb": [[round(s.at_seconds), round(s.rss_bytes / 1e6, 1)] for s in watch.samples],
        "machine_load": [[round(s.at_seconds), s.machine_load] for s in watch.samples],
        "exit_code": ended.code,
        "drain_seconds": round(ended.seconds, 2),
        "said": ended.said.strip().splitlines()[-3:],
    }


def latency(seen: list[tuple[float, float]], since: float) -> dict[str, float]:
    """Percentiles in seconds of what was seen since then."""
    kept = sorted(took for at, took in seen if at >= since)
    if len(kept) < 100:
        return {"n": len(kept)}
    cuts = statistics.quantiles(kept, n=100)
    figures = {"n": len(kept), "p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "max": kept[-1]}
    return {name: round(value, 3) for name, value in figures.items()}


def by_minute(seen: list[tuple[float, float]], began: float) -> list[tuple[int, float, float]]:
    """Minute, median and 95th percentile in seconds."""
    minutes: dict[int, list[float]] = {}
    for at, took in seen:
        minutes.setdefault(int((at - began) // 60), []).append(took)
    cuts = {minute: statistics.quantiles(took, n=20) for minute, took in minutes.items() if len(took) > 1}
    return [(minute, round(cut[9], 3), round(cut[18], 3)) for minute, cut in sorted(cuts.items())]


def growth(watch: Watch) -> float | None:
    """Growth of resident memory from minute 5 to the end, in MB; of a short run from its first third on."""
    settled = min(SETTLED_SECONDS, watch.samples[-1].at_seconds / 3)
    grown = growth_bytes(watch.samples, settled)
    return None if grown is None else round(grown / 1e6, 2)


@contextmanager
def surroundings(folder: Path, partitions: int) -> Iterator[Stream]:
    """A broker, a topic and a folder for a lake; all ended at the end."""
    broker = started_broker(folder / "broker")
    try:
        topic = create_topic(broker.bootstrap_servers, partitions=partitions)
        stream = Stream(KafkaSettings(bootstrap_servers=broker.bootstrap_servers, topic=topic), folder)
        stream.environment["TOCSIN_READ__CHECK_SECONDS"] = "10"  # as by default
        try:
            yield stream
        finally:
            stream.close()
    finally:
        broker.stop()


def report(figures: dict[str, Any], console: Console) -> None:
    """The figures as a table."""
    table = Table(title="soak", title_justify="left", show_header=False)
    for name, value in figures.items():
        if name not in ("rss_samples_mb", "machine_load", "latency_by_minute"):
            table.add_row(name, str(value))
    console.print(table)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--rate", type=float, default=50.0, help="articles a second")
    parser.add_argument("--partitions", type=int, default=3)
    parser.add_argument("--articles", type=Path, help="JSON lines; the demo's articles without it")
    parser.add_argument("--folder", type=Path, help="kept afterwards; a temporary one without it")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument(
        "--set", action="append", default=[], metavar="SECTION__KEY=VALUE", help="a setting of the run"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        with surroundings(folder, options.partitions) as stream:
            chosen = dict(assignment.split("=", 1) for assignment in options.set)
            running = stream.start("run", fresh=True, **{f"TOCSIN_{k.upper()}": v for k, v in chosen.items()})
            supply = Supply(stream.kafka, options.articles, options.rate)
            figures = {
                "rate": options.rate,
                "partitions": options.partitions,
                "python": platform.python_version(),
            }
            figures |= soak(stream, supply, running, options.minutes)
            figures["audit"] = [str(d) for d in stream.audit().differences] or "every equation holds"
    report(figures, Console())
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
