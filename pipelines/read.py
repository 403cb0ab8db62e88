"""ReadArticles: an unbounded splittable DoFn over one slot of the topic's partitions.

The restriction is a mere counter of polls and carries no offset: start offsets frozen into a graph are weeks old when
Flink restarts it (DESIGN section 4.2). Pace comes from the blocking poll alone: FnApiRunner ignores the delay of
`defer_remainder`.
"""

import time
from collections.abc import Iterator, Mapping
from typing import Any

import apache_beam as beam
from apache_beam.utils.timestamp import Duration

from connectors.reader import SlotReader
from pipelines import drain
from pipelines.board import BOARD
from pipelines.job import Job
from pipelines.lakes import open_lake
from pipelines.polls import LAST_POLL, Polls
from schemas.batch import Batch
from schemas.ledger import LedgerKey


@beam.DoFn.unbounded_per_element()
class ReadArticles(beam.DoFn):
    """Slot number in, Batches out, one a partition and poll, for ever or until a drain is requested.

    `until` are ends that the stream runs up to and then drains (`--until-caught-up`). A Batch that was handed on has
    been landed when the next poll begins (the graph is fused), so positions are acknowledged then.
    """

    def __init__(self, job: Job, until: Mapping[LedgerKey, int] | None = None) -> None:
        self.job = job
        self.until = until

    def setup(self) -> None:
        """Nothing is read yet; the first poll opens the consumer and asks the ledger."""
        self.reader: SlotReader | None = None
        self.ends_at: float | None = None

    def process(self, slot: int, tracker: Any = beam.DoFn.RestrictionParam(Polls())) -> Iterator[Batch]:
        """One poll."""
        with BOARD.measured("ReadArticles.settle"):
            self._settle()
        if drain.requested():
            tracker.try_claim(LAST_POLL)  # refused: the rest of the polls is given up, none is deferred
            return
        if not tracker.try_claim(tracker.current_restriction().start):
            return
        with BOARD.measured("ReadArticles"):
            batches = self._opened().poll()
        yield from self._until_drained(batches)
        tracker.defer_remainder(Duration(0))

    def _until_drained(self, batches: list[Batch]) -> Iterator[Batch]:
        """Batches one by one; those left when a drain is asked for stay unread in the topic, the ledger before them."""
        for batch in batches:
            if drain.requested():
                return
            open_lake(self.job).begin(batch.span)
            yield batch

    def _opened(self) -> SlotReader:
        if self.reader is None:
            self.reader = self._open()
        return self.reader

    def _open(self) -> SlotReader:
        desk = open_lake(self.job)
        return SlotReader(
            self.job.kafka,
            self.job.read,
            desk.position,
            share=self.job.share,
            accept_loss=self.job.accept_loss,
            adopt=desk.accept_new_topic if self.job.accept_new_topic else None,
        )

    def _settle(self) -> None:
        """What can be said now that all earlier Batches are landed: acknowledge, and whether it is time to drain."""
        if self.reader is None:
            return
        positions = self.reader.positions()
        for key, position in positions.items():
            self.reader.acknowledge(key, position)
        if (
            self.ends_at is None
        ):  # the first poll only attaches: a generation reads at least once, however short
            self.ends_at = time.monotonic() + 60 * self.job.run.generation_minutes
        self._show()
        if self.until is not None and self._caught_up(positions):
            drain.request(drain.Reason.CAUGHT_UP)
        elif time.monotonic() > self.ends_at or self.reader.partitions_grown():
            drain.request(drain.Reason.GENERATION)

    def _show(self) -> None:
        assert self.reader is not None
        BOARD.broker_down_since = self.reader.broker_down_since
        BOARD.lag = self.reader.lag()

    def _caught_up(self, positions: Mapping[LedgerKey, int]) -> bool:
        """Whether every end is reached; ends of partitions that this reader does not own were not given.

        Positions are unknown while the reader is not attached: then nothing is, unless there was nothing to reach (a
        share beyond the topic's partitions).
        """
        ends = self.until or {}
        known = bool(positions) or not ends
        return known and all(positions.get(key, 0) >= end for key, end in ends.items())

    def teardown(self) -> None:
        """Closes the consumer."""
        if self.reader is not None:
            self.reader.close()
