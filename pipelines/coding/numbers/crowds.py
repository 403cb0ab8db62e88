"""How many people took part in a demonstration: "hundreds of protesters", "about 200 people gathered", "a crowd of 300"."""

import re

from pipelines.coding.numbers.count import Casualty, Count, Harm
from pipelines.coding.numbers.find import find_counts
from pipelines.coding.numbers.nouns import is_crowd, is_people, noun_span

_CROWD_VERB = re.compile(
    r"\b(?:gather(?:ed|ing)?|march(?:ed|ing)?|protest(?:ed|ing)?|rall(?:ied|ying|y)|demonstrat(?:ed|ing|e)|took\s+(?:to\s+the\s+streets?|part)|take\s+to\s+the\s+streets?|"
    r"taken\s+to\s+the\s+streets?|participat(?:ed|ing)|staged|attended|block(?:ed|ing)?|barricaded|joined|assembled|held\s+(?:a|an|protests?|demonstrations?|rallies)|turned\s+out|chant(?:ed|ing)|"
    r"picketed|walked\s+out|went\s+on\s+(?:a\s+)?(?:hunger\s+)?strike|organi[sz]ed|occupied|poured\s+into|converged|stormed|rioted|clashed|pelted|looted|torched|sat\s+in)\b",
    re.I,
)
_CROWD_OF = re.compile(
    r"\b(?:crowds?|gathering|mob|group|procession|march|rally|protest|demonstration|sit-in|throng)\s+(?:of|by|with|attended\s+by|involving)\s+$"
    r"|\b(?:attended|joined|staged|held|organi[sz]ed)\s+by\s+$",
    re.I,
)
_STRONG = re.compile(r"[\s-]strong\b", re.I)
_BREAK = re.compile(
    r"[.;:]|\b(?:killed|wounded|injured|arrested|detained|dead|died|who\s+were|were\s+(?:killed|injured|arrested))\b",
    re.I,
)
_HAS_CROWD = re.compile(
    r"protest|demonstrat|rall(?:y|ied)|march|gather|crowd|strike|riot|street|mob|picket|sit-in|block|attend|join|chant|clash|storm|throng",
    re.I,
)
# Words between the people and what they did.
_REACH = 8


def find_crowds(text: str, skip: list[tuple[int, int]]) -> list[Casualty]:
    """The sizes of crowds in a sentence (offsets into the sentence)."""
    if not _HAS_CROWD.search(text):
        return []
    found = (_crowd(text, count) for count in find_counts(text, 0, skip))
    return [crowd for crowd in found if crowd is not None]


def _crowd(text: str, count: Count) -> Casualty | None:
    if count.best == 0 or (count.noun and not is_people(count.noun)):
        return None
    trigger = _trigger(text, count)
    return Casualty(Harm.PARTICIPANTS, count, *trigger) if trigger else None


def _trigger(text: str, count: Count) -> tuple[int, int] | None:
    """The words that make a number one of participants: before it, tied to it, or what the people did."""
    _, end = noun_span(text, count.end)
    tied = _CROWD_OF.search(text, max(0, count.start - 40), count.start) or _STRONG.match(text, count.end)
    if tied:
        return tied.span()
    if _BREAK.match(text[end:].lstrip()):
        return None
    return (count.start, max(end, count.end)) if is_crowd(count.noun) else _verb_after(text, end)


def _verb_after(text: str, end: int) -> tuple[int, int] | None:
    verb = _CROWD_VERB.search(text, end)
    if verb is None:
        return None
    gap = text[end : verb.start()]
    return None if len(gap.split()) > _REACH or _BREAK.search(gap) else verb.span()
