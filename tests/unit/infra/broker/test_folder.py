"""The broker's folder: who owns it is told by a lock that ends with its holder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from infra.broker.folder import BrokerFolder, BrokerRecord
from schemas.errors import InputError

RECORD = BrokerRecord(pid=12, port=19092, started_at="2026-11-24T08:00:00+00:00")


def test_a_folder_that_does_not_exist_is_owned_by_nobody_and_is_not_made(tmp_path: Path) -> None:
    folder = BrokerFolder(tmp_path / "none")
    assert not folder.is_owned()
    assert folder.read_record() is None
    assert not folder.path.exists()


def test_the_lock_is_exclusive_while_it_is_open(tmp_path: Path) -> None:
    folder = BrokerFolder(tmp_path / "deep" / "broker")
    lock = folder.lock()
    assert lock is not None
    with lock:
        assert folder.is_owned()
        assert folder.lock(patience_seconds=0.1) is None
    assert not folder.is_owned()


def test_a_process_that_inherited_the_lock_owns_the_folder_until_it_ends(tmp_path: Path) -> None:
    folder = BrokerFolder(tmp_path)
    lock = folder.lock()
    assert lock is not None
    with lock:
        child = subprocess.Popen(
            [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[lock.fileno()]
        )
    assert folder.is_owned()
    child.kill()
    child.communicate()
    assert not folder.is_owned()


def test_looking_does_not_keep_a_start_out(tmp_path: Path) -> None:
    folder = BrokerFolder(tmp_path)
    for _ in range(50):
        assert not folder.is_owned()
        lock = folder.lock(patience_seconds=0)
        assert lock is not None
        lock.close()


def test_the_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    folder = BrokerFolder(tmp_path)
    folder.write_record(RECORD)
    assert folder.read_record() == RECORD
    folder.forget()
    assert folder.read_record() is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": 1}'])
def test_a_broken_record_is_no_record(tmp_path: Path, content: str) -> None:
    folder = BrokerFolder(tmp_path)
    folder.record_file.write_text(content)
    assert folder.read_record() is None


def test_the_last_log_is_put_aside_and_the_one_before_it_dropped(tmp_path: Path) -> None:
    folder = BrokerFolder(tmp_path)
    folder.rotate_log()
    for text in ("first", "second"):
        folder.log.write_text(text)
        folder.rotate_log()
    assert (tmp_path / "broker.log.1").read_text() == "second"
    assert not folder.log.exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="--folder") as caught:
        BrokerFolder(tmp_path / "file").lock()
    assert str(tmp_path / "file") in caught.value.message
