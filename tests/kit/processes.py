"""`tocsin` as a process of its own: started anew as a person does, or forked from a server that has it loaded."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parents[2]
# A start takes 5 s on an idle core; a loaded machine with coverage may take the tenfold.
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Command:
    """What is started, where, with which variables besides the test's own; `before` is called in the child first."""

    arguments: tuple[str, ...]
    folder: Path
    number: int
    environment: Mapping[str, str]
    before: Callable[[], None] | None = None

    @property
    def err(self) -> Path:
        """Its stderr."""
        return self.folder / f"{self.number}.err"

    @property
    def out(self) -> Path:
        """Its stdout."""
        return self.folder / f"{self.number}.out"


class Child(Protocol):
    """A process, whichever way it was started."""

    pid: int

    def code(self, timeout: float) -> int | None:
        """Its exit code, negative for a signal; None if it still runs after `timeout` seconds."""


class Fresh:
    """`python -m tocsin`."""

    def __init__(self, command: Command) -> None:
        path = os.pathsep.join(p for p in (str(ROOT), os.environ.get("PYTHONPATH", "")) if p)
        with command.err.open("wb") as err, command.out.open("wb") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tocsin", *command.arguments],
                cwd=command.folder,
                env={**os.environ, **command.environment, "PYTHONPATH": path},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                preexec_fn=command.before,  # noqa: PLW1509 it sets a limit and nothing else
            )
        self.pid = self._process.pid

    def code(self, timeout: float) -> int | None:
        """As `Child`."""
        try:
            return self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return None


class Forked:
    """The same program in a fork of a process that has all its modules and the coder loaded."""

    def __init__(self, command: Command) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.kit.preloaded"])
        self._process = context.Process(target=_live, args=(command,))
        self._process.start()
        self.pid = self._process.pid or 0

    def code(self, timeout: float) -> int | None:
        """As `Child`."""
        self._process.join(timeout)
        return self._process.exitcode


def _live(command: Command) -> None:
    """What the shell and Python would do for a new process; ends it with main's exit code."""
    os.chdir(command.folder)
    os.environ.update(command.environment)
    for path, descriptor in ((os.devnull, 0), (command.out, 1), (command.err, 2)):
        opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        os.dup2(opened, descriptor)
        os.close(opened)
    sys.argv = ["tocsin", *command.arguments]
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL if number == signal.SIGTERM else signal.default_int_handler)
    if command.before:
        command.before()
    from tocsin.__main__ import main

    main(command.arguments)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended; `said` is its stderr."""

    code: int
    said: str
    out: str
    seconds: float

    @property
    def last_line(self) -> str:
        """What a person reads at the end."""
        lines = self.said.strip().splitlines()
        return lines[-1] if lines else ""


@dataclass(frozen=True, slots=True)
class Running:
    """A `tocsin` that runs."""

    command: Command
    child: Child

    @property
    def pid(self) -> int:
        """Its process."""
        return self.child.pid

    @property
    def said(self) -> str:
        """Its stderr until now."""
        return self.command.err.read_text(errors="replace") if self.command.err.exists() else ""

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.child.code(0) is None

    def end(self, kind: signal.Signals = signal.SIGTERM) -> Ended:
        """Sends the signal and waits; `seconds` is how long the end took."""
        os.kill(self.pid, kind)
        return self.ended()

    def ended(self, patience_seconds: float = PATIENCE_SECONDS) -> Ended:
        """Waits for its end. A process that does not end is killed, and fails the test."""
        began = time.monotonic()
        code = self.child.code(patience_seconds)
        seconds = time.monotonic() - began
        if code is None:
            self.kill()
            raise AssertionError(f"it did not end; it said: {self.said[-2000:]}")
        return Ended(code, self.said, self.command.out.read_text(errors="replace"), seconds)

    def kill(self) -> None:
        """Ends it at once if it still runs."""
        if self.alive:
            os.kill(self.pid, signal.SIGKILL)
            self.child.code(PATIENCE_SECONDS)
