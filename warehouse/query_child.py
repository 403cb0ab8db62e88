"""The child process in which an analyst's SQL runs: reads a request on stdin, writes Arrow's IPC stream on stdout.

Four walls, so that none has to hold alone:
1. `warehouse.statement`: one SELECT or EXPLAIN, by DuckDB's own parser, calling no table function outside a list.
2. DuckDB: the lake attached READ_ONLY, external access off but for the lake's data files, configuration locked.
   This alone does not keep anyone from writing: the data path has to be allowed, and DuckDB allows a folder for
   reading and writing alike.
3. The kernel (Landlock, Linux 5.13 or newer): nothing outside the lake, Python and the system's libraries can be
   read, nothing but a private folder for spilled data can be written, no TCP. Elsewhere this wall is missing and
   the answer says so (`landlocked`).
4. Bounds: DuckDB's memory limit, the process's data segment and CPU time; the parent kills it when its time is up.

What holds without Landlock is walls 1, 2 and 4. An error goes to stderr as one JSON object; the exit status is 2.
"""

import json
import os
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

import duckdb
import pyarrow as pa

from schemas.errors import LakeError, SqlError, TocsinError
from warehouse.confine import Confinement, bound, confine, threads_running
from warehouse.lake import Lake
from warehouse.settings import LakeSettings
from warehouse.statement import check, one_line

# Rows per Arrow batch: DuckDB's own vector is 2,048, and a batch of wide rows should stay below some megabytes.
BATCH_ROWS = 2_048
# What Python, DuckDB and Arrow map beside the query's own memory.
OVERHEAD_BYTES = 1 << 30
_MACROS = "SELECT function_name FROM duckdb_functions() WHERE database_name = 'tocsin'"
SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/share/zoneinfo", "/proc/self", "/sys/fs/cgroup")


@dataclass(frozen=True, slots=True)
class Request:
    """All that the child is told; the lake's folder is absolute, memory and threads are the query's."""

    sql: str
    lake: LakeSettings
    spill: str
    memory_bytes: int
    spill_bytes: int
    cpu_seconds: int

    def to_json(self) -> str:
        """The form that stdin takes."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Request":
        """The request in this text."""
        facts = json.loads(text)
        return cls(**{**facts, "lake": LakeSettings(**facts["lake"])})


def main() -> int:
    """Answers the one request on stdin; the exit status."""
    # The first parameterised statement makes DuckDB import pandas, if there is one: a second that no query needs.
    sys.modules["pandas"] = None  # type: ignore[assignment]
    request = Request.from_json(sys.stdin.read())
    out = os.fdopen(os.dup(1), "wb")
    # What a library prints must not fall into the stream.
    os.dup2(2, 1)
    try:
        _answer(request, out)
    except BrokenPipeError:
        return 0  # the parent has had enough rows
    except (TocsinError, duckdb.Error, pa.ArrowException, RecursionError, MemoryError) as error:
        said = _said(error)
        facts = {"kind": type(said).__name__, "message": said.message, "advice": said.advice}
        sys.stderr.write("\n" + json.dumps(facts) + "\n")
        return 2
    return 0


def _answer(request: Request, out: IO[bytes]) -> None:
    with open_alone(request.lake) as lake:
        macros = {str(name) for (name,) in lake.rows(_MACROS)}
        landlocked = shut_in(lake, request)
        statement = check(lake.connection, request.sql, macros)
        reader = lake.execute(statement.sql).to_arrow_reader(BATCH_ROWS)
        facts = {"landlocked": str(landlocked), "explains": str(statement.explains)}
        with pa.ipc.new_stream(out, reader.schema.with_metadata(facts)) as writer:
            for batch in reader:
                writer.write_batch(batch)


def open_alone(settings: LakeSettings) -> Lake:
    """The lake, opened with no thread but this one; raises LakeError if DuckDB started one after all.

    Threads of the libraries (allocators, DuckDB's default database) sleep and never see the query.
    """
    before = threads_running()
    lake = Lake.open_read_only(replace(settings, threads=1))
    if (now := threads_running()) > before:
        lake.close()
        message = f"DuckDB started {now - before} threads that could not be confined."
        raise LakeError(message, "Please report it.")
    return lake


def shut_in(lake: Lake, request: Request) -> bool:
    """Raises walls 2 to 4 around an open lake; True if the kernel holds the third.

    The lake is opened before, in a transaction that stays open: SQLite in WAL mode has to make its -shm file beside
    the catalog, and makes it anew whenever the last connection has gone. It is opened with one thread, because the
    kernel binds the calling thread and those that it starts later.
    """
    lake.execute("BEGIN TRANSACTION")
    lake.rows("SELECT count(*) FROM migrations")
    landlocked = _confine(request)
    lake.execute(f"SET threads = {request.lake.threads:d}")
    # Python's variables are no tables
    lake.execute("SET python_enable_replacements = false")
    lake.execute(f"SET max_temp_directory_size = '{request.spill_bytes:d}B'")
    lake.execute("SET allowed_directories = ?", [[str(request.lake.data_path)]])
    lake.execute("SET enable_external_access = false")
    lake.execute("SET lock_configuration = true")
    return landlocked


def _confine(request: Request) -> bool:
    bound(request.memory_bytes + OVERHEAD_BYTES, request.spill_bytes, request.cpu_seconds)
    ours = Path(__file__).parent.parent
    code = (Path(sys.prefix), Path(sys.base_prefix), ours / "schemas", ours / "warehouse")
    read = (request.lake.path, *code, *map(Path, SYSTEM))
    return confine(Confinement(read, (Path(request.spill),)))


def _said(error: Exception) -> TocsinError:
    if isinstance(error, TocsinError):
        return error
    if isinstance(error, RecursionError):
        return SqlError("The query is nested too deep.")
    if isinstance(error, MemoryError | duckdb.OutOfMemoryException):
        return SqlError(
            "The query needs more memory than it may have.", "Narrow it, or raise query.memory_mb."
        )
    return SqlError(one_line(error))


if __name__ == "__main__":
    sys.exit(main())
