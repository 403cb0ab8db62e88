"""Publishes JSON lines: from files or a program, to the topic, with a count of what was sent and what was refused."""

import itertools
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from connectors.lines import Line, Refusal, parse
from connectors.publisher import Metronome, Publisher, RawRecord
from connectors.settings import KafkaSettings, PublishSettings

# A file of nothing but refusals must not fill memory; their number is counted to the end.
_KEPT_REFUSALS = 100

Watcher = Callable[[Line | Refusal], None]
"""Told each line as it is taken up, and each refusal as it becomes known."""


@dataclass(frozen=True, slots=True)
class PublishSummary:
    """What became of the lines: `published` were confirmed by all replicas. `refusals` holds the first 100."""

    topic: str
    published: int
    refused: int
    by_partition: dict[int, int]
    refusals: tuple[Refusal, ...]
    seconds: float


def publish_lines(
    settings: KafkaSettings,
    lines: Iterable[bytes | Line | Refusal],
    *,
    publish: PublishSettings | None = None,
    rate: float | None = None,
    limit: int | None = None,
    watch: Watcher | None = None,
) -> PublishSummary:
    """Sends lines, at most `rate` a second and `limit` in all, and waits until all are confirmed.

    Plain bytes are checked as a file's lines would be. Raises BrokerUnreachable, BrokerRefused, TopicMissing; what
    was confirmed until then lies in the topic.
    """
    began = time.monotonic()
    refusals: list[Refusal] = []
    counted = itertools.count(1)

    def refuse(refusal: Refusal) -> None:
        next(counted)
        if len(refusals) < _KEPT_REFUSALS:
            refusals.append(refusal)
        if watch:
            watch(refusal)

    with Publisher(settings, publish, lambda label, reason: refuse(_refusal(label, reason))) as publisher:
        metronome = Metronome(rate)
        for line in itertools.islice(_checked(lines), limit):
            if isinstance(line, Refusal):
                refuse(line)
                continue
            metronome.tick()
            publisher.send(RawRecord(line.value, line.key), f"{line.file}:{line.number}")
            if watch:
                watch(line)
    published = publisher.published
    return PublishSummary(
        settings.topic,
        sum(published.values()),
        next(counted) - 1,
        dict(sorted(published.items())),
        tuple(refusals),
        time.monotonic() - began,
    )


def _checked(lines: Iterable[bytes | Line | Refusal]) -> Iterable[Line | Refusal]:
    for number, line in enumerate(lines, 1):
        yield parse("line", number, line) if isinstance(line, bytes) else line


def _refusal(label: str, reason: str) -> Refusal:
    file, _, number = label.rpartition(":")
    return Refusal(file, int(number), reason)
