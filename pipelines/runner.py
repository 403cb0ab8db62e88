"""The in-process runner, named outright, with the line that keeps its memory flat and the one that keeps it quick.

`DirectRunner` must not be named: with streaming it may look for a Prism download. `direct_num_workers` above 1 ends
an unbounded stream silently, so it is never passed on.
"""

from collections.abc import Iterable
from typing import Any

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability.fn_api_runner import FnApiRunner, fn_runner
from apache_beam.runners.worker import statesampler

from pipelines.board import BOARD

# Beam samples which transform is at work, in a thread that every bundle waits for at its end: with Beam's 200 ms a
# bundle of a second ended 100 ms late, a tenth of all time. Waking a hundred times a second costs 0.1 % of a core.
SAMPLING_MS = 10


def sample_quickly() -> None:
    """Have no bundle wait for Beam's sampler at its end; there is no option for it (apache-beam 2.77.0)."""
    statesampler.StateSampler.__init__.__defaults__ = (SAMPLING_MS,)


def keep_memory_flat() -> None:
    """Make Beam's `consolidate_monitoring_infos` eager.

    It returns a generator that holds the generator of the bundle before it, and so on for ever: 20 KB a bundle, and
    `metrics()` ends in a RecursionError (seen with apache-beam 2.77.0; delete this when Beam builds a list there).
    """
    lazy = fn_runner.consolidate_monitoring_infos
    if getattr(lazy, "eager", False):
        return

    def eager(infos: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        return list(lazy(infos, *args, **kwargs))

    eager.eager = True  # type: ignore[attr-defined]
    fn_runner.consolidate_monitoring_infos = eager


def pipeline(streaming: bool) -> Any:
    """An empty pipeline on the in-process runner."""
    keep_memory_flat()
    sample_quickly()
    flags = ["--streaming"] if streaming else []
    return beam.Pipeline(runner=FnApiRunner(), options=PipelineOptions(flags, save_main_session=False))


def run_to_end(graph: Any) -> None:
    """Run a graph until it ends; raises the error that ended it, as it was raised in the DoFn.

    Beam hands exceptions of a DoFn on as text; the board has the exception itself.
    """
    BOARD.failure = None
    try:
        graph.run().wait_until_finish()
    except BaseException as error:
        if BOARD.failure is not None:
            raise BOARD.failure from error
        raise
