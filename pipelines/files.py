"""Files as sequences of records: JSON lines and Parquet, numbered from 0, read from any number on."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.batch import Record, Span
from schemas.errors import InputError
from schemas.ledger import LedgerKey, LedgerKind, RecordStamp

# Rows that pyarrow decodes at a time: a hundred articles are about a megabyte.
ROWS_AT_A_TIME = 100


def file_ledger(path: Path) -> LedgerKey:
    """The ledger of a file: its content's digest, so that a renamed file goes on and a changed one begins anew."""
    if not path.is_file():
        message = f"{path} is no file."
        raise InputError(message, "Name a file of JSON lines (.jsonl, .json) or Parquet (.parquet).")
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return LedgerKey(LedgerKind.FILE, digest)


def read_records(path: Path, first: int) -> Iterator[Record]:
    """The records from number `first` on. A line's timestamp is the file's: it has none of its own."""
    timestamp_ms = int(path.stat().st_mtime * 1000)
    values = _parquet_rows(path) if path.suffix == ".parquet" else _lines(path)
    for number, value in islice(enumerate(values), first, None):
        yield Record(number, timestamp_ms, None, value)


def count_records(path: Path) -> int:
    """How many records the file holds."""
    if path.suffix == ".parquet":
        return int(_parquet(path).metadata.num_rows)
    with path.open("rb") as lines:
        return sum(1 for _ in lines)


def span_of(ledger: LedgerKey, part: Sequence[Record]) -> Span:
    """The span of a gapless run of records that have no broker behind them."""
    last = part[-1]
    stamp = RecordStamp(last.offset, last.timestamp_ms, 0)
    return Span(ledger, part[0].offset, last.offset + 1, last=stamp)


def _lines(path: Path) -> Iterator[bytes]:
    """Every line, blank ones too: a line that says nothing becomes a reject, not a shift in the numbering."""
    with path.open("rb") as lines:
        for line in lines:
            yield line.rstrip(b"\r\n")


def _parquet_rows(path: Path) -> Iterator[bytes]:
    for batch in _parquet(path).iter_batches(ROWS_AT_A_TIME):
        for row in batch.to_pylist():
            yield orjson.dumps({k: v for k, v in row.items() if v is not None}, default=_plain)


def _parquet(path: Path) -> Any:
    try:
        return pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as error:
        message = f"{path} cannot be read as Parquet: {error}"
        raise InputError(message, "Check that the file is whole.") from None


def _plain(value: Any) -> Any:
    """What JSON has no form for: bytes that are text, and instants without a zone, which Parquet counts in UTC."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, datetime):
        return value.replace(tzinfo=value.tzinfo or UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
