"""The data folder: formatted once, whole or not at all. A small script stands where Java would."""

from __future__ import annotations

import base64
import stat
import subprocess
from pathlib import Path

import pytest

from infra.broker import storage
from infra.broker.folder import BrokerFolder
from infra.broker.storage import cluster_id, format_storage, new_cluster_id
from schemas.errors import BrokerNotReady

FORMAT = 'echo said; mkdir "${0%/*}/data.new" && echo "cluster.id=$4" > "${0%/*}/data.new/meta.properties"'


def tool(folder: Path, script: str) -> list[str]:
    path = folder / "java"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return [str(path)]


def test_a_cluster_id_is_a_uuid_in_kafkas_form() -> None:
    for _ in range(200):  # one in 64 would begin with a dash if that were allowed
        text = new_cluster_id()
        assert len(base64.urlsafe_b64decode(text + "==")) == 16
        assert not text.startswith("-")


def test_a_folder_is_formatted_once(tmp_path: Path) -> None:
    folder = BrokerFolder(tmp_path)
    assert cluster_id(folder) is None
    format_storage(folder, tool(tmp_path, FORMAT))
    made = cluster_id(folder)
    assert made
    format_storage(folder, tool(tmp_path, "exit 1"))
    assert cluster_id(folder) == made


def test_what_an_interrupted_format_left_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "data.new").mkdir()
    format_storage(BrokerFolder(tmp_path), tool(tmp_path, FORMAT))
    assert cluster_id(BrokerFolder(tmp_path))


def test_a_failing_tool_is_quoted(tmp_path: Path) -> None:
    with pytest.raises(BrokerNotReady, match="no room here"):
        format_storage(BrokerFolder(tmp_path), tool(tmp_path, "echo no room here >&2; exit 1"))
    assert cluster_id(BrokerFolder(tmp_path)) is None


def test_a_tool_that_hangs_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "_FORMAT_SECONDS", 0.2)
    with pytest.raises(BrokerNotReady) as caught:
        format_storage(BrokerFolder(tmp_path), tool(tmp_path, "exec sleep 30"))
    assert isinstance(caught.value.__cause__, subprocess.TimeoutExpired)
