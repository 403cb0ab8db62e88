"""When upkeep is due, and the bounds below which nothing is expired."""

import json
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import ConfigError
from warehouse import maintain as module
from warehouse.compact import Done
from warehouse.expire import check_bounds, clean, expire, sweep
from warehouse.maintain import Upkeep, maintain
from warehouse.serving_settings import MaintainSettings
from warehouse.settings import LakeSettings


class SilentLake:
    """A lake that must not be asked anything."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.settings = LakeSettings(folder=str(folder), **settings)

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"the lake was asked: {name}")


@pytest.mark.parametrize(
    ("lake", "upkeep"),
    [
        ({"snapshots_kept_hours": 0.99}, {}),
        ({"snapshots_kept_hours": 0}, {}),
        ({"snapshots_kept_hours": float("nan")}, {}),
        ({"snapshots_kept_hours": 1.5, "landing_bound_seconds": 600.0}, {}),
        ({}, {"orphan_hours": 0.5}),
        ({"landing_bound_seconds": 3600.0}, {"orphan_hours": 9.9}),
    ],
)
@pytest.mark.parametrize("step", [expire, clean, sweep, maintain])
def test_nothing_is_done_within_the_bounds_of_the_fence(
    tmp_path: Path, lake: dict[str, float], upkeep: dict[str, float], step: Any
) -> None:
    with pytest.raises(ConfigError, match="too short"):
        step(SilentLake(tmp_path, **lake), MaintainSettings(**upkeep))
    with pytest.raises(ConfigError, match="too short"):
        Upkeep(SilentLake(tmp_path, **lake), upkeep=MaintainSettings(**upkeep))  # type: ignore[arg-type]


@given(st.floats(0, 1000), st.floats(0, 100_000))
def test_snapshots_are_always_kept_an_hour_and_ten_landing_bounds(hours: float, bound: float) -> None:
    settings = LakeSettings(snapshots_kept_hours=hours, landing_bound_seconds=bound)
    allowed = hours >= 1 and hours * 3600 >= 10 * bound * (1 - 1e-9)
    try:
        check_bounds(settings, MaintainSettings(orphan_hours=1e9))
    except ConfigError:
        assert not allowed or hours * 3600 <= 10 * bound * (1 + 1e-9)
    else:
        assert allowed


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Upkeep's steps replaced by their names."""
    taken: list[str] = []

    def recorder(name: str) -> Any:
        return lambda *_: taken.append(name) or [Done(name, "", 1)]

    for name in ("flush", "expire", "clean", "sweep", "drop_payloads"):
        monkeypatch.setattr(module, name, recorder(name))
    monkeypatch.setattr(
        module, "compactions", lambda *_, **__: iter([recorder("compact"), recorder("compact")])
    )
    return taken


def upkeep(folder: Path, **settings: Any) -> Upkeep:
    lake: Any = SimpleNamespace(settings=LakeSettings(folder=str(folder)))
    return Upkeep(lake, upkeep=MaintainSettings(**{"flush_seconds": 0.0, "pause_seconds": 60.0, **settings}))


def test_a_fresh_lake_gets_everything_once_and_then_only_what_is_due(
    tmp_path: Path, steps: list[str]
) -> None:
    tidy = upkeep(tmp_path)
    assert len(tidy.between_batches()) == 7
    assert steps == ["flush", "compact", "compact", "expire", "clean", "drop_payloads", "sweep"]
    steps.clear()
    tidy.between_batches()
    assert steps == ["flush", "compact", "compact"]


def test_another_process_does_not_repeat_what_this_one_did(tmp_path: Path, steps: list[str]) -> None:
    upkeep(tmp_path).between_batches()
    steps.clear()
    upkeep(tmp_path, flush_seconds=60.0).between_batches()
    assert steps == []


def test_a_pause_ends_in_time_and_the_next_one_goes_on(tmp_path: Path, steps: list[str]) -> None:
    tidy = upkeep(tmp_path, pause_seconds=1e-9)
    seen = []
    for _ in range(7):
        tidy.between_batches()
        seen.append(len(steps))
    assert seen == [1, 2, 3, 4, 5, 6, 7]
    assert steps == ["flush", "compact", "compact", "expire", "clean", "drop_payloads", "sweep"]


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"flushed": "x", "expired": 0, "swept": 0}', "\x00"])
def test_a_damaged_state_file_means_that_all_is_due(tmp_path: Path, steps: list[str], text: str) -> None:
    (tmp_path / "upkeep.json").write_text(text)
    upkeep(tmp_path).between_batches()
    assert len(steps) == 7
    assert json.loads((tmp_path / "upkeep.json").read_text())["flushed"] == pytest.approx(time.time(), abs=60)


def test_a_clock_that_was_set_back_does_not_put_upkeep_off(tmp_path: Path, steps: list[str]) -> None:
    ahead = time.time() + 1e6
    (tmp_path / "upkeep.json").write_text(json.dumps({"flushed": ahead, "expired": ahead, "swept": ahead}))
    upkeep(tmp_path, flush_seconds=60.0).between_batches()
    assert len(steps) == 7


def test_a_step_that_fails_puts_upkeep_off_and_ends_nothing(
    tmp_path: Path, steps: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "flush", full)
    tidy = upkeep(tmp_path, flush_seconds=60.0)
    assert tidy.between_batches() == []
    assert "put off" in caplog.text
    caplog.clear()
    assert tidy.between_batches() == []
    assert caplog.text == ""
