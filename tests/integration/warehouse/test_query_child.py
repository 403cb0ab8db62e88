"""The child's own steps, in this process: its walls 1 and 2, its stream, and how it tells an error."""

import io
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from schemas.errors import LakeError, SqlError
from warehouse import query_child as module
from warehouse.lake import Lake
from warehouse.query_child import Request, open_alone
from warehouse.settings import LakeSettings

pytestmark = pytest.mark.integration


@pytest.fixture
def unconfined(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would bind this process for good is left out; test_sandbox runs it in a process of its own."""
    monkeypatch.setattr(module, "bound", lambda *_: None)
    monkeypatch.setattr(module, "confine", lambda _: False)


def request(lake: LakeSettings, sql: str, spill: Path) -> Request:
    return Request(sql, lake, str(spill), 256 << 20, 64 << 20, 30)


def test_a_request_survives_its_json(read_lake: LakeSettings, tmp_path: Path) -> None:
    asked = request(read_lake, "SELECT 'é'", tmp_path)
    assert Request.from_json(asked.to_json()) == asked


@pytest.mark.usefixtures("unconfined")
def test_an_answer_is_an_arrow_stream_that_says_what_holds(read_lake: LakeSettings, tmp_path: Path) -> None:
    out = io.BytesIO()
    module._answer(request(read_lake, "SELECT count(*) AS n FROM reports", tmp_path), out)
    read = pa.ipc.open_stream(out.getvalue())
    assert read.schema.metadata == {b"landlocked": b"False", b"explains": b"False"}
    assert read.read_all().to_pylist() == [{"n": 1003}]


@pytest.mark.usefixtures("unconfined")
def test_what_may_not_run_is_refused_before_anything_is_written(
    read_lake: LakeSettings, tmp_path: Path
) -> None:
    out = io.BytesIO()
    with pytest.raises(SqlError, match="not allowed here"):
        module._answer(request(read_lake, "DELETE FROM reports", tmp_path), out)
    assert out.getvalue() == b""


@pytest.mark.usefixtures("unconfined")
def test_duckdb_alone_shuts_other_files_and_its_settings(read_lake: LakeSettings, tmp_path: Path) -> None:
    with open_alone(read_lake) as lake:
        module.shut_in(lake, request(read_lake, "", tmp_path))
        for sql in (
            "FROM read_text('/etc/hostname')",
            "SET threads = 1",
            "ATTACH '/tmp/x.db'",
            "INSTALL httpfs",
        ):
            with pytest.raises(duckdb.Error):
                lake.execute(sql)


def test_a_thread_that_could_not_be_confined_is_noticed(
    read_lake: LakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = iter([1, 2])
    monkeypatch.setattr(module, "threads_running", lambda: next(counts))
    with pytest.raises(LakeError, match="could not be confined"):
        open_alone(read_lake)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (SqlError("as it is", "do this"), "as it is do this"),
        (RecursionError(), "nested too deep"),
        (MemoryError(), "more memory"),
        (duckdb.OutOfMemoryException("Out of Memory Error: no"), "more memory"),
        (duckdb.BinderException("Binder Error: no such\n\nLINE 1: x\n  ^"), "no such"),
    ],
)
def test_every_error_is_told_in_one_line(error: Exception, said: str) -> None:
    told = str(module._said(error))
    assert said in told
    assert "\n" not in told


def test_a_lake_opened_alone_reads_with_one_thread(read_lake: LakeSettings) -> None:
    with open_alone(read_lake) as lake:
        assert isinstance(lake, Lake)
        assert lake.rows("SELECT current_setting('threads')") == [(1,)]
