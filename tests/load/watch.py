"""Samples a process from outside: resident memory and processor time, now and then."""

from __future__ import annotations

import os
import statistics
import threading
import time
from dataclasses import dataclass

import psutil

SAMPLE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Sample:
    """A process at one moment, with all its children; `at_seconds` since the watch began."""

    at_seconds: float
    rss_bytes: int
    cpu_seconds: float
    machine_load: float  # of the last minute: above the number of cores others wait, and so do we


class Watch:
    """Samples while its block lasts, and once at the end if the process is still there."""

    def __init__(self, pid: int, every_seconds: float = SAMPLE_SECONDS) -> None:
        self._process = psutil.Process(pid)
        self._every = every_seconds
        self._began = time.monotonic()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._sample, name="watch", daemon=True)
        self.samples: list[Sample] = []

    def look(self) -> Sample | None:
        """The process now; None if it is gone."""
        try:
            family = [self._process, *self._process.children(recursive=True)]
            times = [p.cpu_times() for p in family]
            rss = sum(p.memory_info().rss for p in family)
        except psutil.NoSuchProcess:
            return None
        cpu = sum(t.user + t.system for t in times)
        return Sample(time.monotonic() - self._began, rss, cpu, round(os.getloadavg()[0], 1))

    def _sample(self) -> None:
        while True:
            if (sample := self.look()) is None:
                return
            self.samples.append(sample)
            if self._ended.wait(self._every):
                return

    def __enter__(self) -> Watch:
        """Begins."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Ends."""
        self._ended.set()
        self._thread.join()
        if (last := self.look()) is not None:
            self.samples.append(last)


def between(samples: list[Sample], from_seconds: float, to_seconds: float) -> list[Sample]:
    """Those of a stretch of time."""
    return [s for s in samples if from_seconds <= s.at_seconds < to_seconds]


def growth_bytes(samples: list[Sample], from_seconds: float, span_seconds: float = 60.0) -> int | None:
    """How much the median resident memory of the last minute lies above that of the minute from `from_seconds` on.

    None where the watch was too short.
    """
    if not samples:
        return None
    end = samples[-1].at_seconds
    early = between(samples, from_seconds, from_seconds + span_seconds)
    late = between(samples, end - span_seconds, end + 1)
    if not early or not late or from_seconds + span_seconds > end - span_seconds:
        return None
    return int(statistics.median(s.rss_bytes for s in late) - statistics.median(s.rss_bytes for s in early))


def cpu_share(samples: list[Sample], from_seconds: float = 0.0) -> float:
    """Processor time per wall-clock time, in cores."""
    kept = [s for s in samples if s.at_seconds >= from_seconds]
    if len(kept) < 2:
        return 0.0
    return (kept[-1].cpu_seconds - kept[0].cpu_seconds) / (kept[-1].at_seconds - kept[0].at_seconds)
