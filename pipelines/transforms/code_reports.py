"""CodeReports: articles to codings, by the coder; what it cannot code becomes a reject of stage `code`."""

import functools

from pipelines.coding.coder import Coder
from pipelines.coding.settings import CoderSettings
from pipelines.rejecting import reject
from pipelines.transforms.step import Step
from schemas.batch import CodedBatch, ParsedBatch, Placed
from schemas.coding import Coding
from schemas.reject import Reject


class CodeReports(Step):
    """Codes each article of the Batch."""

    def __init__(self, settings: CoderSettings) -> None:
        self.settings = settings

    def setup(self) -> None:
        """The coder is loaded once a process (a second or two) and outlives generations."""
        self.coder = shared_coder(self.settings)

    def apply(self, batch: ParsedBatch) -> CodedBatch:
        """The Batch with codings in place of articles."""
        return code_batch(batch, self.coder)


@functools.cache
def shared_coder(settings: CoderSettings) -> Coder:
    """The process's coder."""
    return Coder(settings)


def code_batch(batch: ParsedBatch, coder: Coder) -> CodedBatch:
    """Codings of the Batch's articles, in order. A failure of the coder is the article's reject, never the run's end."""
    codings: list[Placed[Coding]] = []
    rejects: list[Placed[Reject]] = list(batch.rejects)
    outcomes = coder.code_all([placed.value for placed in batch.articles])
    for placed, outcome in zip(batch.articles, outcomes, strict=True):
        if isinstance(outcome, Coding):
            codings.append(Placed(placed.record, outcome))
        else:
            rejects.append(
                reject(
                    batch.span,
                    placed.record,
                    outcome.code,
                    outcome.message,
                    article=placed.value,
                    coder_version=coder.version,
                )
            )
    return CodedBatch(batch.span, tuple(codings), batch.skips, tuple(rejects))
