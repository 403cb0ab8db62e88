"""The writers' lock and the leases of shares: one holder, named; gone with its process."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from schemas.errors import LakeError, LakeLocked, ShareTaken
from warehouse.lease import share_lease, sole_lease
from warehouse.lock import read_holder, writer_lock
from warehouse.settings import LakeSettings

HOLD_LOCK = """
import sys
from warehouse.lock import writer_lock
from warehouse.settings import LakeSettings
with writer_lock(LakeSettings(folder=sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
HOLD_SHARE = """
import sys
from warehouse.lease import share_lease
from warehouse.settings import LakeSettings
with share_lease(LakeSettings(folder=sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def settings(tmp_path: Path) -> LakeSettings:
    return LakeSettings(folder=str(tmp_path), lock_wait_seconds=0.2)


@contextmanager
def another_process(program: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """A process that holds what the program takes, until the end of the block."""
    words = [sys.executable, "-c", program, *map(str, arguments)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_process_waits_within_bounds_and_names_the_holder(settings: LakeSettings) -> None:
    with another_process(HOLD_LOCK, settings.folder) as holder:
        began = time.monotonic()
        with pytest.raises(LakeLocked, match=f"pid {holder.pid} .* since 20"), writer_lock(settings):
            pass
        assert 0.2 <= time.monotonic() - began < 5


def test_the_lock_goes_with_its_holder(settings: LakeSettings) -> None:
    with another_process(HOLD_LOCK, settings.folder) as holder:
        holder.kill()
        holder.wait()
        with writer_lock(settings):
            assert read_holder(settings.lock_path).pid == os.getpid()


def test_it_is_free_again_after_the_block_and_after_an_error(settings: LakeSettings) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), writer_lock(settings):
            raise ZeroDivisionError
    with another_process(HOLD_LOCK, settings.folder):
        assert read_holder(settings.lock_path).pid != os.getpid()


def test_a_thread_may_take_it_again_and_another_thread_waits(settings: LakeSettings) -> None:
    with writer_lock(settings), writer_lock(settings):
        assert isinstance(in_thread(settings), LakeLocked)
    assert in_thread(settings) is None


def in_thread(settings: LakeSettings) -> Exception | None:
    """What another thread meets."""
    met: list[Exception | None] = []

    def take() -> None:
        try:
            with writer_lock(settings):
                met.append(None)
        except LakeError as error:
            met.append(error)

    thread = threading.Thread(target=take)
    thread.start()
    thread.join()
    return met[0]


def test_a_forked_child_does_not_keep_it(settings: LakeSettings) -> None:
    with writer_lock(settings):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.read(read, 1)
            os._exit(0)
    try:
        with another_process(HOLD_LOCK, settings.folder):
            assert read_holder(settings.lock_path).pid != os.getpid()
    finally:
        os.write(write, b"x")
        os.waitpid(child, 0)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(LakeError, match="cannot be opened"),
        writer_lock(LakeSettings(folder=str(tmp_path / "no"))),
    ):
        pass


def test_a_share_is_read_by_one_process(settings: LakeSettings) -> None:
    with another_process(HOLD_SHARE, settings.folder, 1, 2) as holder:
        with (
            pytest.raises(ShareTaken, match=f"Share 1/2 is read by pid {holder.pid}"),
            share_lease(settings, 1, 2),
        ):
            pass
        with share_lease(settings, 2, 2):
            pass
    with share_lease(settings, 1, 2):
        pass


def test_shares_of_two_counts_do_not_mix(settings: LakeSettings) -> None:
    with another_process(HOLD_SHARE, settings.folder, 3, 3):
        with pytest.raises(ShareTaken, match="Share 3/3"), share_lease(settings, 1, 2):
            pass
        with share_lease(settings, 1, 2, of="another topic"):
            pass
    with share_lease(settings, 1, 2):
        pass


def test_a_file_that_says_nothing_names_an_unknown_process(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.write_text("not JSON")
    assert str(read_holder(path)) == "an unknown process"


def test_work_that_one_process_does_is_refused_to_a_second_one_and_free_after_it(
    settings: LakeSettings,
) -> None:
    with sole_lease(settings, "recode"):
        with pytest.raises(ShareTaken, match=f"pid {os.getpid()}"), sole_lease(settings, "recode"):
            pass
        with sole_lease(settings, "other"), share_lease(settings, 1, 2):
            pass
    with sole_lease(settings, "recode"):
        pass
