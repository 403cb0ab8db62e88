"""Random logs and random ways of two writers to land them, for the property that all ways end in the same rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hypothesis import strategies as st

from schemas.errors import LedgerHole
from tests.kit.lake import KEY, Told, coded_batch, new_lander, one
from warehouse.lake import Lake
from warehouse.land import Outcome
from warehouse.landing import Landing
from warehouse.rows import to_landing


class Fate(StrEnum):
    """How one try to land a Batch goes."""

    WELL = "well"
    ANSWER_LOST = "after_commit"
    DIES_EARLY = "after_insert"
    DIES_LATE = "before_commit"


@dataclass(frozen=True)
class Try:
    """Writer 0 or 1 tries to land `[from, to)`, both counted from the ledger's next."""

    writer: int
    back: int
    length: int
    fate: Fate


class LostError(Exception):
    """The test's end of a landing."""


@st.composite
def logs(draw: st.DrawFn) -> tuple[list[Told], int]:
    """Records of few articles in few texts, with gaps, and the log's end."""
    told, offset = [], 0
    for _ in range(draw(st.integers(1, 14))):
        offset += draw(st.sampled_from((0, 0, 0, 1, 3)))
        told.append(draw(_records(offset)))
        offset += 1
    return told, offset + draw(st.integers(0, 2))


@st.composite
def _records(draw: st.DrawFn, offset: int) -> Told:
    name, text = draw(st.sampled_from("abc")), draw(st.sampled_from(("first", "second", "third")))
    kind = draw(st.sampled_from(("coded", "coded", "coded", "skipped", "rejected", "failing")))
    return Told(
        offset,
        name,
        text,
        reports=None if kind == "skipped" else draw(st.integers(1, 3)),
        fails=kind == "rejected",
        failing=(0,) if kind == "failing" else (),
    )


TRIES = st.lists(
    st.builds(
        Try,
        writer=st.integers(0, 1),
        back=st.integers(-2, 5),
        length=st.integers(1, 7),
        fate=st.sampled_from(list(Fate)),
    ),
    max_size=8,
)


def cut(told: Sequence[Told], from_offset: int, to_offset: int) -> Landing:
    """The Batch `[from_offset, to_offset)` of a log."""
    within = [t for t in told if from_offset <= t.offset < to_offset]
    return to_landing(coded_batch(within, to_offset, from_offset=from_offset))


def land_all(lake: Lake, told: Sequence[Told], end: int) -> None:
    """The clean way: one writer, one Batch."""
    assert new_lander(lake).land(cut(told, 0, end)).outcome is Outcome.LANDED


def land_somehow(lakes: Sequence[Lake], told: Sequence[Told], end: int, tries: Sequence[Try]) -> None:
    """Two writers with tries that overlap, repeat, leave holes, die and lose answers; then one lands the rest."""
    fates = [_Fate(), _Fate()]
    landers = [new_lander(lake, fate) for lake, fate in zip(lakes, fates, strict=True)]
    for one_try in tries:
        next_ = _next(lakes[0])
        begin = max(0, next_ - one_try.back)
        until = min(end, begin + one_try.length)
        if begin >= until:
            continue
        fates[one_try.writer].is_now = one_try.fate
        _check_one(
            lambda b=begin, u=until, w=one_try.writer: landers[w].land(cut(told, b, u)).outcome,
            begin,
            until,
            next_,
        )
        assert _next(lakes[0]) in (next_, max(next_, until))
    fates[1].is_now = Fate.WELL
    if _next(lakes[0]) < end:
        landers[1].land(cut(told, 0, end))


def _check_one(land: Callable[[], Outcome], begin: int, until: int, next_: int) -> None:
    outcome: Outcome | None
    try:
        outcome = land()
    except LostError:
        return
    except LedgerHole as error:
        hole = error
        outcome = None
    if outcome is None:
        assert begin > next_ == hole.next_offset
        return
    expected = Outcome.REPLAYED if next_ >= until else Outcome.LANDED if next_ == begin else Outcome.STRADDLED
    assert outcome is expected


class _Fate:
    """The phase at which the landing under way ends, if it does."""

    def __init__(self) -> None:
        self.is_now = Fate.WELL

    def __call__(self, phase: str) -> None:
        if phase == self.is_now.value:
            raise LostError(phase)


def _next(lake: Lake) -> int:
    return int(one(lake, f"SELECT next FROM {KEY.table}"))
