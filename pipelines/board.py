"""The board: what this process has done so far, for whoever watches it, and the error that ended it.

Beam's own metrics raise RecursionError after some thousand bundles in process (DESIGN section 5), and an exception in
a DoFn reaches the caller as text: so both are kept here, beside the graph.
"""

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from warehouse.land import Landed


class Board:
    """Counts and times of one process; written by the transforms, read by the live view, benches and tests."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        """Back to zero."""
        self.counts: Counter[str] = Counter()
        self.stage_seconds: defaultdict[str, float] = defaultdict(float)
        self.positions: dict[str, int] = {}
        self.lag: dict[int, int] = {}
        self.last_commit_at: float | None = None
        self.broker_down_since: datetime | None = None
        self.failure: BaseException | None = None

    @contextmanager
    def measured(self, stage: str) -> Iterator[None]:
        """Adds the block's wall-clock seconds to the stage; keeps the exception that leaves it."""
        started = time.perf_counter()
        try:
            yield
        except BaseException as error:
            self.failure = error
            raise
        finally:
            with self._lock:
                self.stage_seconds[stage] += time.perf_counter() - started

    def landed(self, landed: Landed) -> None:
        """Counts a Batch that Land has committed, by the rows that were written."""
        with self._lock:
            self.counts["batches"] += 1
            self.counts["articles"] += landed.codings
            for name in ("reports", "skips", "rejects", "report_rejects"):
                self.counts[name] += getattr(landed, name)
        self.positions[str(landed.ledger)] = landed.to_offset
        self.last_commit_at = time.time()


BOARD = Board()
