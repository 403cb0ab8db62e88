"""Runs an analyst's SQL in a child process that can read the lake and nothing else, bounded in time and memory.

Knows the child's life: its request, its stream of rows, and how it ends. What confines it is told in
`warehouse.query_child`. The parent never parses the SQL and never opens the lake.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from schemas.errors import LakeError, LakeTooNew, SqlError, TocsinError
from warehouse.query_child import Request
from warehouse.serving_settings import QuerySettings
from warehouse.settings import LakeSettings

# The only kinds of error that a child may make its parent raise.
KINDS: dict[str, type[TocsinError]] = {k.__name__: k for k in (SqlError, LakeError, LakeTooNew)}
MEGABYTE = 1 << 20
# An error message longer than this is not one line that helps; a child that floods stderr must not fill memory.
STDERR_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query as they come. `batches` raises SqlError if the query fails or is stopped meanwhile."""

    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]
    explains: bool
    landlocked: bool


@contextmanager
def query(lake: LakeSettings, sql: str, bounds: QuerySettings | None = None) -> Iterator[Answer]:
    """Runs `sql`, one SELECT or EXPLAIN, over the lake; leaving the block ends it, read to the end or not.

    Rows stream: memory here stays within some batches, however large the answer. Raises SqlError (not one SELECT,
    wrong SQL, out of time or memory), LakeError and LakeTooNew.
    """
    bounds = bounds or QuerySettings()
    with tempfile.TemporaryDirectory(prefix="tocsin-query-") as spill:
        child = _Child(_request(lake, sql, bounds, spill), bounds.timeout_seconds)
        try:
            yield child.answer()
        finally:
            child.end()


def _request(lake: LakeSettings, sql: str, bounds: QuerySettings, spill: str) -> Request:
    memory = bounds.memory_mb * MEGABYTE
    theirs = replace(lake, folder=str(lake.path), memory_limit=f"{memory}B", threads=bounds.threads)
    cpu = int(bounds.timeout_seconds * bounds.threads) + 5
    return Request(sql, theirs, spill, memory, bounds.spill_mb * MEGABYTE, cpu)


class _Child:
    """One running query process."""

    def __init__(self, request: Request, timeout_seconds: float) -> None:
        self._timeout_seconds = timeout_seconds
        self._timed_out = False
        self._errors = bytearray()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "warehouse.query_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=request.spill,
            env=_environment(request.spill),
        )
        self._reader = threading.Thread(target=self._read_errors, daemon=True)
        self._reader.start()
        self._timer = threading.Timer(timeout_seconds, self._stop)
        self._timer.daemon = True
        self._timer.start()
        self._send(request)

    def answer(self) -> Answer:
        """The head of the answer; raises what went wrong instead."""
        try:
            reader = pa.ipc.open_stream(self._process.stdout)
        except (pa.ArrowException, OSError):
            raise self._failure() from None
        facts = {k.decode(): v.decode() for k, v in (reader.schema.metadata or {}).items()}
        schema = reader.schema.remove_metadata()
        return Answer(
            schema, self._batches(reader), facts["explains"] == "True", facts["landlocked"] == "True"
        )

    def end(self) -> None:
        """Kill it if it still runs, and wait for it."""
        self._timer.cancel()
        self._process.kill()
        self._process.wait()
        self._reader.join(timeout=5)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()

    def _batches(self, reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
        try:
            yield from reader
        except (pa.ArrowException, OSError):
            raise self._failure() from None
        # A stream that is cut between two batches reads like one that has ended.
        if self._process.wait() != 0:
            raise self._failure()

    def _send(self, request: Request) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(request.to_json().encode())
            self._process.stdin.close()
        except BrokenPipeError:
            return  # it has died; `answer` says of what

    def _stop(self) -> None:
        self._timed_out = True
        self._process.kill()

    def _read_errors(self) -> None:
        assert self._process.stderr is not None
        while chunk := os.read(self._process.stderr.fileno(), 4096):
            if len(self._errors) < STDERR_BYTES:
                self._errors += chunk

    def _failure(self) -> TocsinError:
        status = self._process.wait()
        self._reader.join(timeout=5)
        if self._timed_out:
            return SqlError(
                f"The query was stopped after {self._timeout_seconds:g} s.",
                "Narrow it (a country, a month, a LIMIT), or raise query.timeout_seconds.",
            )
        last = self._errors.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return _told(last) or SqlError(f"The query's process ended: {_reason(status)}. {last[:300]}".strip())


def _told(line: str) -> TocsinError | None:
    """The error that the child wrote down, if this line is one."""
    try:
        facts = json.loads(line)
        return KINDS[facts["kind"]](str(facts["message"]), str(facts["advice"]))
    except (ValueError, KeyError, TypeError):
        return None


def _reason(status: int) -> str:
    if status == -signal.SIGXCPU:
        return "it used up its CPU time"
    return f"signal {-status}" if status < 0 else f"exit status {status}"


def _environment(spill: str) -> dict[str, str]:
    """What a Python process needs and nothing more: no secret of the parent's reaches the query."""
    kept = {k: v for k in ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH") if (v := os.environ.get(k))}
    paths = [str(Path(__file__).parent.parent), *(p for p in sys.path if p)]
    return {**kept, "PYTHONPATH": os.pathsep.join(paths), "TMPDIR": spill, "PYTHONDONTWRITEBYTECODE": "1"}
