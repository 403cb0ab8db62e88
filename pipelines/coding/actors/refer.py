"""Whom "the group", "the movement" and "against them" mean: the armed group that the article named last before them.

Knows nothing of events. "The insurgents" and "the rebels" are settled with the parties of an event, where the country is
known.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.coding.actors.mention import ActorMention, Use

_THE_GROUP = re.compile(
    r"\b(?:the|this|that)\s+(?:armed\s+|militant\s+|rebel\s+|extremist\s+|jihadist\s+)?"
    r"(?:group|movement|militia|organi[sz]ation|outfit)\b(?!['’]s|-)(?!\s+(?:of|that|which|who|calling)\b)"
    r"|(?<=\bagainst )them\b",
    re.IGNORECASE,
)
# A group of visitors or a human rights organization, told just before, is meant rather than an armed one.
_OTHER_GROUP = re.compile(
    r"\b(?:rights|aid|advocacy|monitoring|media|opposition|local|lawyers['’]?)\s+(?:group|organi[sz]ation|movement)|\b(?:a|the)\s+group\s+of\b",
    re.IGNORECASE,
)
_REACH = 400


def add_references(
    actors: list[ActorMention], text: str, start: int, article: str, named: Sequence[ActorMention]
) -> list[ActorMention]:
    """The actors of a sentence, and "the group" in it as the group named last before it.

    `text` is the sentence, `start` its first character in `article`; `named` are the article's named groups in order,
    with offsets into it. Offsets of the result are the sentence's own, in order. Where no armed group was named, or
    another kind of group stands nearer, nothing is added.
    """
    found = list(actors)
    for match in _THE_GROUP.finditer(text):
        at = start + match.start()
        before = [m for m in named if m.end <= at and m.is_armed and not m.is_state]
        if not before or _OTHER_GROUP.search(
            article, max(before[-1].end, at - _REACH), at + len(match.group())
        ):
            continue
        stands = replace(before[-1], start=match.start(), end=match.end(), text=match.group(), use=Use.NAMED)
        found = [a for a in found if a.end <= stands.start or stands.end <= a.start]
        found.append(stands)
    return sorted(found, key=lambda a: a.start)
