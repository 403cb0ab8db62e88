"""The board: what this process has done so far, for whoever watches it, and the error that ended it.

Beam's own metrics raise RecursionError after some thousand bundles in process (DESIGN section 5), and an exception in
a DoFn reaches the caller as text: so both are kept here, beside the graph.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from schemas.batch import CodedBatch, Span


class Board:
    """Counts and times of one process; written by the transforms, read by the live view, benches and tests."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        """Back to zero."""
        self.counts: Counter[str] = Counter()
        self.stage_seconds: Counter[str] = Counter()
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

    def landed(self, batch: CodedBatch) -> None:
        """Counts a Batch that Land has committed."""
        reports = sum(len(placed.value.reports) for placed in batch.codings)
        with self._lock:
            self.counts["batches"] += 1
            self.counts["articles"] += len(batch.codings)
            self.counts["reports"] += reports
            self.counts["skips"] += len(batch.skips)
            self.counts["rejects"] += len(batch.rejects)
            self.counts["report_rejects"] += len(batch.report_rejects)
        self.moved(batch.span)

    def moved(self, span: Span) -> None:
        """Notes that a ledger has reached the span's end."""
        self.positions[str(span.ledger)] = span.to_offset
        self.last_commit_at = time.time()


BOARD = Board()
