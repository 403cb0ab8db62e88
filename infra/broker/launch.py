"""Knows how the broker's process is started, so that it outlives its starter, or never does.

Detached: a shell starts it in the background and ends; the system adopts it. It has a session of its own, so neither
Ctrl-C nor the end of the terminal reaches it.
Owned: the same, and a watchman: a shell that waits on a pipe whose other end only the owner holds. When the owner
ends, by kill -9 too, the pipe closes and the watchman stops the broker. (Linux's PR_SET_PDEATHSIG would do it
without a process, but on Linux alone, and it fires when the starting thread ends, not the process.)
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

# In the background of a shell without job control standard input is /dev/null and SIGINT is ignored: as wanted.
_START = '"$@" >&2 & echo $!'
# The shell itself is single-minded: read until the pipe closes, then TERM, and KILL after 10 s.
_WATCH = """
read -r _
kill -TERM "$1" 2>/dev/null || exit 0
for _ in 1 2 3 4 5 6 7 8 9 10; do sleep 1; kill -0 "$1" 2>/dev/null || exit 0; done
kill -KILL "$1" 2>/dev/null
"""


def start_process(command: Sequence[str], *, folder: Path, log: Path, lock: IO[str]) -> int:
    """Starts the command in the folder, detached, its output to the log, the open lock inherited. Gives its pid."""
    with log.open("ab") as output:
        shell = subprocess.run(
            ["/bin/sh", "-c", _START, "sh", *command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=output,
            pass_fds=[lock.fileno()],
            start_new_session=True,
            check=True,
        )
    return int(shell.stdout)


@dataclass(slots=True)
class Watchman:
    """Stops the process `pid` when the process that made the watchman ends."""

    process: subprocess.Popen[bytes]

    @classmethod
    def over(cls, pid: int) -> Watchman:
        """A watchman over this pid, in a session of its own: a Ctrl-C does not end it before its work."""
        return cls(
            subprocess.Popen(
                ["/bin/sh", "-c", _WATCH, "sh", str(pid)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        )

    def dismiss(self) -> None:
        """Ends the watch without touching the broker."""
        self.process.kill()
        self.process.communicate()
