"""Figures of one sentence summed up: parts left out, sides added, running totals preferred."""

import re
from collections.abc import Iterable

from pipelines.coding.numbers.count import Casualty, Count, Harm, NumberBasis, Toll


def sum_up(casualties: Iterable[Casualty], harm: Harm, *, background: bool = False) -> Toll | None:
    """One toll from the figures of a sentence (or clause), None where it says nothing of that harm.

    Parts are left out; a running total ("the death toll rose to 40") stands for itself; figures told twice count once;
    the rest is added ("three soldiers and two civilians": 5). Implied figures count only where no number is said.
    Tolls of a whole war or year are left out unless `background` asks for them.
    """
    figures = [
        c for c in casualties if c.harm is harm and not c.is_part and (background or not c.is_background)
    ]
    totals = [c for c in figures if c.is_total]
    if totals:
        return _toll([max(totals, key=lambda c: c.count.best)])
    told = _told_once(figures)
    return _toll(_without_vague(told)) if told else None


def sum_injured(casualties: Iterable[Casualty]) -> Toll | None:
    """The injured of a sentence; where it tells only that people were shot, those who were shot less those killed."""
    figures = list(casualties)
    injured, shot = sum_up(figures, Harm.INJURED), sum_up(figures, Harm.SHOT)
    if injured is not None or shot is None:
        return injured
    killed = sum_up(figures, Harm.KILLED)
    dead = 0 if killed is None else killed.best
    high = None if shot.high is None else max(0, shot.high - dead)
    return Toll(max(0, shot.low - dead), max(0, shot.best - dead), high, shot.basis, shot.sources)


def is_besides(casualty: Casualty) -> bool:
    """Whether the words say that these people come to others: "two others", "another five"."""
    return _MORE.search(f"{casualty.count.text} {casualty.count.noun}") is not None


def _told_once(figures: list[Casualty]) -> list[Casualty]:
    kept: list[Casualty] = []
    for figure in figures:
        again = next((n for n, other in enumerate(kept) if _is_same(figure, other)), None)
        if again is None:
            kept.append(figure)
        elif kept[again].count.basis is NumberBasis.WORD:
            kept[again] = figure  # "dozens were killed: at least 38 people died"
    return kept


_MORE = re.compile(r"\b(?:others?|another|more|further|additional)\b", re.IGNORECASE)
# Two figures of the same people that differ by no more are one, told twice.
_NEAR = 0.25


def _is_same(one: Casualty, other: Casualty) -> bool:
    """The same words; the same number of the same people under another word ("10 children killed: ten children died"); or
    two figures of them of which one is vague ("at least 11 civilians ... almost a dozen civilians")."""
    a, b = one.count, other.count
    if (a.start, a.end) == (b.start, b.end):
        return True
    if one.trigger_start == other.trigger_start or one.is_implied or is_besides(one):
        return False
    return (a.noun.lower() == b.noun.lower() != "" and a.best == b.best) or _is_retold(a, b)


def _is_retold(a: Count, b: Count) -> bool:
    bases = {a.basis, b.basis}
    heads = {noun.lower().split()[-1] for noun in (a.noun, b.noun) if noun}
    if NumberBasis.WORD in bases and len(bases) > 1:
        return len(heads) <= 1
    near = abs(a.best - b.best) <= _NEAR * max(a.best, b.best)
    return near and bases != {NumberBasis.EXACT} and len(heads) == 1


def _without_vague(figures: list[Casualty]) -> list[Casualty]:
    """A plural without a number ("civilians") adds nothing beside a number; a single person ("his wife") does."""
    counted = [f for f in figures if not (f.is_implied and f.count.basis is NumberBasis.WORD)]
    return counted or figures[:1]


def _toll(figures: list[Casualty]) -> Toll:
    counts = [figure.count for figure in figures]
    highs = [count.high for count in counts]
    return Toll(
        low=sum(count.low for count in counts),
        best=sum(count.best for count in counts),
        high=None if None in highs else sum(high for high in highs if high is not None),
        basis=_basis([count.basis for count in counts]),
        sources=tuple(figures),
    )


def _basis(bases: list[NumberBasis]) -> NumberBasis:
    """The vaguest of the parts: a sum is no better than its worst figure."""
    order = (
        NumberBasis.WORD,
        NumberBasis.RANGE,
        NumberBasis.ABOUT,
        NumberBasis.AT_MOST,
        NumberBasis.AT_LEAST,
    )
    return next((basis for basis in order if basis in bases), NumberBasis.EXACT)
