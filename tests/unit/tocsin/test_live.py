"""The live view: what it says of a run, on a terminal and in a log."""

import io
import threading
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from tocsin.live import BrokerHealth, LiveView, Rate, RunStatus, line, view

STATUS = RunStatus(
    articles=40,
    reports=55,
    skips=9,
    rejects=1,
    lag={"articles/0": 1200, "articles/1": 0},
    last_commit_at=1000.0,
    broker=BrokerHealth.UP,
)


def drawn(status: RunStatus) -> str:
    """The view as a terminal shows it."""
    console = Console(file=io.StringIO(), width=120, force_terminal=False)
    console.print(view(status, 12.34, 1003.0))
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return text


def test_a_line_names_every_figure() -> None:
    assert line(STATUS, 12.34, 1003.0) == (
        "12.3 articles/s, lag 1,200, articles 40, reports 55, skips 9, rejects 1, last commit 3 s ago, broker up"
    )


def test_what_is_not_known_is_not_zero() -> None:
    unknown = RunStatus(0, 0, 0, 0, lag={"articles/0": None, "articles/1": 4})
    text = line(unknown, 0.0, 5.0)
    assert "lag unknown" in text
    assert "last commit none yet" in text
    assert "broker connecting" in text
    assert RunStatus(0, 0, 0, 0).lag_total is None


def test_a_broker_that_is_away_and_a_drain_are_said() -> None:
    away = replace(STATUS, broker=BrokerHealth.DOWN, broker_down_seconds=31.4, draining=True)
    assert line(away, 0.0, 1003.0).startswith("draining: ")
    assert "broker down for 31 s" in line(away, 0.0, 1003.0)
    assert "being landed" in drawn(away)


def test_the_view_has_a_row_for_each_partition() -> None:
    text = drawn(STATUS)
    assert "articles/0  lag 1,200" in text
    assert "articles/1  lag 0" in text


def test_many_partitions_are_shown_by_their_lag_and_the_rest_summed() -> None:
    text = drawn(replace(STATUS, lag={f"t/{n:03}": n for n in range(100)}))
    assert "t/099" in text
    assert "t/001" not in text
    assert "and 84 more" in text
    assert "lag in all 4,950" in text


def test_a_rate_needs_two_notes_and_forgets_old_ones() -> None:
    rate = Rate(seconds=5)
    assert rate.note(0.0, 0) == 0.0
    assert rate.note(1.0, 100) == 100.0
    for second in range(2, 20):
        last = rate.note(float(second), 100)
    assert last == 0.0


def test_a_slow_caller_has_a_rate_too() -> None:
    rate = Rate(seconds=5)
    rate.note(0.0, 0)
    assert rate.note(10.0, 50) == 5.0


@given(st.lists(st.tuples(st.floats(0.01, 20), st.integers(0, 1000)), min_size=1))
def test_a_rate_is_never_negative_nor_above_the_fastest_step(steps: list[tuple[float, int]]) -> None:
    rate, at, count, fastest = Rate(), 0.0, 0, 0.0
    rate.note(at, count)
    for seconds, articles in steps:
        at, count = at + seconds, count + articles
        fastest = max(fastest, articles / seconds)
        assert 0 <= rate.note(at, count) <= fastest * 1.001


def test_without_a_terminal_a_line_comes_now_and_then_and_at_the_end() -> None:
    out, seen = io.StringIO(), threading.Event()

    def status() -> RunStatus:
        seen.set()
        return STATUS

    with LiveView(status, Console(file=out, force_terminal=False), line_seconds=0.01):
        assert seen.wait(5)
    lines = out.getvalue().splitlines()
    assert len(lines) >= 2
    assert all("articles 40" in text for text in lines)


def test_on_a_terminal_the_view_is_drawn_in_place() -> None:
    out = io.StringIO()
    with LiveView(lambda: STATUS, Console(file=out, force_terminal=True, width=100)):
        pass
    assert "articles/0" in out.getvalue()
    assert "\x1b[" in out.getvalue()


def test_the_run_s_own_error_passes_through() -> None:
    with pytest.raises(ValueError, match="mine"), LiveView(lambda: STATUS, Console(file=io.StringIO())):
        raise ValueError("mine")
