"""What the kernel is asked for, version by version of Landlock; a kernel of paper answers."""

import os
import resource
import struct
import sys
from pathlib import Path
from typing import Any

import pytest

from warehouse import confine as module
from warehouse.confine import Confinement, bound, confine, landlock_abi, threads_running

WRITE_FILE, READ_FILE, READ_DIR, REFER, TRUNCATE = 1 << 1, 1 << 2, 1 << 3, 1 << 13, 1 << 14


class Kernel:
    """Answers as Linux with this version of Landlock would, and keeps what it was asked."""

    def __init__(self, abi: int, refuses: bool = False) -> None:
        self.abi, self.refuses = abi, refuses
        self.ruleset: bytes = b""
        self.rules: list[int] = []
        self.restricted = 0

    def syscall(self, number: int, *arguments: Any) -> int:
        if number == 444 and arguments[0] is None:
            return self.abi or -1
        if number == 444:
            self.ruleset = arguments[0].raw
            return os.open(os.devnull, os.O_RDONLY)
        if number == 445:
            self.rules.append(struct.unpack("=Qi", arguments[2].raw)[0])
            return 0
        self.restricted += 1
        return -1 if self.refuses else 0

    def prctl(self, *_: Any) -> int:
        return 0


def kernel(monkeypatch: pytest.MonkeyPatch, abi: int, *, refuses: bool = False) -> Kernel:
    made = Kernel(abi, refuses)
    monkeypatch.setattr(module, "_libc", lambda: made)
    return made


def test_without_landlock_it_says_that_nothing_is_enforced(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = kernel(monkeypatch, 0)
    assert confine(Confinement((tmp_path,))) is False
    assert asked.restricted == 0


def test_on_another_system_there_is_no_landlock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert landlock_abi() == 0


@pytest.mark.parametrize("abi", [1, 2, 3, 4, 7])
def test_each_version_is_asked_only_for_rights_that_it_knows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, abi: int
) -> None:
    asked = kernel(monkeypatch, abi)
    assert confine(Confinement((tmp_path,))) is True
    handled, *network = struct.unpack(f"{len(asked.ruleset) // 8}Q", asked.ruleset)
    assert handled & WRITE_FILE
    assert bool(handled & REFER) == (abi >= 2)
    assert bool(handled & TRUNCATE) == (abi >= 3)
    assert network == ([3] if abi >= 4 else [])
    assert asked.restricted == 1


def test_folders_to_read_cannot_be_written_and_a_missing_one_is_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "spill").mkdir()
    asked = kernel(monkeypatch, 4)
    confine(Confinement((tmp_path, tmp_path / "file", tmp_path / "nowhere"), (tmp_path / "spill",)))
    folder, file, spill = asked.rules
    assert folder == READ_FILE | READ_DIR
    assert file == READ_FILE
    assert spill & WRITE_FILE


def test_tcp_is_left_alone_where_it_is_needed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = kernel(monkeypatch, 7)
    confine(Confinement((tmp_path,), tcp=True))
    assert len(asked.ruleset) == 8


def test_a_kernel_that_refuses_is_not_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kernel(monkeypatch, 4, refuses=True)
    with pytest.raises(OSError):  # noqa: PT011 the kernel says why
        confine(Confinement((tmp_path,)))


def test_bounds_are_set_on_data_files_time_and_dumps(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel(monkeypatch, 4)
    limits: dict[int, Any] = {}
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    bound(1000, 200, 30)
    assert limits == {
        resource.RLIMIT_DATA: (1000, 1000),
        resource.RLIMIT_FSIZE: (200, 200),
        resource.RLIMIT_CPU: (30, 31),
        resource.RLIMIT_CORE: (0, 0),
    }


def test_this_process_has_threads() -> None:
    assert threads_running() >= 1
