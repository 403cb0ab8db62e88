"""The dead whom the grammar tells where no figure does: "they murdered the priest" is one, "killings of traders" several."""

import re
from collections.abc import Sequence

from pipelines.coding.events.happening import Happening
from pipelines.coding.events.mention import Family, Frame, Mention
from pipelines.coding.gate import Kind
from pipelines.coding.numbers import Casualty, Count, Harm, NumberBasis

# ACLED's word for several (codebook, "fatalities").
_SEVERAL = 3
_ONE_DEATH = frozenset(("murder", "assassination", "slaying", "beheading", "lynching"))
_MANY_DEATHS = frozenset(("massacre", "slaughter"))


def that_happened(casualties: Sequence[Casualty], mentions: Sequence[Mention]) -> list[Casualty]:
    """Without the figures whose verb only tells of what is feared, planned, denied or demanded."""
    unreal = [(m.start, m.end) for m in mentions if m.is_verb and not m.verdict.happened]
    return [
        c
        for c in casualties
        if not any(start < c.trigger_end and c.trigger_start < end for start, end in unreal)
    ]


def untold_deaths(frame: Frame, casualties: Sequence[Casualty]) -> list[Casualty]:
    """One figure, marked as implied, where a killing is told and nobody is counted; none where the dead are counted."""
    if any(c.harm is Harm.KILLED for c in casualties):
        return []
    killings = [m for m in frame.mentions if m.kind is Kind.KILL and not m.is_generic]
    figures = [figure for m in killings if not _is_survived(frame, m) and (figure := _victims(m)) is not None]
    return figures[:1]


# "An attempted lynching", "was found shot": nobody is said to have died.
_ATTEMPT = re.compile(r"\b(?:attempt\w*|tried|trying|failed|thwarted|plot\w*)\s+(?:to\s+)?(?:\w+\s+){0,2}$")
# "five fighters were killed, injured or captured"
_OR_HURT = re.compile(
    r"\s*(?:,\s*(?:wounded|injured)\s*,?\s*)?(?:and/)?or\s+(?:wounded|injured|captured|hurt)\b"
)
_SURVIVED = frozenset(("found shot", "gunshot wounds", "bullet wounds", "signs of torture", "found tied"))


def _is_survived(frame: Frame, mention: Mention) -> bool:
    before = frame.lowered[: mention.start - frame.sentence.start]
    after = frame.lowered[mention.end - frame.sentence.start :]
    open_end = _OR_HURT.match(after) is not None
    return mention.lemma in _SURVIVED or open_end or _ATTEMPT.search(before) is not None


_BLOODLESS = frozenset((Family.ARREST, Family.STRATEGIC))
_BLOOD = frozenset((Harm.KILLED, Harm.INJURED, Harm.SHOT))


def leave_victims_to_violence(happenings: Sequence[Happening]) -> None:
    """Takes the dead and hurt from arrests and the like that share their sentence with the violence: "two were arrested
    over the bombing that killed ten" has ten dead once."""
    violent = {
        (f.sentence.part, f.sentence.start)
        for h in happenings
        if h.family not in _BLOODLESS
        for f in h.frames
    }
    for frame in (f for h in happenings if h.family in _BLOODLESS for f in h.frames):
        if (frame.sentence.part, frame.sentence.start) in violent:
            frame.casualties = tuple(c for c in frame.casualties if c.harm not in _BLOOD)


def _victims(mention: Mention) -> Casualty | None:
    if mention.patients:
        return _figure(mention, plural=any(p.plural for p in mention.patients))
    if not mention.is_verb and mention.lemma in _ONE_DEATH | _MANY_DEATHS:
        return _figure(mention, plural=mention.lemma in _MANY_DEATHS)
    return None


def _figure(mention: Mention, *, plural: bool) -> Casualty:
    best, basis = (_SEVERAL, NumberBasis.WORD) if plural else (1, NumberBasis.EXACT)
    count = Count(mention.start, mention.end, 1, best, None if plural else 1, basis, mention.lemma)
    return Casualty(Harm.KILLED, count, mention.start, mention.end, is_implied=True)
