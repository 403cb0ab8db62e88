"""The runner: nobody waits for Beam's sampler at the end of a bundle."""

from apache_beam.runners.worker import statesampler
from apache_beam.utils.counters import CounterFactory

from pipelines.runner import SAMPLING_MS, sample_quickly


def test_a_sampler_made_afterwards_wakes_at_our_pace() -> None:
    sample_quickly()
    sampler = statesampler.StateSampler("stage", CounterFactory())
    assert sampler.sampling_period_ms == SAMPLING_MS
