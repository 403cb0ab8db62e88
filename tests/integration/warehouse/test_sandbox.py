"""Queries of analysts in their child process: what they see, and every way out that we could think of, shut."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pyarrow as pa
import pytest

from schemas.errors import LakeError, LakeTooNew, SqlError
from tests.kit.rows import files_of, insert
from warehouse.confine import landlock_abi
from warehouse.lake import Lake
from warehouse.query_child import Request
from warehouse.sandbox import query
from warehouse.serving_settings import QuerySettings
from warehouse.settings import LakeSettings

pytestmark = pytest.mark.integration
QUICK = QuerySettings(timeout_seconds=30, memory_mb=256, spill_mb=64)
# The child without its first wall, one statement after the other: are the walls behind it seen to hold?
UNCHECKED = """
import json, sys
from warehouse.query_child import Request, open_alone, shut_in
request, statements = Request.from_json(sys.argv[1]), json.loads(sys.argv[2])
answers = []
with open_alone(request.lake) as lake:
    assert shut_in(lake, request)
    for sql in statements:
        try:
            answers.append(["answered", str(lake.execute(sql).fetchall())])
        except Exception as error:
            answers.append(["refused", str(error)])
print(json.dumps(answers))
"""
needs_landlock = pytest.mark.skipif(landlock_abi() < 3, reason="this kernel has no Landlock of ABI 3")


def ask(lake: LakeSettings, sql: str, bounds: QuerySettings = QUICK) -> list[dict[str, object]]:
    with query(lake, sql, bounds) as answer:
        return pa.Table.from_batches(answer.batches, answer.schema).to_pylist()


def ask_unchecked(lake: LakeSettings, statements: list[str], spill: Path) -> list[list[str]]:
    request = Request("", lake, str(spill), 256 << 20, 64 << 20, 60)
    command = [sys.executable, "-c", UNCHECKED, request.to_json(), json.dumps(statements)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p or "." for p in sys.path), "TMPDIR": str(spill)}
    ended = subprocess.run(command, capture_output=True, env=env, check=True)
    answers: list[list[str]] = json.loads(ended.stdout)
    return answers


def test_a_query_reads_what_is_in_parquet_and_in_the_catalog(read_lake: LakeSettings) -> None:
    rows = ask(read_lake, "SELECT country, count(*) AS n FROM reports_latest GROUP BY ALL ORDER BY ALL")
    assert rows == [{"country": "Mali", "n": 1000}, {"country": "Niger", "n": 3}]


def test_the_answer_says_whether_the_kernel_holds_the_walls(read_lake: LakeSettings) -> None:
    with query(read_lake, "EXPLAIN SELECT 1", QUICK) as answer:
        assert answer.landlocked == (landlock_abi() > 0)
        assert answer.explains


def test_a_query_leaves_no_trace_in_the_folder(read_lake: LakeSettings) -> None:
    before = files_of(read_lake)
    ask(read_lake, "SELECT * FROM reports_latest ORDER BY random()")
    assert files_of(read_lake) == before


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO '{lake}/data/x.csv'",
        "ATTACH '{lake}/lake.sqlite' AS c (TYPE sqlite)",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM sqlite_scan('{lake}/lake.sqlite', 'ducklake_table')",
        "SELECT * FROM sqlite_query('__ducklake_metadata_tocsin', 'DELETE FROM ducklake_table RETURNING *')",
        "SELECT * FROM ducklake_cleanup_old_files('tocsin', cleanup_all => true)",
        "SELECT * FROM query('SELECT 1')",
        "SET memory_limit = '100GB'",
        "SELECT 1; DROP TABLE reports",
        "DELETE FROM reports",
        "EXPLAIN ANALYZE DELETE FROM reports",
        "SELECT nothing FROM reports",
        "",
    ],
)
def test_hostile_and_wrong_sql_is_refused_in_one_line(read_lake: LakeSettings, sql: str) -> None:
    with pytest.raises(SqlError) as caught:
        ask(read_lake, sql.format(lake=read_lake.path))
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


WAYS_OUT = (
    "COPY (SELECT 1) TO '{lake}/data/x.csv'",
    "COPY (SELECT 1) TO '{lake}/x.csv'",
    "COPY (SELECT 1) TO '{home}/x.csv'",
    "ATTACH '{home}/x.db'",
    "EXPORT DATABASE '{lake}/data/out'",
    "SELECT * FROM read_text('/etc/hostname')",
    "SELECT * FROM read_text('{home}/secret')",
    "INSERT INTO migrations SELECT * FROM migrations",
    "DROP VIEW dictionary",
    "SELECT * FROM ducklake_flush_inlined_data('tocsin')",
    "SELECT * FROM ducklake_delete_orphaned_files('tocsin', cleanup_all => true)",
    "SELECT * FROM sqlite_query('__ducklake_metadata_tocsin', 'DELETE FROM ducklake_table RETURNING *')",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SELECT * FROM json",
)


@needs_landlock
def test_the_walls_behind_the_parser_hold_without_it(read_lake: LakeSettings, tmp_path: Path) -> None:
    home, spill = tmp_path / "home", tmp_path / "spill"
    home.mkdir()
    spill.mkdir()
    (home / "secret").write_text("secret")
    before = files_of(read_lake)
    statements = [sql.format(lake=read_lake.path, home=home) for sql in WAYS_OUT]
    answers = ask_unchecked(read_lake, ["SELECT count(*) FROM reports", *statements], spill)
    assert answers[0] == ["answered", "[(1003,)]"]
    assert [sql for sql, (kind, _) in zip(WAYS_OUT, answers[1:], strict=True) if kind == "answered"] == []
    assert files_of(read_lake) == before
    assert [p.name for p in home.iterdir()] == ["secret"]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT sum(a.range * b.range) FROM range(10000000) AS a, range(10000000) AS b",
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT * FROM r",
        "SELECT range FROM range(1000000000000)",
    ],
)
def test_a_query_without_end_is_stopped_with_the_bound_in_the_message(
    read_lake: LakeSettings, sql: str
) -> None:
    started = time.monotonic()
    with (
        pytest.raises(SqlError, match=r"stopped after 2 s.*query\.timeout_seconds"),
        query(read_lake, sql, QuerySettings(timeout_seconds=2)) as answer,
    ):
        for _ in answer.batches:
            pass
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT list(repeat('x', 1000)) FROM range(10000000)",
        "SELECT length(repeat('x', 2000000000))",
        "SELECT * FROM (SELECT random() AS r, repeat('x', 200) FROM range(5000000)) ORDER BY r",
    ],
)
def test_a_query_beyond_its_memory_and_disk_ends_and_says_so(read_lake: LakeSettings, sql: str) -> None:
    with pytest.raises(SqlError, match=r"memory|space|spill|size|process ended"):
        ask(read_lake, sql, QuerySettings(timeout_seconds=60, memory_mb=128, spill_mb=16))


def test_a_huge_answer_streams_and_may_be_left(read_lake: LakeSettings) -> None:
    seen = 0
    started = time.monotonic()
    with query(read_lake, "SELECT range, repeat('x', 100) FROM range(100000000000)", QUICK) as answer:
        for batch in answer.batches:
            seen += batch.num_rows
            if seen > 100_000:
                break
    assert 100_000 < seen < 200_000
    assert time.monotonic() - started < 20


def test_an_error_in_the_middle_of_an_answer_is_not_an_end(read_lake: LakeSettings) -> None:
    sql = "SELECT CASE WHEN range = 1500000 THEN error('far down') ELSE range END FROM range(3000000)"
    with pytest.raises(SqlError, match="far down"):
        ask(read_lake, sql)


def test_a_query_nested_too_deep_is_refused(read_lake: LakeSettings) -> None:
    with pytest.raises(SqlError):
        ask(read_lake, "SELECT " + "(" * 30_000 + "1" + ")" * 30_000)


def test_no_secret_of_the_environment_reaches_the_child(
    read_lake: LakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_KAFKA__PASSWORD", "hush")
    others = set(psutil.Process().children())  # a broker of the test session, for one
    with query(read_lake, "SELECT range FROM range(10000000)", QUICK):
        (child,) = set(psutil.Process().children()) - others
        environment = child.environ()
    assert environment["TMPDIR"]
    assert "hush" not in environment.values()


def test_a_lake_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(LakeError, match="There is no lake"):
        ask(LakeSettings(folder=str(tmp_path)), "SELECT 1")


def test_a_file_that_is_no_catalog_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "lake.sqlite").write_bytes(b"not a database, whatever its name says" * 100)
    with pytest.raises(LakeError, match="cannot be opened"):
        ask(LakeSettings(folder=str(tmp_path)), "SELECT 1")


def test_a_newer_lake_is_refused(tmp_path: Path) -> None:
    settings = LakeSettings(folder=str(tmp_path))
    with Lake.create_or_open(settings) as lake:
        lake.execute("INSERT INTO migrations SELECT * REPLACE (9999 AS number) FROM migrations LIMIT 1")
    with pytest.raises(LakeTooNew):
        ask(settings, "SELECT 1")


def test_queries_work_beside_a_live_writer_and_see_what_it_commits(tmp_path: Path) -> None:
    settings = LakeSettings(folder=str(tmp_path))
    stop = threading.Event()
    written = 0

    def write() -> None:
        nonlocal written
        with Lake.create_or_open(settings) as lake:
            while not stop.is_set():
                insert(lake, "skips", offset=written)
                written += 1

    Lake.create_or_open(settings).close()
    writer = threading.Thread(target=write)
    writer.start()
    try:
        seen = []
        while len(seen) < 5 or not seen[-1]:
            seen += [row["n"] for row in ask(settings, "SELECT count(*) AS n FROM skips")]
            assert len(seen) < 60
    finally:
        stop.set()
        writer.join()
    assert seen == sorted(seen)
    assert 0 < seen[-1] <= written
    assert ask(settings, "SELECT count(*) AS n FROM skips") == [{"n": written}]
