"""Files as numbered records: any number to begin at, lines and rows alike, and one ledger for one content."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.files import count_records, file_ledger, read_records, span_of
from pipelines.parse import parse_article
from schemas.errors import InputError


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    file = tmp_path / "articles.jsonl"
    file.write_bytes(b'{"text": "one"}\n\n{"text": "three"}\r\n{"text": "four"}')
    return file


def test_every_line_has_its_number_blank_ones_too(lines: Path) -> None:
    records = list(read_records(lines, 0))
    assert [(r.offset, r.value) for r in records] == [
        (0, b'{"text": "one"}'),
        (1, b""),
        (2, b'{"text": "three"}'),
        (3, b'{"text": "four"}'),
    ]
    assert count_records(lines) == 4


def test_reading_goes_on_at_any_number(lines: Path) -> None:
    assert [r.offset for r in read_records(lines, 2)] == [2, 3]
    assert list(read_records(lines, 4)) == []


def test_a_renamed_file_has_the_same_ledger_and_a_changed_one_another(lines: Path, tmp_path: Path) -> None:
    before = file_ledger(lines)
    renamed = lines.rename(tmp_path / "renamed.jsonl")
    assert file_ledger(renamed) == before
    renamed.write_bytes(b"{}")
    assert file_ledger(renamed) != before


def test_a_missing_file_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no file"):
        file_ledger(tmp_path / "nowhere.jsonl")


def test_parquet_rows_become_articles(tmp_path: Path) -> None:
    file = tmp_path / "articles.parquet"
    when = datetime(2024, 5, 7, 9, tzinfo=UTC)
    table = pa.table({"text": ["one", "two"], "published_at": [when, None], "views": [3, 4]})
    pq.write_table(table, file)
    records = list(read_records(file, 0))
    assert count_records(file) == 2
    first, second = (parse_article(r.value or b"", r.timestamp_ms) for r in records)
    assert first.published_at == when
    assert json.loads(second.extra or "") == {"views": 4}


def test_what_is_no_parquet_is_said_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "broken.parquet"
    file.write_bytes(b"PAR1 but not really")
    with pytest.raises(InputError, match="cannot be read as Parquet"):
        list(read_records(file, 0))


def test_a_span_reaches_over_its_records(lines: Path) -> None:
    part = tuple(read_records(lines, 1))
    span = span_of(file_ledger(lines), part)
    assert (span.from_offset, span.to_offset) == (1, 4)
    assert span.last is not None
    assert span.last.offset == 3
