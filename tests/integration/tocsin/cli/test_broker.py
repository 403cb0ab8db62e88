"""`tocsin broker start|stop|status`, as a person uses it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from infra.broker.ports import free_port
from infra.broker.server import Broker, BrokerState
from schemas.errors import BrokerFolderInUse
from tocsin.cli.broker import broker_app

pytestmark = pytest.mark.integration


def broker(*arguments: object) -> Result:
    return CliRunner().invoke(broker_app, [str(argument) for argument in arguments])


def test_a_started_broker_outlives_the_command_and_is_found_and_stopped_by_others(tmp_path: Path) -> None:
    port = free_port()
    command = "from tocsin.cli.broker import broker_app; broker_app()"
    started = subprocess.run(
        [sys.executable, "-c", command, "start", "--port", str(port), "--folder", str(tmp_path)],
        cwd=Path(__file__).parents[4],
        capture_output=True,
        text=True,
        check=True,
    )
    try:
        assert f"127.0.0.1:{port}" in started.stdout
        found = broker("status", "--folder", tmp_path)
        assert found.exit_code == 0
        assert "running" in found.stdout
        again = broker("start", "--folder", tmp_path, "--port", port)
        assert again.exit_code == 0
        other = broker("start", "--folder", tmp_path, "--port", free_port())
        assert isinstance(other.exception, BrokerFolderInUse)
    finally:
        stopped = broker("stop", "--folder", tmp_path)
    assert "its data is kept" in stopped.stdout
    assert Broker(tmp_path).status().state is BrokerState.STOPPED


def test_without_a_broker_status_exits_with_3_and_stop_succeeds(tmp_path: Path) -> None:
    found = broker("status", "--folder", tmp_path / "none")
    assert found.exit_code == 3
    assert "stopped" in found.stdout
    stopped = broker("stop", "--folder", tmp_path / "none")
    assert stopped.exit_code == 0
    assert "No broker was running" in stopped.stdout
    assert not (tmp_path / "none").exists()
