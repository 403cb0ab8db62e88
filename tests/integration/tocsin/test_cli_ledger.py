"""`tocsin ledger` and `tocsin audit` on a real lake: what they print, what they change, how they end."""

import json
from pathlib import Path

import pytest

from connectors import ends
from schemas.errors import BrokerUnreachable
from tests.kit.lake import KEY, Told, land, new_lake, new_lander
from tocsin.__main__ import main
from warehouse.lake import Lake
from warehouse.settings import LakeSettings


def run(folder: Path, *arguments: str) -> int:
    """The exit code of `tocsin` on the lake in this folder."""
    with pytest.raises(SystemExit) as ended:
        main(["--set", f"lake.folder={folder}", *arguments])
    code = ended.value.code
    return code if isinstance(code, int) else 0


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lake with three articles, one of them rejected."""
    monkeypatch.chdir(tmp_path)
    with new_lake(tmp_path / "lake") as lake:
        land(new_lander(lake), Told(0, reports=2), Told(1, "b", reports=None), Told(2, "c", fails=True))
    return tmp_path / "lake"


def test_positions_are_shown_moved_and_kept_with_a_reason(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "ledger", "show") == 0
    assert "kafka:articles/0  next 3  1 coded, 1 skipped, 1 rejected" in capsys.readouterr().out
    assert run(folder, "ledger", "skip", str(KEY), "9", "--why", "poisoned") == 0
    assert run(folder, "ledger", "rewind", str(KEY), "1", "--why", "a wrong setting") == 0
    capsys.readouterr()
    assert run(folder, "ledger", "show", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["next"], row["offsets_skipped"], row["offsets_reopened"]) == (1, 6, 8)
    with Lake.open_read_only(LakeSettings(folder=str(folder))) as lake:
        assert lake.rows("SELECT reason FROM ledger_changes ORDER BY changed_at") == [
            ("poisoned",),
            ("a wrong setting",),
        ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("skip", "articles", "9", "--why", "x"), "no name of a ledger"),
        (("skip", "kafka:articles/7", "9", "--why", "x"), "There is no ledger"),
        (("rewind", "kafka:articles/0", "9", "--why", "x"), "cannot be rewound"),
        (("skip", "kafka:articles/0", "9", "--why", " "), "needs a reason"),
    ],
)
def test_what_cannot_be_moved_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    assert run(folder, "ledger", *arguments) == 2
    assert message in capsys.readouterr().err


def test_a_sound_lake_is_audited_with_exit_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "audit", "--no-broker") == 0
    printed = capsys.readouterr().out
    assert "kafka:articles/0: 3 passed = 1 coded + 1 skipped + 1 rejected + 0 empty" in printed
    assert "Every equation holds." in printed
    assert run(folder, "audit", "--no-broker", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["holds"], report["reports"], report["skips"]) == (True, 2, {"unsupported_language": 1})


def test_a_difference_is_listed_and_ends_with_exit_1(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Lake.create_or_open(LakeSettings(folder=str(folder))) as lake:
        lake.execute("DELETE FROM reports WHERE fatalities = 1")
    assert run(folder, "audit", "--no-broker") == 1
    said = capsys.readouterr()
    assert "DIFFERENCE coding_landed" in said.out
    assert "does not add up: coding_landed (1)" in said.err


def test_without_a_broker_the_tables_are_audited_alone(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: object) -> None:
        raise BrokerUnreachable("No broker answers.", "Start one.")

    monkeypatch.setattr(ends, "log_ends", away)
    assert run(folder, "audit") == 0
    said = capsys.readouterr()
    assert "The broker was not asked: No broker answers." in said.err
    assert "Every equation holds." in said.out


def test_the_broker_s_offsets_are_held_against_the_ledgers(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ends, "log_ends", lambda _: {KEY: (0, 5)})
    assert run(folder, "audit") == 0
    assert "; 2 wait in the broker" in capsys.readouterr().out
    monkeypatch.setattr(ends, "log_ends", lambda _: {KEY: (0, 2)})
    assert run(folder, "audit") == 1
    assert "DIFFERENCE broker_end" in capsys.readouterr().out
