"""Asks the classifier about the sentences of an article: a few of them, those that decide."""

import re
from collections.abc import Sequence

from pipelines.coding.actors import Use
from pipelines.coding.classifier.decide import Finding, unspoken
from pipelines.coding.classifier.labels import Aside, Distribution
from pipelines.coding.classifier.model import Classifier
from pipelines.coding.events.frames import name_frame
from pipelines.coding.events.happening import Happening, incident_count
from pipelines.coding.events.mention import Family, Frame
from pipelines.coding.text import LAST_OF_LEAD, Sentence
from schemas.precision import Scope
from schemas.taxonomy import SubEventType

# Happenings of an article that are read: each costs 1 to 2 ms, and the parser takes 8 ms an article.
_MAX_READ = 2
# Sentences of headline and lead without a trigger that are read for an event.
_MAX_UNSPOKEN = 2


def with_unspoken(frames: Sequence[Frame], head: int, classifier: Classifier | None) -> list[Frame]:
    """The frames that words tell of, in order; where headline and lead hold none, with what the classifier is sure of."""
    spoken = [f for f in frames if not f.is_unspoken]
    silent = [f for f in frames if f.is_unspoken][:_MAX_UNSPOKEN]
    if not silent or any(f.sentence.index <= LAST_OF_LEAD for f in spoken):
        return spoken
    heard = [*spoken, *overhear(silent, head, classifier)]
    return sorted(heard, key=lambda f: (not f.sentence.is_title, f.sentence.start))


def overhear(frames: Sequence[Frame], head: int, classifier: Classifier | None) -> list[Frame]:
    """Of the first frames those that the classifier is sure of, named by it."""
    asked = list(frames[:_MAX_UNSPOKEN]) if classifier is not None else []
    odds = classifier.read([told_text(f.sentence, head) for f in asked]) if classifier is not None else []
    heard = [(frame, sub) for frame, o in zip(asked, odds, strict=True) if (sub := unspoken(o)) is not None]
    for frame, sub in heard:
        name_frame(frame, sub)
    return [frame for frame, _ in heard]


def consult(
    happenings: Sequence[Happening], head: int, classifier: Classifier | None
) -> list[Distribution | None]:
    """What the classifier says of each happening; None where it was not asked. `head`: where the dateline ends."""
    if classifier is None:
        return [None] * len(happenings)
    asked = [n for n, h in enumerate(happenings) if _is_asked(h)][:_MAX_READ]
    return [_of_happening(h, head, classifier) if n in asked else None for n, h in enumerate(happenings)]


def _of_happening(h: Happening, head: int, classifier: Classifier) -> Distribution:
    """Of its first sentence in the text; where that tells of nothing, of the headline, if one belongs to it."""
    said = sorted((f.sentence for f in h.frames), key=lambda s: s.is_title)
    first = classifier.read([told_text(said[0], head)])[0]
    if first.best is not Aside.NONE or not said[-1].is_title or said[0].is_title:
        return first
    headline = classifier.read([said[-1].text])[0]
    return min(first, headline, key=lambda odds: odds.p(Aside.NONE))


# "Police opened fire." says too little by itself.
_FEWEST_WORDS = 5


def _is_asked(h: Happening) -> bool:
    """A label says what it is, and a count of incidents ("2,162 attacks") is a report of its own kind, whose sentence
    sounds like background."""
    counted = any(incident_count(f) is not None for f in h.frames)
    return not h.main.label and not counted and len(h.main.sentence.text.split()) >= _FEWEST_WORDS


_HEAD_START = {Family.STRATEGIC: 4, Family.ARREST: 1, Family.ABDUCTION: 1}


def finding_of(h: Happening, sub: SubEventType, scope: Scope) -> Finding:
    """What the rules found of a happening, and have to show for it."""
    shown = (
        any(m.strong and m.is_verb for m in h.mentions()),
        any(c.count.best for f in h.frames for c in f.casualties if not c.is_implied),
        any(a.is_armed or a.is_crowd for a in h.agents()),
    )
    # A day of its own counts double: "the dead of Tuesday's bombing were buried" tells of one, however it is put.
    dated = 2 if h.date is not None and h.date.is_codable else 0
    # Of releases, withdrawals and bases the classifier has read few, and the rules take them from armed actors alone;
    # arrests and abductions are mostly told in passing, in reports of what came after.
    known = _HEAD_START.get(h.family, 0)
    organised = any(a.use in (Use.NAMED, Use.MILITARY) for a in h.agents())
    mishap = any(f.marks & _MISHAPS or _MISHAP.search(f.lowered) for f in h.frames)
    return Finding(sub, scope, sum(shown) + dated + known, organised, mishap)


# Marks and words of what kills without intent.
_MISHAPS = frozenset(("accident", "cause", "natural", "disease"))
_MISHAP = re.compile(
    r"\b(?:crash(?:ed|es|ing)?|fires?|blazes?|collaps\w+|sank|sunk|capsiz\w+|derail\w*|overturn\w*|plung\w+|drown\w*|mauled)\b"
)


# What editors put before or into a text: "[TEXT]", "[BY JOHN SMITH]".
_BRACKETS = re.compile(r"\[[^\]]{0,80}\]")


def told_text(sentence: Sentence, head: int) -> str:
    """The sentence as the classifier likes it: without the dateline, which ends at `head`, and without editors' brackets."""
    text = sentence.text
    if not sentence.is_title and sentence.start < head < sentence.end:
        text = text[head - sentence.start :]
    return " ".join(_BRACKETS.sub(" ", text).split()) or text
