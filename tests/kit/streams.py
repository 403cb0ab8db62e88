"""The stream as an operator runs it: `tocsin` as a process on a real broker and a real lake, and what the lake then holds.

Every article is written by us; each has an id of its own, so that one that is lost or doubled has a name.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from connectors.ends import log_ends
from connectors.publisher import RawRecord, publish_raw
from connectors.settings import KafkaSettings
from schemas.errors import LakeError
from tests.kit.lake import VOLATILE
from tests.kit.processes import PATIENCE_SECONDS, Command, Ended, Forked, Fresh, Running
from warehouse.audit import AuditReport, audit
from warehouse.lake import Lake, quoted
from warehouse.settings import LakeSettings

PLACES = ("Sorobi", "Ambara", "Kerem", "Maslan", "Oda")
# Where a row came from and when: what differs between a stream and a backfill of the same articles.
ORIGIN = frozenset(
    {
        "ledger",
        "topic",
        "partition",
        "offset",
        "record_timestamp_at",
        "coding_id",
        "reject_id",
        "coding_seconds",
    }
)


def article(article_id: str, *, text: str = "", source: str = "Stream Gazette", **fields: Any) -> bytes:
    """An article's JSON; without a text it tells of one attack, in words that only this id has."""
    told = text or _text(article_id)
    value = {"article_id": article_id, "source": source, "text": told, "published_at": "2024-05-07T09:00:00Z"}
    return json.dumps({**value, **fields}).encode()


def _text(article_id: str) -> str:
    place = PLACES[sum(article_id.encode()) % len(PLACES)]
    return (
        f"Gunmen attacked the market of {place} in Afghanistan on Monday and killed four traders, the governor said. "
        f"It was entered in the town's book as {article_id}."
    )


def records(count: int, *, prefix: str = "a", partitions: int = 3, first: int = 0) -> list[RawRecord]:
    """`count` articles in turn over the partitions, with ids `PREFIX-NUMBER`."""
    numbers = range(first, first + count)
    return [RawRecord(article(f"{prefix}-{n}"), b"Stream Gazette", n % partitions) for n in numbers]


def names(count: int, *, prefix: str = "a", first: int = 0) -> list[str]:
    """The ids of `records` with the same arguments, sorted."""
    return sorted(f"{prefix}-{n}" for n in range(first, first + count))


@dataclass(slots=True)
class Stream:
    """A topic and a lake in a folder, the processes between them, and questions to the lake.

    `close` ends every process that still runs. `environment` is what all processes get besides.
    """

    kafka: KafkaSettings
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    processes: list[Running] = field(default_factory=list)

    @property
    def lake(self) -> LakeSettings:
        """The lake's settings."""
        return LakeSettings(folder=str(self.folder / "lake"))

    def start(
        self,
        *arguments: str,
        fresh: bool = False,
        before: Callable[[], None] | None = None,
        **environment: str,
    ) -> Running:
        """`tocsin ARGUMENTS` as a process of its own; `fresh` starts Python anew, `before` is called in the child."""
        self.folder.mkdir(exist_ok=True)
        variables = {**self.variables(), **self.environment, **environment}
        command = Command(arguments, self.folder, len(self.processes), variables, before)
        running = Running(command, Fresh(command) if fresh else Forked(command))
        self.processes.append(running)
        return running

    def variables(self) -> dict[str, str]:
        """What every process is told of topic and lake."""
        return {
            "TOCSIN_KAFKA__BOOTSTRAP_SERVERS": self.kafka.bootstrap_servers,
            "TOCSIN_KAFKA__TOPIC": self.kafka.topic,
            "TOCSIN_LAKE__FOLDER": str(self.folder / "lake"),
            "TOCSIN_READ__CHECK_SECONDS": "0.5",  # a test does not wait 10 s for a look at the topic
            "TOCSIN_READ__MISSING_GRACE_SECONDS": "2",
        }

    def run(self, *arguments: str, code: int = 0, fresh: bool = False, **environment: str) -> Ended:
        """`tocsin ARGUMENTS` to its end; fails the test unless it ends with `code`."""
        ended = self.start(*arguments, fresh=fresh, **environment).ended()
        assert ended.code == code, f"it ended with {ended.code}: {ended.said[-3000:]}"
        return ended

    def catch_up(self, *arguments: str, fresh: bool = False, **environment: str) -> Ended:
        """`tocsin run --until-caught-up`."""
        return self.run("run", "--until-caught-up", *arguments, fresh=fresh, **environment)

    def publish(self, more: Iterable[RawRecord]) -> int:
        """Puts records on the topic."""
        return publish_raw(self.kafka, more)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """A query's rows, read beside whoever writes; none while there is no lake or it is just being made."""
        try:
            with Lake.open_read_only(self.lake) as lake:
                return lake.rows(sql)
        except (LakeError, duckdb.CatalogException):
            return []

    def coded(self) -> int:
        """Codings landed."""
        return sum(n for (n,) in self.rows("SELECT count(*) FROM codings"))

    def until_coded(self, count: int, seconds: float = PATIENCE_SECONDS) -> None:
        """Waits until so many codings are landed; fails the test if a process fails meanwhile."""
        self.until(lambda: self.coded() >= count, f"{count} codings", seconds)

    def until(self, condition: Callable[[], object], what: str, seconds: float = PATIENCE_SECONDS) -> None:
        """Waits for the condition; fails the test if that takes too long, or the newest process ends before."""
        deadline = time.monotonic() + seconds
        newest = self.processes[-1]
        while not condition():
            alive = newest.alive or condition()
            assert alive, f"it ended before {what}: {newest.said[-2000:]}"
            assert time.monotonic() < deadline, (
                f"not within {seconds:g} s: {what}; it said: {newest.said[-2000:]}"
            )
            time.sleep(0.1)

    def audit(self) -> AuditReport:
        """The equations, held against the broker."""
        with Lake.open_read_only(self.lake) as lake:
            return audit(lake, log_ends(self.kafka))

    def assert_whole(self, ids: Iterable[str]) -> AuditReport:
        """Every published article is landed as one coding, nothing else is, each log is read to its end, and all
        equations hold."""
        landed = Counter(name for (name,) in self.rows("SELECT article_id FROM codings"))
        assert landed == Counter(ids)
        report = self.audit()
        assert report.differences == ()
        assert {row.lag for row in report.ledgers if row.broker_end is not None} <= {0}
        return report

    def close(self) -> None:
        """Kills what still runs."""
        for running in self.processes:
            running.kill()


def told(lake: Lake, table: str) -> list[str]:
    """A table's rows as text, sorted, without where and when each was read and landed."""
    columns = [c[0] for c in lake.execute(f"SELECT * FROM {quoted(table)} LIMIT 0").description]
    kept = [quoted(c) for c in columns if c not in VOLATILE | ORIGIN]
    # a coding's id names its ledger: only that there is a successor can be compared
    kept = [f"{name} IS NULL" if name == quoted("superseded_by") else name for name in kept]
    return sorted(map(repr, lake.rows(f"SELECT {', '.join(kept)} FROM {quoted(table)}")))


def pid_in(text: str) -> int:
    """The process that a message names; fails the test if it names none."""
    found = re.search(r"pid (\d+)", text)
    assert found, text
    return int(found[1])
