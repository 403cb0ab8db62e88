"""`tocsin backfill`: files through the stream's transforms, resumable, and the same rows as the stream's."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors.publisher import RawRecord
from tests.kit.streams import Stream, article, names, records, told
from warehouse.audit import audit
from warehouse.lake import Lake

pytestmark = pytest.mark.integration

ARTICLES = 400
TABLES = ("articles", "codings", "reports", "skips")


def values(count: int) -> list[bytes]:
    """Articles, a copy, a revision and a foreign text among them."""
    made = [record.value or b"" for record in records(count)]
    more = (
        article("a-0"),
        article("a-1", text="Soldiers shot dead two men in Kabul on Monday."),
        article(
            "fr", text="Des hommes armés ont attaqué le marché et tué quatre commerçants.", language="fr"
        ),
    )
    return [*made, *more]


def write(path: Path, lines: list[bytes]) -> None:
    """The articles as the file's name says."""
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist([json.loads(line) for line in lines]), path, row_group_size=64)
    else:
        path.write_bytes(b"\n".join(lines) + b"\n")


@pytest.mark.parametrize("name", ["articles.jsonl", "articles.parquet"])
def test_a_backfill_that_is_killed_goes_on_and_gives_the_streams_rows(
    new_stream: Callable[..., Stream], name: str
) -> None:
    stream, backfill = new_stream("streamed"), new_stream("filled")
    lines = values(ARTICLES)
    stream.publish([RawRecord(line, b"k", 0) for line in lines])
    streaming = stream.start("run", "--until-caught-up")
    backfill.folder.mkdir()
    write(backfill.folder / name, lines)
    running = backfill.start("backfill", name)
    backfill.until_coded(1)
    running.end(signal.SIGKILL)
    before = backfill.coded()
    assert 0 < before < ARTICLES  # it was killed in the middle
    backfill.run("backfill", name)
    assert streaming.ended().code == 0
    with Lake.open_read_only(backfill.lake) as filled, Lake.open_read_only(stream.lake) as streamed:
        assert audit(filled).differences == ()
        for table in TABLES:
            assert told(filled, table) == told(streamed, table), table
    again = backfill.run("backfill", name)
    assert again.last_line == "landed: 0 articles, 0 reports, 0 skips, 0 rejects"


def test_bad_lines_are_rejected_and_counted_and_the_rest_is_landed(stream: Stream) -> None:
    stream.folder.mkdir()
    lines = [b"{", b"", *(record.value or b"" for record in records(20)), b'{"text": 7}', b"\xff"]
    (stream.folder / "mixed.jsonl").write_bytes(b"\n".join(lines))
    ended = stream.run("backfill", "mixed.jsonl")
    assert ended.last_line == "landed: 20 articles, 20 reports, 0 skips, 4 rejects"
    assert stream.assert_whole(names(20)).ledgers[0].passed == 24
    told = stream.rows('SELECT "offset", code FROM rejects ORDER BY 1')
    assert told == [(0, "not_json"), (1, "empty"), (22, "wrong_type"), (23, "not_utf8")]


def test_a_signal_drains_a_backfill(stream: Stream) -> None:
    stream.folder.mkdir()
    write(stream.folder / "a.jsonl", [record.value or b"" for record in records(ARTICLES)])
    running = stream.start("backfill", "a.jsonl")
    stream.until_coded(1)
    ended = running.end()
    assert ended.code == 0, ended.said
    assert ended.seconds < 5
    assert 0 < stream.coded() < ARTICLES
    stream.run("backfill", "a.jsonl")
    stream.assert_whole(names(ARTICLES))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("missing.jsonl", None, "missing.jsonl"),
        ("torn.parquet", b"PAR1 and no more", "cannot be read as Parquet"),
    ],
)
def test_a_file_that_cannot_be_read_ends_with_2_before_anything_is_landed(
    stream: Stream, name: str, content: bytes | None, says: str
) -> None:
    stream.folder.mkdir()
    write(stream.folder / "good.jsonl", [article("good")])
    if content is not None:
        (stream.folder / name).write_bytes(content)
    ended = stream.run("backfill", "good.jsonl", name, code=2)
    assert says in ended.last_line
    assert stream.coded() == 0
