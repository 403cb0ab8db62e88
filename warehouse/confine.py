"""Takes rights away from this process, for good: what the kernel then refuses, no SQL can do.

Landlock (Linux 5.13 or newer) is called by its numbers: there is no maintained wrapper for Python, and glibc has
none. It binds the calling thread and all that it starts later, so it has to come before DuckDB makes its threads.
"""

import ctypes
import os
import resource
import struct
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

# The numbers are the same on every architecture since Linux 5.13 (include/uapi/asm-generic/unistd.h).
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _SIGKILL = 1, 38, 9
_VERSION_FLAG, _PATH_BENEATH = 1, 1
# Rights of include/uapi/linux/landlock.h, by the ABI that brought them.
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_OR_MAKE = sum(1 << n for n in range(4, 13))
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_TCP = 3


@dataclass(frozen=True, slots=True)
class Confinement:
    """What a process may still touch: folders and files to read, folders to write, TCP or not."""

    read: tuple[Path, ...]
    write: tuple[Path, ...] = ()
    tcp: bool = False


def landlock_abi() -> int:
    """Version of Landlock that this kernel offers; 0 where there is none."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(0, int(_libc().syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION_FLAG)))


def threads_running() -> int:
    """How many threads this process has; 1 where the system does not tell."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else 1


def confine(limits: Confinement) -> bool:
    """Gives up every file right but those of `limits`, for ever; True if the kernel enforces it, False where it
    cannot (no Landlock: then only the bounds of `bound` and DuckDB's own settings hold).

    Threads that run already stay free: see that none of them can work for whom you confine (`threads_running`).
    """
    abi = landlock_abi()
    if abi == 0:
        return False
    handled = _handled(abi)
    ruleset = _ruleset(handled, abi, limits.tcp)
    try:
        _allow(ruleset, limits.read, _READ_FILE | _READ_DIR)
        _allow(ruleset, limits.write, handled & ~_EXECUTE)
        libc = _libc()
        _checked(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        _checked(libc.syscall(_RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)
    return True


def bound(data_bytes: int, file_bytes: int, cpu_seconds: int) -> None:
    """Bounds memory, the size of any file written, and CPU time; no core dump; dies with its parent."""
    resource.setrlimit(resource.RLIMIT_DATA, (data_bytes, data_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        _libc().prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)


def _handled(abi: int) -> int:
    rights = _EXECUTE | _WRITE_FILE | _READ_FILE | _READ_DIR | _REMOVE_OR_MAKE
    return rights | (_REFER if abi >= 2 else 0) | (_TRUNCATE if abi >= 3 else 0)


def _ruleset(handled: int, abi: int, tcp: bool) -> int:
    network = abi >= 4 and not tcp
    attr = struct.pack("QQ", handled, _TCP) if network else struct.pack("Q", handled)
    buffer = ctypes.create_string_buffer(attr, len(attr))
    return _checked(_libc().syscall(_CREATE_RULESET, buffer, ctypes.c_size_t(len(attr)), 0))


def _allow(ruleset: int, paths: Iterable[Path], rights: int) -> None:
    for path in paths:
        if path.exists():
            _allow_one(ruleset, path, rights if path.is_dir() else rights & (_READ_FILE | _WRITE_FILE))


def _allow_one(ruleset: int, path: Path, rights: int) -> None:
    fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", rights, fd)
        buffer = ctypes.create_string_buffer(rule, len(rule))
        _checked(_libc().syscall(_ADD_RULE, ruleset, _PATH_BENEATH, buffer, 0))
    finally:
        os.close(fd)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
