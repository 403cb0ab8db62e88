"""The lake as a folder: made, migrated, refused when newer, opened beside writers, copied away."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from schemas.derive import sql_type
from schemas.errors import ConfigError, LakeError, LakeTooNew
from schemas.tables import TABLES
from tests.kit.lake import Told, contents, land, new_lake, new_lander, one
from warehouse import extensions, migrations
from warehouse.audit import audit
from warehouse.extensions import extension_file
from warehouse.lake import Lake
from warehouse.migrations import MIGRATIONS, NEWEST, Migration, lake_version
from warehouse.settings import LakeSettings


@pytest.fixture
def settings(tmp_path: Path) -> LakeSettings:
    return LakeSettings(folder=str(tmp_path / "lake"))


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    return Lake.create_or_open(LakeSettings(folder=str(tmp_path_factory.mktemp("lake"))))


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_its_columns_with_their_words(lake: Lake, name: str) -> None:
    table = TABLES[name]
    found = lake.rows(
        "SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns() "
        f"WHERE database_name = 'tocsin' AND table_name = '{name}' ORDER BY column_index"
    )
    assert found == [(c.name, _type(c), c.nullable, c.doc) for c in table.columns]
    comment = one(
        lake, f"SELECT comment FROM duckdb_tables() WHERE database_name = 'tocsin' AND table_name = '{name}'"
    )
    assert comment == table.doc


def _type(column: object) -> str:
    ((named,),) = duckdb.execute(f"SELECT typeof(NULL::{sql_type(column.kind, column.bits)})").fetchall()  # type: ignore[attr-defined]
    return str(named)


def test_options_are_kept_in_the_lake(lake: Lake) -> None:
    options = set(lake.rows("SELECT option_name, value, scope_entry FROM tocsin.options()"))
    assert ("data_inlining_row_limit", "300", None) in options
    assert ("data_inlining_row_limit", "0", "main.reject_payloads") in options
    assert ("version", "1.0", None) in options


def test_small_inserts_stay_in_the_catalog_and_large_payloads_do_not(tmp_path: Path) -> None:
    with new_lake(tmp_path) as lake:
        land(new_lander(lake), Told(0), Told(1, "b", fails=True, payload=b"x" * 70_000))
        files = list(lake.settings.data_path.rglob("*.parquet"))
        assert [p.parent.name for p in files] == ["reject_payloads"]


def test_a_lake_is_migrated_once_and_then_left_alone(settings: LakeSettings) -> None:
    with Lake.create_or_open(settings) as lake:
        assert lake_version(lake) == NEWEST
        before = lake.snapshot_id()
    with Lake.create_or_open(settings) as lake:
        assert lake.snapshot_id() == before
        names = [
            name for (name,) in lake.rows("SELECT name FROM migrations WHERE number > 0 ORDER BY number")
        ]
    assert names == [m.name for m in MIGRATIONS]


def test_a_later_migration_runs_and_older_tocsins_refuse_the_lake(
    settings: LakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Lake.create_or_open(settings).close()
    later = Migration(NEWEST + 1, "one more", lambda lake: lake.execute("CREATE TABLE one_more (a INTEGER)"))
    with monkeypatch.context() as newer:
        newer.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, later))
        newer.setattr(migrations, "NEWEST", later.number)
        with Lake.create_or_open(settings) as lake:
            assert "one_more" in lake.table_names()
    for opened in (Lake.create_or_open, Lake.open_read_only):
        with pytest.raises(LakeTooNew, match=f"form {later.number}"):
            opened(settings)


def test_a_migration_that_fails_leaves_the_lake_as_it_was(
    settings: LakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Lake.create_or_open(settings).close()

    def fail(lake: Lake) -> None:
        lake.execute("CREATE TABLE half_done (a INTEGER)")
        raise ZeroDivisionError

    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, Migration(NEWEST + 1, "fails", fail)))
    monkeypatch.setattr(migrations, "NEWEST", NEWEST + 1)
    with pytest.raises(ZeroDivisionError):
        Lake.create_or_open(settings)
    monkeypatch.undo()
    with Lake.create_or_open(settings) as lake:
        assert "half_done" not in lake.table_names()


def test_views_are_made_anew_when_they_have_changed(settings: LakeSettings) -> None:
    with Lake.create_or_open(settings) as lake:
        lake.execute("UPDATE migrations SET name = 'views of another day' WHERE number = 0")
        lake.execute("DROP VIEW coverage")
    with Lake.create_or_open(settings) as lake:
        assert lake.rows("SELECT * FROM coverage") == []


def test_several_processes_may_make_the_same_lake_at_once(settings: LakeSettings) -> None:
    program = (
        "import sys; from warehouse.lake import Lake; from warehouse.settings import LakeSettings; "
        "Lake.create_or_open(LakeSettings(folder=sys.argv[1])).close()"
    )
    words = [sys.executable, "-c", program, settings.folder]
    with ThreadPoolExecutor(3) as pool:
        done = list(
            pool.map(lambda _: subprocess.run(words, capture_output=True, text=True, check=False), range(3))
        )
    assert [d.returncode for d in done] == [0, 0, 0], [d.stderr for d in done]
    with Lake.open_read_only(settings) as lake:
        assert one(lake, "SELECT count(*) FROM migrations WHERE number > 0") == len(MIGRATIONS)


def test_a_lake_that_is_copied_away_opens_elsewhere_with_all_its_rows(tmp_path: Path) -> None:
    with new_lake(tmp_path / "first") as lake:
        lander = new_lander(lake)
        land(lander, Told(0, reports=2), Told(1, "b", fails=True, payload=b"x" * 70_000))
        lake.execute("CALL ducklake_flush_inlined_data('tocsin')")
        land(lander, Told(2, "c", reports=3))
        before = contents(lake)
    shutil.copytree(tmp_path / "first", tmp_path / "elsewhere" / "copy")
    shutil.rmtree(tmp_path / "first")
    copied = LakeSettings(folder=str(tmp_path / "elsewhere" / "copy"))
    with Lake.open_read_only(copied) as lake:
        assert contents(lake) == before
    with Lake.create_or_open(copied) as lake:
        land(new_lander(lake), Told(3, "d"))
        assert audit(lake).broken == {}
        assert all(
            "first" not in f
            for (f,) in lake.rows("SELECT data_file FROM ducklake_list_files('tocsin', 'reports')")
        )


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    new_lake(tmp_path).close()
    with (
        Lake.open_read_only(LakeSettings(folder=str(tmp_path))) as lake,
        pytest.raises(duckdb.Error, match="read-only"),
    ):
        lake.execute("DELETE FROM reports")


def test_what_is_no_lake_is_said(settings: LakeSettings, tmp_path: Path) -> None:
    with pytest.raises(LakeError, match="There is no lake"):
        Lake.open_read_only(settings)
    (tmp_path / "file").touch()
    with pytest.raises(LakeError, match="cannot be made"):
        Lake.create_or_open(LakeSettings(folder=str(tmp_path / "file")))
    settings.data_path.mkdir(parents=True)
    settings.catalog_path.write_bytes(b"this is no database, it only says so" * 100)
    with pytest.raises(LakeError, match="cannot be opened"):
        Lake.create_or_open(settings)
    with pytest.raises(ConfigError, match="postgres"):
        Lake.create_or_open(LakeSettings(folder=str(tmp_path / "other"), catalog="postgres:dbname=lake"))


def test_an_extension_that_is_missing_names_its_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LakeError, match="duckdb-extension-no-such=="):
        extension_file("no_such")
    monkeypatch.setattr(extensions, "extension_file", lambda _: Path("/nowhere/ducklake.duckdb_extension"))
    with pytest.raises(LakeError, match="cannot load"):
        extensions.load_extensions(duckdb.connect())


def test_a_lake_that_is_reopened_goes_on_with_what_was_committed(lake: Lake) -> None:
    lake.execute("CREATE TABLE tocsin.kept (n BIGINT)")
    lake.execute("INSERT INTO kept VALUES (1)")
    before = lake.connection
    lake.reopen()
    assert lake.connection is not before
    assert lake.rows("SELECT n FROM kept") == [(1,)]
