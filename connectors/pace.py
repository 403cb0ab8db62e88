"""Decides how many records one poll may bring, from how long the last ones took to be coded and landed."""

import time
from collections.abc import Callable

from connectors.settings import ReadSettings

# Weight of the newest observation: one odd article should not change the pace, three in a row should.
_NEWEST = 0.4


class Pace:
    """Learns the speed of what lies behind the reader: in a fused graph the next poll begins when all is landed."""

    def __init__(self, settings: ReadSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings, self._clock = settings, clock
        self._per_second: float | None = None
        self._handed_on: tuple[int, float] | None = None

    def limit(self) -> int:
        """How many records the poll that begins now may bring. The first polls bring few: the speed is unknown."""
        self._learn()
        settings = self._settings
        if self._per_second is None:
            return min(settings.min_records, settings.max_records)
        wanted = int(self._per_second * settings.work_seconds)
        return min(max(wanted, settings.min_records), settings.max_records)

    def handed_on(self, records: int) -> None:
        """So many records leave the reader now."""
        self._handed_on = (records, self._clock()) if records else None

    def _learn(self) -> None:
        if self._handed_on is None:
            return
        records, then = self._handed_on
        self._handed_on = None
        seen = records / max(self._clock() - then, 1e-4)  # faster than the clock's worth: still a number
        before = self._per_second
        self._per_second = seen if before is None else (1 - _NEWEST) * before + _NEWEST * seen
