"""The process's open lakes: one connection for writing, shared by all transforms of a graph.

In process the graph is fused and one thread at a time runs it, so one connection serves reading positions, looking for
duplicates, and landing. On a cluster each worker process has its own.
"""

from collections.abc import Callable

from pipelines.job import Job
from schemas.batch import CodedBatch, ParsedBatch, Span
from schemas.ledger import LedgerKey, LedgerRow, LogIdentity
from warehouse.known import skip_known
from warehouse.lake import Lake
from warehouse.land import Landed, Lander, nothing
from warehouse.landing import Landing
from warehouse.ledger import accept_new_topic, open_ledger, read_ledger
from warehouse.maintain import Upkeep
from warehouse.rows import to_landing
from warehouse.settings import LakeSettings

# A connection takes 30 to 40 KB more with each commit until it is closed: 4 MB, for a tenth of a second every 100.
COMMITS_A_CONNECTION = 100


class Desk:
    """An open lake with all that the graphs do to it; lives for one generation."""

    def __init__(self, job: Job, at: Callable[[str], None] = nothing) -> None:
        """Opens the lake: creates and migrates it where needed."""
        self.lake = Lake.create_or_open(job.lake)
        self.lander = Lander(self.lake, at)
        self.upkeep = Upkeep(self.lake, at, job.maintain)
        self._begun: set[LedgerKey] = set()
        self._commits = 0

    def position(self, key: LedgerKey) -> LedgerRow | None:
        """The ledger's row, read now; None where the sequence was never read."""
        return read_ledger(self.lake, key)

    def begin(self, span: Span) -> None:
        """Make the ledger of a sequence that is read for the first time, beginning where the Batch does."""
        if span.ledger not in self._begun:
            open_ledger(self.lake, span.ledger, span.from_offset, span.identity)
            self._begun.add(span.ledger)

    def accept_new_topic(self, key: LedgerKey, identity: LogIdentity, earliest: int) -> None:
        """The ledger goes on in another log (`--accept-new-topic`)."""
        accept_new_topic(self.lake, key, earliest, identity, "--accept-new-topic")

    def skip_known(self, batch: ParsedBatch) -> ParsedBatch:
        """The Batch with its duplicates moved to the skips."""
        return skip_known(batch, self.lake)

    def to_landing(self, batch: CodedBatch) -> Landing:
        """The Batch as Arrow, without what Arrow cannot hold."""
        return to_landing(batch)

    def land(self, landing: Landing) -> Landed:
        """Rows and position in one transaction."""
        landed = self.lander.land(landing)
        self._commits += 1
        if self._commits % COMMITS_A_CONNECTION == 0:
            self.lake.reopen()
        return landed

    def maintain(self) -> None:
        """Flush, merge and expire when it is time: a quick look after most Batches."""
        self.upkeep.between_batches()

    def close(self) -> None:
        """Close the lake."""
        self.lake.close()


_desks: dict[LakeSettings, Desk] = {}
_probe: list[Callable[[str], None]] = [nothing]


def open_lake(job: Job) -> Desk:
    """The process's desk of the job's lake; opened at the first call and after `close_lakes`."""
    if job.lake not in _desks:
        _desks[job.lake] = Desk(job, _probe[0])
    return _desks[job.lake]


def close_lakes() -> None:
    """Close every desk, at the end of a generation."""
    while _desks:
        _desks.popitem()[1].close()


def watch_phases(at: Callable[[str], None]) -> None:
    """Have `at` called with each phase of every landing and flush from the next opening on; for crash tests."""
    _probe[0] = at
