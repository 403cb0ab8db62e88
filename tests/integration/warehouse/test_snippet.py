"""The printed snippets open the lake without Tocsin, from another folder, also while it is written."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tests.kit.rows import insert
from warehouse.extensions import LAKE_EXTENSIONS, load_extensions
from warehouse.lake import Lake
from warehouse.settings import LakeSettings
from warehouse.snippet import duckdb_snippet, python_snippet

pytestmark = pytest.mark.integration


def run_python(snippet: str, folder: Path) -> str:
    """-I: without this repository on the path, the working directory or PYTHONPATH."""
    command = [sys.executable, "-I", "-W", "error", "-c", snippet]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder).stdout


def test_the_python_snippet_reads_the_lake_beside_an_open_writer(tmp_path: Path) -> None:
    settings = LakeSettings(folder=str(tmp_path / "it's a lake"))
    with Lake.create_or_open(settings) as lake:
        insert(lake, "reports", country="Mali", report_id="1")
        with lake.transaction():
            insert(lake, "reports", country="Niger", report_id="2")
            shown = run_python(python_snippet(settings), tmp_path)
    assert "Mali" in shown
    assert "Niger" not in shown
    assert "reports_latest" in shown


def test_a_copied_lake_opens_where_it_lies(read_lake: LakeSettings, tmp_path: Path) -> None:
    shutil.copytree(read_lake.path, tmp_path / "copy")
    shown = run_python(python_snippet(replace(read_lake, folder=str(tmp_path / "copy"))), tmp_path)
    assert "1000" in shown


def test_the_snippet_for_the_command_line_is_sql_that_runs(read_lake: LakeSettings) -> None:
    con = duckdb.connect()
    load_extensions(con, LAKE_EXTENSIONS)
    # LOAD by name finds an installed extension; here they lie in wheels and are loaded already.
    text = duckdb_snippet(read_lake).replace("LOAD ducklake;", "").replace("LOAD sqlite;", "")
    *_, counts, words = [con.execute(s).fetchall() for s in con.extract_statements(text)]
    assert counts == [("Mali", 1000), ("Niger", 3)]
    assert len(words) > 100
