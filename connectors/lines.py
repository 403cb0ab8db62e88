"""Reads JSON lines out of files, bounded: what is published, and what cannot be with its place and reason."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import orjson

from schemas.errors import InputError

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Line:
    """One line that holds a JSON object. `read_bytes` counts all bytes read for it, for a progress bar."""

    file: str
    number: int
    key: bytes | None
    value: bytes
    read_bytes: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that is not sent, and why."""

    file: str
    number: int
    reason: str
    read_bytes: int = 0

    def __str__(self) -> str:
        """As an editor finds it: `articles.jsonl:12: not JSON`."""
        return f"{self.file}:{self.number}: {self.reason}"


def read_files(paths: Iterable[str], max_bytes: int) -> Iterator[Line | Refusal]:
    """The lines of all files in order; `-` is the standard input. Empty lines are passed over.

    Raises InputError, before the first line, for a file that cannot be opened.
    """
    with ExitStack() as stack:
        streams = [(path, stack.enter_context(_open(path))) for path in paths]
        for path, stream in streams:
            yield from read_lines("stdin" if path == STDIN else path, stream, max_bytes)


def read_lines(file: str, stream: BinaryIO, max_bytes: int) -> Iterator[Line | Refusal]:
    """The lines of one stream, numbered from 1; a longer one than `max_bytes` is refused without being held."""
    number = 0
    while raw := stream.readline(max_bytes + 1):
        number += 1
        if len(raw) > max_bytes and not raw.endswith(b"\n"):
            size = len(raw) + _skip_line(stream)
            yield Refusal(file, number, f"too large ({size:,} bytes; at most {max_bytes:,} are sent)", size)
        elif raw.strip():
            yield parse(file, number, raw)


def parse(file: str, number: int, raw: bytes) -> Line | Refusal:
    """The line as it is sent: its own bytes, keyed by its source, so that one source stays in order."""
    value = raw.strip()
    try:
        article = orjson.loads(value)
    except orjson.JSONDecodeError as error:
        return Refusal(file, number, f"not JSON ({error})", len(raw))
    if not isinstance(article, dict):
        return Refusal(file, number, f"not a JSON object but {type(article).__name__}", len(raw))
    source = article.get("source")
    key = source.encode() if isinstance(source, str) and source else None
    return Line(file, number, key, value, len(raw))


def _open(path: str) -> BinaryIO:
    if path == STDIN:
        return sys.stdin.buffer
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}.",
            "Give files of JSON lines, or - for the standard input.",
        ) from None


def _skip_line(stream: BinaryIO) -> int:
    """Reads to the end of the line; gives how many bytes that were."""
    size = 0
    while rest := stream.readline(1 << 20):
        size += len(rest)
        if rest.endswith(b"\n"):
            break
    return size
