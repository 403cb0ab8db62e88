"""ValidateReports: the expectation suites judge every Batch; what fails critically becomes a reject."""

import functools

from pipelines.settings import RunSettings
from pipelines.transforms.step import Step
from pipelines.validation.validator import Validator
from schemas.batch import CodedBatch


class ValidateReports(Step):
    """Moves failing reports to the rejects and writes warnings into `quality_flags`."""

    def __init__(self, settings: RunSettings) -> None:
        self.settings = settings

    def setup(self) -> None:
        """The suites are compiled once a process."""
        self.validator = shared_validator(self.settings.sample_judge_seconds)

    def apply(self, batch: CodedBatch) -> CodedBatch:
        """The Batch as far as it may land."""
        return self.validator.validate(batch)


@functools.cache
def shared_validator(sample_seconds: float) -> Validator:
    """The process's validator."""
    return Validator(sample_seconds=sample_seconds)
