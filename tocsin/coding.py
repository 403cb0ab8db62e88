"""Codes files apart from any stream: an article as plain text, HTML or JSON, or JSON lines of many. Knows no broker and no lake.

Articles are parsed by the same rules as the stream's. A line that is no article, and an article that cannot be coded,
is a Refusal with its number, and the rest goes on.
"""

import functools
import multiprocessing
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

import orjson

from pipelines.coding.coder import Coder
from pipelines.coding.settings import CoderSettings
from pipelines.language import foreign
from pipelines.parse import parse_article
from schemas.article import Article
from schemas.coding import Coding
from schemas.errors import ArticleError, InputError
from schemas.report import Report

STDIN = "-"
# Lines handed to a worker, and to the coder, at a time: the coder is a third quicker with many than with one.
_CHUNK = 32


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that gave no coding: its number (from 1), the code of the reason, and the reason."""

    line: int
    code: str
    message: str


Outcome = Coding | Refusal
Numbered = tuple[int, bytes, int]


def read_articles(path: str, published_at: datetime) -> Iterator[bytes]:
    """The articles of a file, each as the JSON that the stream would carry. `published_at` dates plain text and HTML.

    JSON lines and one JSON object are told by their first character, HTML by its first tag. Raises InputError.
    """
    content = _content(path)
    head = content.lstrip()[:1]
    if head == b"{":
        yield from _json_articles(content)
    elif not head:
        raise InputError(f"{path} is empty.", "Give a text, an HTML page, a JSON article or JSON lines.")
    else:
        yield _wrapped(content, published_at)


def _content(path: str) -> bytes:
    if path == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.", "Give another file, or - .") from error


def _json_articles(content: bytes) -> Iterator[bytes]:
    """One object, however many lines it stands on, or one object a line."""
    try:
        orjson.loads(content)
    except orjson.JSONDecodeError:
        yield from (line for line in content.splitlines() if line.strip())
    else:
        yield content


def _wrapped(content: bytes, published_at: datetime) -> bytes:
    text = content.decode("utf-8", errors="replace")
    field = "html" if text.lstrip()[:1] == "<" else "text"
    return orjson.dumps({field: text, "published_at": published_at.isoformat()})


def code_articles(
    values: Iterable[bytes], settings: CoderSettings, timestamp_ms: int, workers: int = 1
) -> Iterator[Outcome]:
    """One outcome for each value, in the order of the values, whatever the number of workers.

    `timestamp_ms` (epoch) stands in where an article has no `published_at`. With several workers each loads the coder
    once (about 200 MB); the articles are handed out in small chunks.
    """
    numbered = ((n, value, timestamp_ms) for n, value in enumerate(values, start=1))
    chunks = iter(lambda: list(islice(numbered, _CHUNK)), [])
    code_chunk = functools.partial(_code_chunk, settings)
    if workers == 1:
        yield from chain.from_iterable(map(code_chunk, chunks))
        return
    # spawn: a forked parser would share locks with the parent's threads
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield from chain.from_iterable(pool.imap(code_chunk, chunks))


@functools.cache
def _coder(settings: CoderSettings) -> Coder:
    return Coder(settings)


def _code_chunk(settings: CoderSettings, chunk: Sequence[Numbered]) -> list[Outcome]:
    """Outcomes of the chunk, in order; its articles are coded together, which is quicker."""
    read = [_article_of(numbered) for numbered in chunk]
    coded = _coder(settings).code_all([a for a in read if isinstance(a, Article)])
    found = [a if isinstance(a, Refusal) else next(coded) for a in read]
    return [
        Refusal(number, outcome.code.value, outcome.message) if isinstance(outcome, ArticleError) else outcome
        for (number, _, _), outcome in zip(chunk, found, strict=True)
    ]


def _article_of(numbered: Numbered) -> Article | Refusal:
    number, value, timestamp_ms = numbered
    try:
        article = parse_article(value, timestamp_ms)
    except ArticleError as error:
        return Refusal(number, error.code.value, error.message)
    language = foreign(article.language, article.text)
    if language is None:
        return article
    return Refusal(number, "unsupported_language", f"The article is in another language ({language}).")


def report_line(report: Report) -> bytes:
    """A report as one JSON line: its fields by their names, and `injuries`, the best figure of the wounded."""
    fields = orjson.dumps(report, default=list, option=orjson.OPT_SERIALIZE_DATACLASS)
    return fields[:-1] + b',"injuries":' + orjson.dumps(report.injuries_best) + b"}\n"
