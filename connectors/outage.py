"""Counts how long a broker has been away, and when to try it again. Says so once, not at every try."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime

_FIRST_PAUSE_SECONDS = 0.25

logger = logging.getLogger("tocsin.connectors")


class Outage:
    """The time from a first failure until the broker serves again; tries are spaced ever wider, up to a bound."""

    def __init__(
        self,
        max_backoff_seconds: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.since: datetime | None = None
        self.failures = 0
        self._max, self._clock, self._sleep = max_backoff_seconds, clock, sleep
        self._next_try = clock()

    def failed(self, reason: str) -> None:
        """The broker did not serve: the next try comes after twice the pause of the last."""
        if self.since is None:
            self.since = datetime.now(UTC)
            logger.warning("Kafka does not serve us (%s). Trying again until it does.", reason)
        pause = min(self._max, _FIRST_PAUSE_SECONDS * 2 ** min(self.failures, 16))
        self.failures += 1
        self._next_try = self._clock() + pause

    def wait(self, at_most_seconds: float) -> bool:
        """Sleeps until the next try, but no longer than told; gives whether it is time to try."""
        rest = self._next_try - self._clock()
        if rest > 0:
            self._sleep(min(rest, at_most_seconds))
        return self._clock() >= self._next_try

    def over(self) -> None:
        """The broker serves."""
        if self.since is not None:
            away = (datetime.now(UTC) - self.since).total_seconds()
            logger.warning("Kafka serves us again, after %.1f s.", away)
        self.since, self.failures = None, 0
