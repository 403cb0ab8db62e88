"""Articles for a measurement: lines of a file (or the bundled demo's), again and again, each under an id of its own."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any

import orjson

from connectors.client import producer
from connectors.publisher import Metronome
from connectors.settings import Compression, KafkaSettings


def articles(path: Path | None, prefix: str) -> Iterator[tuple[bytes, bytes]]:
    """Key and value, without end. Shuffled: a file's long articles often lie together, a feed's do not."""
    content = path.read_bytes() if path else files("tocsin.demo").joinpath("articles.jsonl").read_bytes()
    lines = [orjson.loads(line) for line in content.splitlines() if line.strip()]
    random.Random(1).shuffle(lines)
    for number in count():
        fields = lines[number % len(lines)]
        key = str(fields.get("source") or "unknown").encode()
        yield key, orjson.dumps({**fields, "article_id": f"{prefix}-{number}"})


class Supply:
    """Publishes at a steady rate in a thread of its own; knows when each offset was sent.

    `sent_at` is by partition and offset, in seconds since the epoch: Kafka's timestamp of the record.
    """

    def __init__(self, kafka: KafkaSettings, path: Path | None, rate: float) -> None:
        self._articles = articles(path, f"load-{int(time.time())}")
        self._producer = producer(kafka, Compression.ZSTD, linger_ms=5)
        self._topic, self._rate = kafka.topic, rate
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._publish, name="supply", daemon=True)
        self.sent_at: dict[tuple[int, int], float] = {}
        self.bytes = 0
        self.failures = 0

    def _publish(self) -> None:
        metronome = Metronome(self._rate)
        while not self._ended.is_set():
            metronome.tick()
            key, value = next(self._articles)
            self.bytes += len(value)
            future = self._producer.send(self._topic, value=value, key=key)
            future.add_callback(self._confirmed)
            future.add_errback(self._failed)

    def _confirmed(self, at: Any) -> None:
        self.sent_at[at.partition, at.offset] = at.timestamp / 1000

    def _failed(self, _: Any) -> None:
        self.failures += 1

    def __enter__(self) -> Supply:
        """Begins to publish."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Ends; waits until all is confirmed."""
        self._ended.set()
        self._thread.join()
        self._producer.flush(timeout=30)
        self._producer.close(timeout=5)
