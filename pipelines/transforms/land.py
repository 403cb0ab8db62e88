"""ToArrow and Land: rows and position commit together, in process(), in one transaction (DESIGN section 4.1)."""

from pipelines.board import BOARD
from pipelines.job import Job
from pipelines.lakes import open_lake
from pipelines.transforms.step import Step
from schemas.batch import CodedBatch
from warehouse.land import Landed
from warehouse.landing import Landing


class ToArrow(Step):
    """Values become Arrow record by record: what Arrow cannot hold is rejected here, so that Land cannot fail."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def apply(self, batch: CodedBatch) -> Landing:
        """The landing: Arrow tables and what is needed to cut them."""
        return open_lake(self.job).to_landing(batch)


class Land(Step):
    """Lands each Batch; between two Batches it keeps the lake tidy."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def apply(self, landing: Landing) -> Landed:
        """The outcome, after COMMIT."""
        lake = open_lake(self.job)
        landed = lake.land(landing)
        BOARD.landed(landed)
        if self.job.run.maintain:
            lake.maintain()
        return landed
