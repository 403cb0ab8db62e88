"""Which figure of an article's sentences is the happening's: totals before first figures, numbers before words, the whole
before its parts; what a later sentence adds is added, and who was shot and did not die is hurt.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from pipelines.coding.events.mention import Frame
from pipelines.coding.numbers import Casualty, Harm, NumberBasis, Toll, is_besides, parse_number_words, sum_up

# "Twelve children were among the dead" counts a part; "an earlier toll of 15" is out of date.
_PART = re.compile(
    r"\bamong (?:the|those) (?:dead|killed|victims|wounded|injured)\b|\b(?:earlier|initial(?:ly)?|previous(?:ly)?|first)\b.{0,30}\btoll\b"
)
Told = list[tuple[Frame, Toll]]


def happening_toll(frames: Sequence[Frame], harm: Harm) -> Toll | None:
    """The figure of a harm that the frames tell together; None where they tell of none.

    The injured are those said to be, or those shot less the dead, whichever is more.
    """
    toll = _chosen(frames, harm)
    if harm is Harm.KILLED:
        return _share(frames, toll)
    return _with_shot(frames, toll) if harm is Harm.INJURED else toll


# ACLED divides one total over the events that share it, and says so (codebook, "fatalities").
_SPLIT = re.compile(
    r"\bsplit\b[^.;]{0,30}?\b(?:between|across|over|into|among|by)\s+(?P<n>both|the two|[a-z]+|\d{1,2})\b"
)
_BOTH = frozenset(("both", "the two"))


def shares(lowered: str) -> int | None:
    """Among how many events a sentence says that the dead are divided: "split across two events"."""
    found = _SPLIT.search(lowered)
    if found is None:
        return None
    number = 2 if found["n"] in _BOTH else parse_number_words(found["n"])
    return number if number and number > 1 else None


def _share(frames: Sequence[Frame], toll: Toll | None) -> Toll | None:
    parts = next((n for f in frames if (n := shares(f.lowered))), None)
    if toll is None or parts is None:
        return toll
    high = None if toll.high is None else ceil(toll.high / parts)
    return replace(toll, low=ceil(toll.low / parts), best=ceil(toll.best / parts), high=high)


def frame_toll(frame: Frame, harm: Harm) -> Toll | None:
    """The figure of one sentence. The same number told twice ("kill 45 ... at least 45 were killed") is one figure."""
    kept: list[Casualty] = []
    for figure in frame.casualties:
        if figure.harm is harm and not figure.is_part and not any(_is_again(frame, figure, k) for k in kept):
            kept.append(figure)
    return sum_up(kept, harm)


# "A man was shot dead and | a guard stabbed to death", "the uncle was hit in the hand, while | the child ..."
_JOINED = re.compile(r"(?:\b(?:and|while)|;)\s*$", re.IGNORECASE)
_JOINED_CHARS = 10


def _is_again(frame: Frame, figure: Casualty, other: Casualty) -> bool:
    """The same number under another word; of single people only where they are not joined, and never "himself"."""
    same_number = figure.count.best == other.count.best and not is_besides(figure)
    if not same_number or figure.trigger_start == other.trigger_start:
        return False
    heads = [c.count.noun.lower().rpartition(" ")[2] for c in (figure, other)]
    if figure.count.best > 1 or "" in heads or heads[0] == heads[1]:
        return True
    start = figure.count.start - frame.sentence.start
    before = frame.sentence.text[max(0, start - _JOINED_CHARS) : start]
    return "himself" not in heads and _JOINED.search(before) is None


def _chosen(frames: Sequence[Frame], harm: Harm) -> Toll | None:
    """A running total where one is told, else the headline's number, else the first of the text, else its first word
    ("dozens")."""
    told = [(frame, toll) for frame in frames if (toll := frame_toll(frame, harm))]
    if not told:
        return None
    counted = [(f, t) for f, t in told if not _is_implied(t)]
    if not counted:
        return told[0][1] if harm is Harm.KILLED else max((t for _, t in told), key=lambda t: t.best)
    whole = [(f, t) for f, t in counted if not _PART.search(f.lowered)] or counted
    totals = [t for _, t in whole if any(s.is_total for s in t.sources)]
    if totals:
        return max(totals, key=lambda t: t.best)
    heads = [(f, t) for f, t in whole if f.sentence.is_title and t.basis is NumberBasis.EXACT]
    text = [(f, t) for f, t in whole if not f.sentence.is_title] or whole
    numbers = [(f, t) for f, t in text if t.basis is not NumberBasis.WORD] or text
    if heads and _is_one_side(heads[0][1], numbers[0][1]):
        heads = []
    frame, toll = (heads or numbers)[0]
    if harm is Harm.KILLED and not _is_implied(toll) and _adds(frame, toll):
        return _plus_single(toll, [t for f, t in told if f is not frame and not _adds(f, t)])
    return toll


def _is_one_side(head: Toll, text: Toll) -> bool:
    """ "Army says ten rebels killed" over a text that tells of ten rebels and three soldiers."""
    words = [s.trigger_start for s in text.sources]
    return any(s.count.best == head.best and words.count(s.trigger_start) > 1 for s in text.sources)


_ALSO = re.compile(r"\balso\b[^.;,]{0,20}$", re.IGNORECASE)


def _adds(frame: Frame, toll: Toll) -> bool:
    """Whether a sentence counts only people besides those told before it."""
    base = frame.sentence.start
    text = frame.sentence.text
    return all(is_besides(s) or _ALSO.search(text[: s.trigger_start - base]) for s in toll.sources)


def _plus_single(toll: Toll, others: list[Toll]) -> Toll:
    """ "A reporter was killed. Five others also died": six, where one sentence tells of the one."""
    single = next((t for t in others if _is_implied(t) and t.basis is NumberBasis.EXACT), None)
    if single is None:
        return toll
    high = None if toll.high is None else toll.high + single.best
    return Toll(
        toll.low + single.low, toll.best + single.best, high, toll.basis, (*toll.sources, *single.sources)
    )


def _is_implied(toll: Toll) -> bool:
    return all(source.is_implied for source in toll.sources)


def _with_shot(frames: Sequence[Frame], injured: Toll | None) -> Toll | None:
    shot = _chosen(frames, Harm.SHOT)
    if shot is None:
        return injured
    killed = _chosen(frames, Harm.KILLED)
    dead = 0 if killed is None else killed.best
    alive = max(0, shot.best - dead)
    if injured is not None and injured.best >= alive:
        return injured
    high = None if shot.high is None else max(alive, shot.high - dead)
    return Toll(max(0, shot.low - dead), alive, high, shot.basis, shot.sources)
