"""What may run for an analyst: one SELECT or EXPLAIN that calls nothing outside the list."""

import duckdb
import pytest

from schemas.errors import SqlError
from warehouse.statement import MAX_SQL_CHARS, check, one_line


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1",
        "FROM reports_latest",
        "WITH a AS (SELECT 1) SELECT * FROM a;",
        "VALUES (1)",
        "-- a comment\nSELECT ';' AS \"two; one\"",
        "DESCRIBE reports",
        "SUMMARIZE reports",
        "SHOW TABLES",
        "SELECT * FROM range(3), unnest([1, 2]) AS u",
        "PIVOT reports ON country IN ('Mali', 'Niger') USING count(*)",
        "SELECT * FROM evidence('x')",
        "SELECT * FROM tocsin.evidence('x')",
    ],
)
def test_one_select_may_run(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    assert not check(con, sql, {"evidence"}).explains


@pytest.mark.parametrize(
    ("sql", "made"),
    [
        ("EXPLAIN SELECT 1", "EXPLAIN SELECT 1"),
        ("explain analyze select 1", "EXPLAIN ANALYZE select 1"),
        ("/* why */ EXPLAIN -- so\n ANALYZE /* ! */ SELECT 1", "EXPLAIN ANALYZE SELECT 1"),
    ],
)
def test_explain_of_a_select_may_run_and_is_made_anew(
    con: duckdb.DuckDBPyConnection, sql: str, made: str
) -> None:
    found = check(con, sql)
    assert found.explains
    assert " ".join(found.sql.replace("/* ! */", "").split()) == made


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO '/tmp/x.csv'",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '/tmp/x.csv'",
        "EXPLAIN INSERT INTO t VALUES (1)",
        "EXPLAIN ANALYZE -- SELECT\n DELETE FROM t",
        "ATTACH '/tmp/x.db'",
        "DETACH tocsin",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET threads = 1",
        "PRAGMA threads = 1",
        "PRAGMA enable_profiling",
        "CALL ducklake_flush_inlined_data('tocsin')",
        "INSERT INTO reports DEFAULT VALUES",
        "DELETE FROM reports",
        "DROP TABLE reports",
        "CREATE TEMP TABLE t AS SELECT 1",
        "CHECKPOINT",
        "BEGIN",
        "EXPORT DATABASE '/tmp/x'",
        "PREPARE p AS SELECT 1",
        "EXECUTE p",
        "USE memory",
        "VACUUM",
    ],
)
def test_other_statements_may_not_run(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    with pytest.raises(SqlError, match="not allowed here"):
        check(con, sql)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT 1; SELECT 2", "2 statements"),
        ("SELECT 1; DROP TABLE reports", "2 statements"),
        ("", "no statement"),
        ("-- nothing", "no statement"),
        ("PIVOT reports ON country", "PIVOT has to name its values"),
        ("SELEC 1", "syntax error"),
        ("EXPLAIN EXPLAIN SELECT 1", "syntax error"),
        ("SELECT 1" + " " * MAX_SQL_CHARS, "characters"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(con: duckdb.DuckDBPyConnection, sql: str, said: str) -> None:
    with pytest.raises(SqlError, match=said) as caught:
        check(con, sql)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "function",
    ["read_csv", "READ_TEXT", "read_parquet", "parquet_scan", "glob", "query", "query_table", "sqlite_scan", "sqlite_query",
     "ducklake_cleanup_old_files", "ducklake_expire_snapshots", "json_execute_serialized_sql", "duckdb_settings",
     "duckdb_secrets", "enable_logging", "checkpoint"],
)  # fmt: skip
@pytest.mark.parametrize(
    "form",
    [
        "SELECT * FROM {}('x')",
        "SELECT (SELECT count(*) FROM {}('x'))",
        "WITH a AS MATERIALIZED (FROM {}('x')) SELECT 1",
        "SELECT 1 UNION ALL SELECT 2 FROM {}('x')",
        "SELECT * FROM reports, LATERAL (SELECT * FROM {}('x'))",
        "EXPLAIN SELECT * FROM main.{}('x')",
        "SUMMARIZE SELECT * FROM {}('x')",
        "SELECT 1 WHERE EXISTS (FROM {}('x')) ORDER BY (SELECT count(*) FROM {}('x'))",
        "PIVOT (FROM {}('x')) ON a IN (1)",
    ],
)
def test_a_table_function_outside_the_list_may_not_run(
    con: duckdb.DuckDBPyConnection, function: str, form: str
) -> None:
    with pytest.raises(SqlError, match=f"table function {function.lower()}"):
        check(con, form.format(function, function))


def test_a_message_of_duckdb_becomes_one_line(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.Error) as caught:
        con.execute("SELECT nothing FROM range(3)")
    said = one_line(caught.value)
    assert said.startswith('Referenced column "nothing" not found')
    assert "\n" not in said
    assert "LINE 1" not in said
