"""Decides whether a text of SQL may run for an analyst: one SELECT or EXPLAIN, by DuckDB's own parser.

Pure but for the parser: touches no file. This is the first wall of four (`warehouse.query_child` names them). It
also says no in words that help, where the walls behind it would only say "not permitted".
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from schemas.errors import SqlError

ADVICE = "Give one SELECT or EXPLAIN."
# A query longer than this is no analyst's, and the parser's time and memory grow with it.
MAX_SQL_CHARS = 100_000
# Table functions that neither touch files nor change anything. A list of what is allowed, because extensions add
# functions that write (ducklake_cleanup_old_files deletes files even where the lake is attached read-only).
TABLE_FUNCTIONS = frozenset(
    """
    range generate_series unnest repeat repeat_row json_each json_tree histogram histogram_values summary
    duckdb_columns duckdb_databases duckdb_functions duckdb_keywords duckdb_schemas duckdb_tables duckdb_types
    duckdb_views pg_timezone_names icu_calendar_names pragma_table_info pragma_show pragma_version pragma_collations
    ducklake_snapshots ducklake_current_snapshot ducklake_table_info ducklake_table_changes
    ducklake_table_insertions ducklake_table_deletions
    """.split()
)
_GAP = r"(?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/)"
_EXPLAIN = re.compile(rf"{_GAP}*EXPLAIN\b(?P<analyze>{_GAP}+ANALYZE\b)?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Statement:
    """What will run: `sql` is made from what was checked, so that nothing unchecked runs."""

    sql: str
    explains: bool


def check(con: duckdb.DuckDBPyConnection, sql: str, macros: Iterable[str] = ()) -> Statement:
    """The one SELECT or EXPLAIN in `sql`; `macros` are the lake's own table macros, which may be called.

    Raises SqlError for anything else: other statements, several, none, or a table function that may touch files.
    """
    if len(sql) > MAX_SQL_CHARS:
        raise SqlError(f"The query has {len(sql)} characters; at most {MAX_SQL_CHARS} are read.", ADVICE)
    found = _one(con, sql)
    if found.type == duckdb.StatementType.SELECT:
        _check_functions(con, found.query, frozenset(macros))
        return Statement(found.query, explains=False)
    head = _EXPLAIN.match(found.query) if found.type == duckdb.StatementType.EXPLAIN else None
    if head is None:
        raise SqlError(f"{_name(found)} is not allowed here.", ADVICE)
    inner = check(con, found.query[head.end() :], macros)
    if inner.explains:
        raise SqlError("EXPLAIN of EXPLAIN is not allowed.", ADVICE)
    return Statement(f"EXPLAIN{' ANALYZE' if head['analyze'] else ''} {inner.sql}", explains=True)


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    try:
        statements = con.extract_statements(sql)
    except duckdb.Error as error:
        raise SqlError(one_line(error)) from None
    if not statements:
        raise SqlError("There is no statement.", ADVICE)
    if any(not s.query.strip() for s in statements):
        raise SqlError(
            "PIVOT has to name its values.", "Write PIVOT … ON column IN ('a', 'b') so that it is one SELECT."
        )
    if len(statements) > 1:
        raise SqlError(f"There are {len(statements)} statements.", ADVICE)
    return statements[0]


def _name(statement: duckdb.Statement) -> str:
    return str(statement.type).rpartition(".")[2].replace("_", " ")


def _check_functions(con: duckdb.DuckDBPyConnection, sql: str, macros: frozenset[str]) -> None:
    answer = con.execute("SELECT json_serialize_sql(?)", [sql]).fetchone()
    tree = json.loads(answer[0]) if answer else {"error": True}
    if tree["error"]:
        raise SqlError(f"The query cannot be checked: {tree.get('error_message', 'unknown')}.", ADVICE)
    for name in _table_functions(tree):
        if name not in TABLE_FUNCTIONS and name not in macros:
            raise SqlError(
                f"The table function {name}() is not allowed here.",
                "Only the lake's tables, views and macros can be read.",
            )


def _table_functions(tree: Any) -> Iterator[str]:
    """Names of all table functions in the parsed statement, at any depth (a list instead of recursion: the tree
    is as deep as its author likes)."""
    rest = [tree]
    while rest:
        node = rest.pop()
        if isinstance(node, dict):
            if node.get("type") == "TABLE_FUNCTION":
                yield str(node["function"].get("function_name", "")).lower()
            rest.extend(node.values())
        elif isinstance(node, list):
            rest.extend(node)


def one_line(error: Exception) -> str:
    """DuckDB's message without its name for the kind of error, its drawing of the place and its hints' line ends."""
    text = str(error).split("\n\nLINE ")[0]
    return " ".join(re.sub(r"^\w+(?: \w+)* Error: ", "", text).split())
