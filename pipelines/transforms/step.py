"""What all transforms share: one Batch in, one out, timed by name, with the error kept as it was raised."""

from collections.abc import Iterator
from typing import Any

import apache_beam as beam

from pipelines.board import BOARD


class Step(beam.DoFn):
    """A DoFn whose `apply` turns one Batch into one Batch. An exception ends the run: nothing was landed of it."""

    def apply(self, batch: Any) -> Any:
        """The transform itself."""
        raise AssertionError(type(self).__name__)

    def process(self, batch: Any) -> Iterator[Any]:
        """One Batch, measured."""
        with BOARD.measured(type(self).__name__):
            changed = self.apply(batch)
        yield changed
