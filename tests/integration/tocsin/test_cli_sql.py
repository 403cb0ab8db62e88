"""`tocsin sql` and `tocsin attach` as a user runs them: what is printed, what is written, how it ends."""

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from schemas.errors import InputError, LakeError, SqlError
from tests.kit.rows import insert
from tocsin.cli.attach import attach_app
from tocsin.cli.sql import sql_app
from warehouse.lake import Lake
from warehouse.settings import LakeSettings

pytestmark = pytest.mark.integration
runner = CliRunner()


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LakeSettings:
    """A lake with three reports of Mali, found through the environment."""
    settings = LakeSettings(folder=str(tmp_path / "lake"))
    with Lake.create_or_open(settings) as lake:
        for n in range(3):
            insert(lake, "reports", report_id=str(n), country="Mali", source="=HYPERLINK()", fatalities=n)
    monkeypatch.setenv("TOCSIN_LAKE__FOLDER", settings.folder)
    monkeypatch.chdir(tmp_path)
    return settings


def ask(*arguments: str, stdin: str | None = None) -> str:
    ended = runner.invoke(sql_app, arguments, input=stdin, catch_exceptions=False)
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def test_a_table_shows_rows_and_their_number(lake: LakeSettings) -> None:
    shown = ask("SELECT report_id, country FROM reports_latest ORDER BY ALL")
    assert shown.splitlines()[0].split() == ["report_id", "country"]
    assert shown.splitlines()[-1] == "3 rows."


def test_a_table_that_is_cut_says_so(lake: LakeSettings) -> None:
    shown = ask("FROM reports_latest", "--limit", "2")
    assert shown.splitlines()[-1].startswith("The first 2 rows: there are more")


def test_explain_prints_the_plan(lake: LakeSettings) -> None:
    assert "DUCKLAKE_SCAN" in ask("EXPLAIN FROM reports")


def test_csv_is_safe_for_spreadsheets(lake: LakeSettings) -> None:
    shown = ask("SELECT source, fatalities - 1 AS n FROM reports ORDER BY n", "--format", "csv")
    rows = list(csv.reader(io.StringIO(shown)))
    assert rows == [["source", "n"], ["'=HYPERLINK()", "-1"], ["'=HYPERLINK()", "0"], ["'=HYPERLINK()", "1"]]


def test_json_lines_come_from_standard_input_too(lake: LakeSettings) -> None:
    shown = ask("-", "--format", "jsonl", "--limit", "1", stdin="SELECT country, assoc_actor_1 FROM reports")
    assert [json.loads(line) for line in shown.splitlines()] == [{"country": "Mali", "assoc_actor_1": []}]


def test_parquet_goes_to_a_file(lake: LakeSettings, tmp_path: Path) -> None:
    ask("FROM reports_latest", "--format", "parquet", "--output", str(tmp_path / "out.parquet"))
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 3
    assert sorted(p.name for p in tmp_path.iterdir()) == ["lake", "out.parquet"]


def test_a_failing_query_leaves_no_file_and_keeps_the_old_one(lake: LakeSettings, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("before")
    with pytest.raises(SqlError, match="far down"):
        ask("SELECT error('far down') FROM reports", "--format", "csv", "--output", str(out))
    assert out.read_text() == "before"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["lake", "out.csv"]


def test_a_file_that_cannot_be_written_is_said_so(lake: LakeSettings, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        ask("SELECT 1", "--output", str(tmp_path / "nowhere" / "out.csv"))


def test_the_timeout_can_be_given(lake: LakeSettings) -> None:
    with pytest.raises(SqlError, match=r"stopped after 1\.5 s"):
        ask("SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b", "--timeout", "1.5")


def test_without_a_lake_it_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOCSIN_LAKE__FOLDER", str(tmp_path / "none"))
    with pytest.raises(LakeError, match="There is no lake"):
        ask("SELECT 1")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("flags", "first"), [((), "# Needs: pip install duckdb"), (("--cli",), "-- For DuckDB")]
)
def test_attach_prints_a_snippet_for_this_lake(
    lake: LakeSettings, flags: tuple[str, ...], first: str
) -> None:
    ended = runner.invoke(attach_app, list(flags))
    assert ended.exit_code == 0
    assert ended.stdout.startswith(first)
    assert str(lake.catalog_path) in ended.stdout
