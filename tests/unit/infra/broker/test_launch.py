"""How a process is started so that it outlives its starter, or never does."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import psutil

from infra.broker.folder import BrokerFolder
from infra.broker.launch import Watchman, start_process


def start(folder: BrokerFolder, *command: str) -> int:
    lock = folder.lock()
    assert lock is not None
    with lock:
        return start_process(command, folder=folder.path, log=folder.log, lock=lock)


def wait_free(folder: BrokerFolder, seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while folder.is_owned() and time.monotonic() < until:
        time.sleep(0.02)
    return not folder.is_owned()


def test_a_started_process_runs_in_the_folder_in_a_session_of_its_own_and_owns_it(tmp_path: Path) -> None:
    folder = BrokerFolder(tmp_path)
    pid = start(folder, "sleep", "60")
    try:
        assert folder.is_owned()
        assert psutil.Process(pid).cwd() == str(tmp_path)
        assert os.getsid(pid) != os.getsid(0)
        assert psutil.Process(pid).ppid() != os.getpid()
    finally:
        os.kill(pid, signal.SIGKILL)
    assert wait_free(folder)


def test_what_it_prints_goes_to_the_log(tmp_path: Path) -> None:
    folder = BrokerFolder(tmp_path)
    start(folder, "sh", "-c", "echo out; echo err >&2")
    assert wait_free(folder)
    assert sorted(folder.log.read_text().split()) == ["err", "out"]


def test_the_watchman_ends_the_process_when_its_owner_is_gone(tmp_path: Path) -> None:
    folder = BrokerFolder(tmp_path)
    watchman = Watchman.over(start(folder, "sleep", "60"))
    watchman.process.communicate()  # closes the pipe, as the end of the owner does, and waits for the watchman
    assert wait_free(folder)


def test_a_dismissed_watchman_leaves_the_process_alone(tmp_path: Path) -> None:
    folder = BrokerFolder(tmp_path)
    pid = start(folder, "sleep", "60")
    Watchman.over(pid).dismiss()
    assert folder.is_owned()
    os.kill(pid, signal.SIGKILL)
    assert wait_free(folder)
