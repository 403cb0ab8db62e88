"""Knows which jars make the broker: reads `kafka.lock`, the list of coordinates, sizes and SHA-256 sums."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

KAFKA_LOCK = Path(__file__).with_name("kafka.lock")
KAFKA_VERSION = "4.3.1"


@dataclass(frozen=True, slots=True)
class Jar:
    """One jar of the broker's class path, as the lock file names it."""

    group: str
    artifact: str
    version: str
    size_bytes: int
    sha256: str

    @property
    def filename(self) -> str:
        """The name under which Maven repositories, and our cache, hold it."""
        return f"{self.artifact}-{self.version}.jar"

    @property
    def coordinates(self) -> str:
        """Maven's `group:artifact:version`."""
        return f"{self.group}:{self.artifact}:{self.version}"


def read_lock(path: Path = KAFKA_LOCK) -> tuple[Jar, ...]:
    """The jars of a lock file, in its order. A line that is not of its form raises ValueError: the file is ours."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(_parse(line) for line in lines if line and not line.startswith("#"))


def _parse(line: str) -> Jar:
    coordinates, size_bytes, sha256 = line.split()
    group, artifact, version = coordinates.split(":")
    return Jar(group, artifact, version, int(size_bytes), sha256)
