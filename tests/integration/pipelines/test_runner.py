"""The in-process runner: memory stays flat over thousands of bundles, and errors come back as they were raised."""

from collections.abc import Iterator
from typing import Any

import apache_beam as beam
import psutil
import pytest
from apache_beam.utils.timestamp import Duration

from pipelines.polls import LAST_POLL, Polls
from pipelines.runner import pipeline, run_to_end
from pipelines.transforms.step import Step
from schemas.errors import OffsetsLost

BUNDLES = 5_000
# The leak that this guards against is 20 KB a bundle: 60 MB over the second part of this test.
MOST_GROWTH_BYTES = 8_000_000
SEEN: dict[int, int] = {}


@beam.DoFn.unbounded_per_element()
class Tick(beam.DoFn):
    """Hands on one number a bundle."""

    def process(self, slot: int, tracker: Any = beam.DoFn.RestrictionParam(Polls())) -> Iterator[int]:
        number = tracker.current_restriction().start
        if number >= BUNDLES:
            tracker.try_claim(LAST_POLL)
            return
        if not tracker.try_claim(number):
            return
        yield number
        tracker.defer_remainder(Duration(0))


class Note(beam.DoFn):
    """Notes the memory of the process at some bundles."""

    def process(self, number: int) -> None:
        if number in (BUNDLES // 3, BUNDLES - 1):
            SEEN[number] = psutil.Process().memory_info().rss


def test_memory_stays_flat_over_thousands_of_bundles() -> None:
    graph = pipeline(streaming=True)
    _ = graph | beam.Create([0], reshuffle=False) | beam.ParDo(Tick()) | beam.ParDo(Note())
    run_to_end(graph)
    assert SEEN[BUNDLES - 1] - SEEN[BUNDLES // 3] < MOST_GROWTH_BYTES


class Lose(Step):
    """Fails as a reader does."""

    def apply(self, batch: Any) -> Any:
        raise OffsetsLost("kafka:articles/0", 3, 9)


def test_an_error_of_a_transform_comes_back_as_it_was_raised() -> None:
    graph = pipeline(streaming=False)
    _ = graph | beam.Create([0]) | beam.ParDo(Lose())
    with pytest.raises(OffsetsLost) as lost:
        run_to_end(graph)
    assert lost.value.count == 6
