"""The crash laboratory: lives that end by SIGKILL or SIGTERM at chosen phases, one after another, on one lake."""

import multiprocessing
import os
import random
import select
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.crash.victim import Life, live

# A life that says nothing for so long hangs.
PATIENCE_SECONDS = 60.0
LANDED = "after_commit"
# Phases of upkeep within which files and catalog change.
IN_UPKEEP = frozenset(
    {
        "before_flush",
        "before_flush_commit",
        "before_merge",
        "before_merge_commit",
        "before_rewrite",
        "before_rewrite_commit",
        "before_ledger_flush",
        "between_ledger_flush_and_rewrite",
    }
)


@dataclass(frozen=True, slots=True)
class Blow:
    """How a life ends: the signal, and how long after which phase; only after `landings` of its own.

    `phase` is one of Lander's or Upkeep's, or `upkeep` for any of IN_UPKEEP, or `anywhere`.
    """

    signal: signal.Signals
    phase: str
    delay_seconds: float
    landings: int


@dataclass(slots=True)
class Death:
    """What was seen of a life: the last phase before its end, its landings and its exit code."""

    blow: Blow
    last_phase: str
    landings: int
    exit_code: int | None
    seconds_to_end: float
    told: list[str] = field(default_factory=list)


def forkserver() -> multiprocessing.context.ForkServerContext:
    """A context whose server has the heavy imports done: a life then starts in a tenth of a second."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["tests.crash.victim", "pipelines.validation.validator", "great_expectations"]
    )
    return context


class Voice:
    """The reading end of a life's pipe: phases, one a line."""

    def __init__(self, reader: int) -> None:
        self.reader, self.rest = reader, b""

    def lines(self, timeout_seconds: float) -> list[str]:
        """Phases told within the time; at its end an empty list. A closed pipe raises EOFError."""
        ready, _, _ = select.select([self.reader], [], [], timeout_seconds)
        if not ready:
            return []
        heard = os.read(self.reader, 65_536)
        if not heard:
            raise EOFError
        *whole, self.rest = (self.rest + heard).split(b"\n")
        return [line.decode() for line in whole]


@contextmanager
def born(
    context: multiprocessing.context.ForkServerContext, life: Life
) -> Iterator[tuple[multiprocessing.Process, Voice]]:
    """A running life and its voice."""
    reader, writer = os.pipe()
    os.set_inheritable(writer, True)
    process = context.Process(target=_enter, args=(life, multiprocessing.reduction.DupFd(writer)))
    process.start()
    os.close(writer)
    try:
        yield process, Voice(reader)
    finally:
        if process.is_alive():
            process.kill()
        process.join()
        process.close()
        os.close(reader)


def _enter(life: Life, pipe: "multiprocessing.reduction.DupFd") -> None:
    live(life, pipe.detach())  # type: ignore[attr-defined]


def strike(context: multiprocessing.context.ForkServerContext, life: Life, blow: Blow) -> Death:
    """One life, ended by the blow. Raises AssertionError for a life that fails or hangs by itself."""
    with born(context, life) as (process, voice):
        told = _until_due(voice, blow)
        time.sleep(blow.delay_seconds)
        struck_at = time.monotonic()
        os.kill(process.pid or 0, blow.signal)
        told += _rest(voice)
        process.join(PATIENCE_SECONDS)
        seconds = time.monotonic() - struck_at
        landings = sum(phase == LANDED for phase in told)
        return Death(blow, told[-1], landings, process.exitcode, seconds, told)


def _until_due(voice: Voice, blow: Blow) -> list[str]:
    """Phases until the blow is due: enough landings, then its phase."""
    told: list[str] = []
    landings = 0
    while True:
        lines = voice.lines(PATIENCE_SECONDS)
        assert lines, (
            f"the life says nothing any more after {landings} landings: {told[-5:]}, waiting for {blow}"
        )
        due = False
        for phase in lines:
            assert not phase.startswith(("failed", "ended")), f"the life ended by itself: {phase}"
            told.append(phase)
            landings += phase == LANDED
            due = due or (landings >= blow.landings and _matches(blow.phase, phase))
        if due:
            return told


def _matches(wanted: str, phase: str) -> bool:
    return wanted in ("anywhere", phase) or (wanted == "upkeep" and phase in IN_UPKEEP)


def _rest(voice: Voice) -> list[str]:
    """What was told until the pipe closed."""
    told: list[str] = []
    try:
        while lines := voice.lines(PATIENCE_SECONDS):
            told += lines
    except EOFError:
        pass
    return told


def run_to_end(context: multiprocessing.context.ForkServerContext, life: Life) -> list[str]:
    """A life that is not ended: all that it told. Raises AssertionError unless it ended well."""
    with born(context, life) as (process, voice):
        told = _rest(voice)
        process.join(PATIENCE_SECONDS)
        assert process.exitcode == 0, told[-3:]
        return told


def blows(count: int, seed: int, kind: signal.Signals) -> list[Blow]:
    """A seeded plan: in COMMIT, in upkeep, and anywhere else."""
    dice = random.Random(seed)
    return [_blow(dice, number, kind) for number in range(count)]


def _blow(dice: random.Random, number: int, kind: signal.Signals) -> Blow:
    landings = dice.randint(1, 4)
    # a COMMIT takes 5 to 20 ms here, a flush or merge 20 to 200
    match number % 10:
        case 0 | 1 | 2:
            return Blow(kind, "before_commit", dice.uniform(0, 0.012), landings)
        case 3 | 4:
            return Blow(kind, "upkeep", dice.uniform(0, 0.03), landings)
        case 5:
            return Blow(kind, "before_begin", dice.uniform(0, 0.01), landings)
        case 6:
            return Blow(kind, "after_commit", dice.uniform(0, 0.01), landings)
        case _:
            return Blow(kind, "anywhere", dice.uniform(0, 0.3), landings)


def histogram(deaths: list[Death]) -> Counter[str]:
    """How many lives ended in which phase: the last that they told."""
    return Counter(death.last_phase for death in deaths)
