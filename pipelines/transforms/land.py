"""ToArrow and Land: rows and position commit together, in process(), in one transaction (DESIGN section 4.1)."""

from typing import Any

from pipelines.board import BOARD
from pipelines.job import Job
from pipelines.lakes import open_lake
from pipelines.transforms.step import Step
from schemas.batch import CodedBatch


class ToArrow(Step):
    """Values become Arrow record by record: what Arrow cannot hold is rejected here, so that Land cannot fail."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def apply(self, batch: CodedBatch) -> Any:
        """The landing: Arrow tables and what is needed to cut them."""
        return open_lake(self.job.lake).to_landing(batch)


class Land(Step):
    """Lands each Batch; between two Batches it keeps the lake tidy."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def apply(self, landing: Any) -> Any:
        """The outcome, after COMMIT."""
        lake = open_lake(self.job.lake)
        landed = lake.land(landing)
        BOARD.landed(landing.batch)
        if self.job.run.maintain:
            lake.maintain()
        return landed
