"""The drain flag: what outranks what, and what survives a new generation."""

import pytest

from pipelines import drain


@pytest.fixture(autouse=True)
def _clean() -> None:
    drain.clear()


def test_nothing_is_requested_at_first() -> None:
    assert not drain.requested()
    assert drain.reason() is None


def test_a_stop_outranks_a_generation_that_was_asked_for_before() -> None:
    drain.request(drain.Reason.GENERATION)
    drain.request(drain.Reason.STOP)
    assert drain.reason() is drain.Reason.STOP


def test_a_new_generation_forgets_the_request_for_it() -> None:
    drain.request(drain.Reason.GENERATION)
    drain.next_generation()
    assert not drain.requested()


def test_a_stop_that_comes_with_a_generation_is_kept() -> None:
    drain.request(drain.Reason.GENERATION)
    drain.request(drain.Reason.STOP)
    drain.next_generation()
    assert drain.requested()
    assert drain.reason() is drain.Reason.STOP
