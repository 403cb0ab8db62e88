"""Keeps the lake quick and small: the order of upkeep's steps, and when a landing process takes them.

`maintain` does everything now (`tocsin maintain`). `Upkeep` does a little between two Batches, so that a week of
streaming leaves neither a million small files nor a catalog full of rows. All under the writers' lock, one step at a
time, so that landing and upkeep take turns. Every step may be killed at any moment: it is one transaction, or leaves
files that a later sweep removes.
"""

import json
import logging
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import duckdb

from schemas.errors import LakeError
from warehouse.compact import Done, compactions, flush
from warehouse.expire import check_bounds, clean, drop_payloads, expire, sweep
from warehouse.lake import Lake
from warehouse.land import nothing
from warehouse.lock import writer_lock
from warehouse.serving_settings import MaintainSettings
from warehouse.trouble import patiently

LOG = logging.getLogger(__name__)
Step = Callable[[], list[Done]]
STATE_FILE = "upkeep.json"
DAY_SECONDS = 86_400.0
# How often a landing process looks whether anything is due: the look reads one small file.
LOOK_SECONDS = 2.0
# Upkeep can wait, landing cannot: between Batches the lock is tried no longer than this.
LOCK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Tidied:
    """When each part of upkeep was last begun, in seconds since 1970; 0: never. Kept beside the lake, shared by all
    processes that write it."""

    flushed: float = 0.0
    expired: float = 0.0
    swept: float = 0.0


def maintain(
    lake: Lake,
    upkeep: MaintainSettings | None = None,
    told: Callable[[Done], None] = lambda _: None,
    at: Callable[[str], None] = nothing,
) -> list[Done]:
    """All of upkeep now: flush, rewrite, merge, expire, remove files and payloads; `told` hears of each step.

    Takes the writers' lock for each step anew, so that live writers land in between. Raises ConfigError where the
    bounds of DESIGN 4.5 would be broken (nothing is then done), LakeLocked, LakeError.
    """
    upkeep = upkeep or MaintainSettings()
    check_bounds(lake.settings, upkeep)
    done: list[Done] = []
    steps = _everything(lake, upkeep, at)
    while (found := _next_step(lake, steps, lake.settings.lock_wait_seconds, patient=True)) is not None:
        for one in found:
            told(one)
        done += found
    now = time.time()
    _write_state(lake, Tidied(now, now, now))
    return done


class Upkeep:
    """Upkeep of one landing process, between its Batches; one thread's, like its Lake.

    `at` is called with the name of each phase, as Lander's.
    """

    def __init__(
        self, lake: Lake, at: Callable[[str], None] = nothing, upkeep: MaintainSettings | None = None
    ) -> None:
        """Raises ConfigError where the bounds of DESIGN 4.5 would be broken."""
        self.lake, self.at, self.settings = lake, at, upkeep or MaintainSettings()
        check_bounds(lake.settings, self.settings)
        self._steps: Iterator[Step] | None = None
        self._look_at = 0.0

    def between_batches(self) -> list[Done]:
        """Takes due steps until `maintain.pause_seconds` are over, and goes on with them at the next call. Costs a
        microsecond when nothing is due. Never raises for a busy or failing lake: landing says so better."""
        if self._steps is None and not self._look():
            return []
        until = time.monotonic() + self.settings.pause_seconds
        done: list[Done] = []
        try:
            # at least one step a call, however short the pause
            while self._steps is not None:
                found = _next_step(self.lake, self._steps, LOCK_SECONDS)
                done += found or []
                self._steps = None if found is None else self._steps
                if time.monotonic() >= until:
                    break
        except (duckdb.Error, LakeError, OSError) as error:
            LOG.warning("Upkeep of the lake is put off: %s", error)
            self._steps = None
            self._look_at = time.monotonic() + self.settings.flush_seconds
        return done

    def _look(self) -> bool:
        """Whether anything is due, looked at now and then; its steps are then begun."""
        now = time.monotonic()
        if now < self._look_at:
            return False
        self._look_at = now + min(LOOK_SECONDS, self.settings.flush_seconds)
        due = self._parts_due()
        self._steps = self._begun(due) if due else None
        return bool(due)

    def _parts_due(self) -> set[str]:
        state, now = _read_state(self.lake), time.time()
        every = {
            "flushed": self.settings.flush_seconds,
            "expired": self.settings.expire_hours * 3600,
            "swept": DAY_SECONDS,
        }
        return {part for part, seconds in every.items() if _is_due(getattr(state, part), seconds, now)}

    def _begun(self, due: set[str]) -> Iterator[Step]:
        """The steps of the parts that are due; runs under the writers' lock, a step at a time."""
        _write_state(self.lake, replace(_read_state(self.lake), **dict.fromkeys(due, time.time())))
        if "flushed" in due:
            yield lambda: flush(self.lake, self.at)
            yield from compactions(self.lake, self.at)
        if "expired" in due:
            yield lambda: expire(self.lake, self.settings, self.at)
            yield lambda: clean(self.lake, self.settings, self.at)
        if "swept" in due:
            yield lambda: drop_payloads(self.lake, self.settings, self.at)
            yield lambda: sweep(self.lake, self.settings, self.at)


def _everything(lake: Lake, upkeep: MaintainSettings, at: Callable[[str], None]) -> Iterator[Step]:
    yield lambda: drop_payloads(lake, upkeep, at)
    yield lambda: flush(lake, at)
    yield from compactions(lake, at, whole=True)
    for step in (expire, clean, sweep):
        yield lambda step=step: step(lake, upkeep, at)  # type: ignore[misc]


def _next_step(
    lake: Lake, steps: Iterator[Step], wait_seconds: float, *, patient: bool = False
) -> list[Done] | None:
    """Finds and takes the next step under the lock; None when there is none. `patient` waits for a busy catalog and
    names DuckDB's errors."""
    with writer_lock(lake.settings, wait_seconds):
        step = next(steps, None)
        if step is None:
            return None
        return patiently(lake.settings, step) if patient else step()


def _is_due(last: float, every: float, now: float) -> bool:
    # a clock that was set back must not put upkeep off for years
    return now - last >= every or last > now


def _state_path(lake: Lake) -> Path:
    return lake.settings.path / STATE_FILE


def _read_state(lake: Lake) -> Tidied:
    """What the file says; a file that is missing or damaged says that everything is due."""
    try:
        facts = json.loads(_state_path(lake).read_text(encoding="utf-8"))
        return Tidied(**{f.name: float(facts[f.name]) for f in fields(Tidied)})
    except (OSError, ValueError, KeyError, TypeError):
        return Tidied()


def _write_state(lake: Lake, state: Tidied) -> None:
    """Whole or not at all; under the writers' lock."""
    path = _state_path(lake)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(asdict(state)), encoding="utf-8")
    fresh.replace(path)
