"""One life of a stream that is going to be killed: the real graph on a real broker and lake, phases told on a pipe."""

import os
import signal
import sys
from dataclasses import dataclass

from connectors.settings import KafkaSettings, ReadSettings
from pipelines import drain, ingest, lakes
from pipelines.job import Job
from pipelines.settings import RunSettings
from pipelines.transforms import code_reports
from schemas.ledger import LedgerKey
from tests.crash.standin import StandIn
from warehouse.serving_settings import MaintainSettings
from warehouse.settings import LakeSettings

# Few records a poll, so that a stream of some thousand records has many commits to be killed in.
RECORDS_A_POLL = 12
# Upkeep after every few commits, so that lives end in it, too.
UPKEEP_SECONDS = 0.4


@dataclass(frozen=True, slots=True)
class Life:
    """What a life needs: where broker, topic and lake are, and how far it runs (None: until it is ended)."""

    bootstrap_servers: str
    topic: str
    lake: str
    until: tuple[tuple[LedgerKey, int], ...] | None = None
    real_coder: bool = False
    records_a_poll: int = RECORDS_A_POLL
    upkeep_seconds: float = UPKEEP_SECONDS

    def job(self) -> Job:
        """The settings: as in production, but in small Batches and with upkeep after every few of them."""
        return Job(
            kafka=KafkaSettings(bootstrap_servers=self.bootstrap_servers, topic=self.topic, group_id=""),
            read=ReadSettings(
                first_wait_seconds=0.05,
                gather_seconds=0.02,
                max_records=self.records_a_poll,
                min_records=self.records_a_poll,
            ),
            lake=LakeSettings(folder=self.lake),
            maintain=MaintainSettings(flush_seconds=self.upkeep_seconds),
            # no judging of healthy Batches: importing Great Expectations takes longer than a life
            run=RunSettings(sample_judge_seconds=1e9),
        )


def live(life: Life, pipe: int) -> None:
    """Runs the stream; writes one line a phase to the pipe. Ends the process: 0 when drained or caught up."""

    def tell(phase: str) -> None:
        os.write(pipe, f"{phase}\n".encode())

    signal.signal(signal.SIGTERM, lambda *_: drain.request(drain.Reason.STOP))
    drain.clear()
    if not life.real_coder:
        code_reports.Coder = StandIn  # type: ignore[misc,assignment]
    lakes.watch_phases(tell)
    tell("started")
    try:
        ingest.run(life.job(), dict(life.until) if life.until is not None else None)
    except BaseException as error:
        tell(f"failed {type(error).__name__}: {error}".replace("\n", " "))
        sys.stderr.flush()
        os._exit(1)
    tell("ended")
    os._exit(0)
