"""`tocsin rejects` and `tocsin maintain` as a user runs them, over a lake in which records have failed."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from schemas.errors import ConfigError, InputError, LakeError
from tests.kit.lake import Told, land, new_lake
from tocsin.cli.maintain import maintain_app
from tocsin.cli.rejects import rejects_app
from tocsin.instants import instant
from tocsin.reject_tables import payload_text, printable
from warehouse.lake import Lake
from warehouse.land import Lander
from warehouse.rejects import RejectFilter, list_rejects
from warehouse.settings import LakeSettings

pytestmark = pytest.mark.integration
runner = CliRunner()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LakeSettings:
    """A lake with one report, two rejected articles (one payload drives terminals) and one rejected report."""
    with new_lake(tmp_path / "lake") as lake:
        land(
            Lander(lake),
            Told(0, "a", reports=2, failing=(1,)),
            Told(1, "b", fails=True),
            Told(2, "c", fails=True, payload=b"\x1b[31mred\xff"),
        )
        made = lake.settings
    monkeypatch.setenv("TOCSIN_LAKE__FOLDER", made.folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return made


def run(app: typer.Typer, *arguments: str) -> str:
    ended = runner.invoke(app, arguments, catch_exceptions=False)
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def open_ids(settings: LakeSettings) -> list[str]:
    with Lake.open_read_only(settings) as lake:
        return sorted(r.reject_id for r in list_rejects(lake))


def test_called_bare_it_counts_by_stage_and_code(settings: LakeSettings) -> None:
    lines = [line.split() for line in run(rejects_app).splitlines()]
    assert lines[0][:4] == ["stage", "code", "open", "replayed"]
    assert ["code", "coding_failed", "2", "0", "0"] in [line[:5] for line in lines]
    assert ["validate", "expectation_failed", "1", "0", "0"] in [line[:5] for line in lines]


def test_a_list_can_be_narrowed_and_cut(settings: LakeSettings) -> None:
    assert len(run(rejects_app, "list").splitlines()) == 5
    assert "coding_failed" not in run(rejects_app, "list", "--stage", "validate")
    assert "there are more" in run(rejects_app, "list", "--limit", "1")
    assert run(rejects_app, "list", "--until", "2020-01-01") == "No rejects are meant.\n"


def test_one_reject_is_shown_with_its_payload_and_harmless_to_the_terminal(settings: LakeSettings) -> None:
    shown = [run(rejects_app, "show", reject[:8]) for reject in open_ids(settings)]
    (red,) = [text for text in shown if "red" in text]
    assert "\x1b" not in red
    assert "\\x1b[31mred\\xff" in red
    assert any("fatalities are not negative" in text for text in shown)


def test_the_payload_alone_is_written_byte_for_byte(settings: LakeSettings) -> None:
    payloads = {runner.invoke(rejects_app, ["show", i, "--payload"]).stdout_bytes for i in open_ids(settings)}
    assert b"\x1b[31mred\xff" in payloads


def test_discarding_settles_what_is_meant_with_the_reason(settings: LakeSettings) -> None:
    assert run(rejects_app, "discard", "--code", "coding_failed", "--why", "a test") == "2 discarded.\n"
    assert len(open_ids(settings)) == 1
    assert "a test" in run(rejects_app, "show", _discarded(settings))
    assert len(run(rejects_app, "list", "--all").splitlines()) == 5


def _discarded(settings: LakeSettings) -> str:
    with Lake.open_read_only(settings) as lake:
        return next(
            r.reject_id for r in list_rejects(lake, RejectFilter(status=None)) if r.status == "discarded"
        )


def test_discarding_everything_is_not_done_by_accident(settings: LakeSettings) -> None:
    with pytest.raises(InputError, match="by accident"):
        run(rejects_app, "discard", "--why", "all of it")
    assert len(open_ids(settings)) == 3


def test_replay_hands_the_filter_on(settings: LakeSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    module = type(sys)("pipelines.replay")
    module.replay = lambda job, which: asked.append((job.lake.folder, which)) or "2 landed"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pipelines.replay", module)
    assert run(rejects_app, "replay", "--stage", "code", "--source", "Example Herald") == "2 landed\n"
    ((folder, which),) = asked
    assert folder == settings.folder
    assert (which.stages, which.sources, which.status) == (("code",), ("Example Herald",), "open")


def test_maintain_says_what_it_did_and_then_that_nothing_is_to_do(settings: LakeSettings) -> None:
    said = run(maintain_app)
    assert "flushed rows" in said
    assert "steps; the lake has" in said
    assert run(maintain_app).startswith("Nothing to do")


def test_maintain_refuses_bounds_that_would_break_the_fence(
    settings: LakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_LAKE__SNAPSHOTS_KEPT_HOURS", "0.5")
    with pytest.raises(ConfigError, match="too short"):
        run(maintain_app)


@pytest.mark.parametrize("arguments", [["list"], ["discard", "abcd", "--why", "x"]])
def test_without_a_lake_none_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setenv("TOCSIN_LAKE__FOLDER", str(tmp_path / "none"))
    monkeypatch.chdir(tmp_path)
    for app, given in ((rejects_app, arguments), (maintain_app, [])):
        with pytest.raises(LakeError, match="There is no lake"):
            run(app, *given)
    assert not (tmp_path / "none").exists()


NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01T12:00:00+04:30", datetime(2026, 3, 1, 7, 30, tzinfo=UTC)),
        ("2026-03-01T12:00:00Z", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("24h", datetime(2026, 3, 1, tzinfo=UTC)),
        ("90m", datetime(2026, 3, 1, 22, 30, tzinfo=UTC)),
        ("1d", datetime(2026, 3, 1, tzinfo=UTC)),
        (None, None),
    ],
)
def test_a_time_may_be_given_or_counted_back(text: str | None, meant: datetime | None) -> None:
    assert instant(text, NOW) == meant


@pytest.mark.parametrize("text", ["", "yesterday", "24", "h", "2026-13-01", "9999999d"])
def test_what_is_no_time_is_said_so(text: str) -> None:
    with pytest.raises(InputError, match="is not a time"):
        instant(text, NOW)


def test_a_long_payload_is_cut_and_an_old_one_missed() -> None:
    assert payload_text(b"x" * 5_000).endswith("1000 bytes more: --payload writes all.")
    assert payload_text(None) == "(The payload is no longer kept.)"
    assert payload_text(b"") == "(empty)"
    assert printable("a\x00b\u202e") == "a\\x00b\\u202e"
