"""SkipKnown: articles whose very text is already the current one are not coded again.

This only saves the coder's time: Land looks again under the writers' lock, so that a copy which another writer landed
in between becomes a skip, too.
"""

from pipelines.job import Job
from pipelines.lakes import open_lake
from pipelines.transforms.step import Step
from schemas.batch import ParsedBatch


class SkipKnown(Step):
    """Duplicates become skips; a known id with a new text stays (a revision)."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def apply(self, batch: ParsedBatch) -> ParsedBatch:
        """The Batch with its duplicates moved to the skips; unchanged for replays and recodings."""
        return open_lake(self.job).skip_known(batch)
