"""Who was killed, hurt, abducted or arrested, and how many: harm words linked to the people they tell of."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.coding.numbers.count import Casualty, Count, Harm, NumberBasis
from pipelines.coding.numbers.crowds import find_crowds
from pipelines.coding.numbers.harms import Side, Trigger, find_triggers
from pipelines.coding.numbers.left import count_before, link_left
from pipelines.coding.numbers.people import People, find_people
from pipelines.coding.numbers.right import link_right

_BACKGROUND = re.compile(
    r"\b(?:has\s+since\s+(?:killed|claimed|left)|since\s+(?:\w+ing\s+in|march|april|may|june|july|august|september|october|november|december|february)\s+(?:19|20)\d\d|since\s+(?:the\s+)?(?:(?:19|20)\d\d|(?:early|late|mid|start|beginning)|war|conflict|uprising|insurgency|violence\s+began|january|last\s+year)|so\s+far\s+this\s+year|"
    r"(?:over|in|during|for)\s+the\s+(?:past|last)\s+(?:few\s+|several\s+|\w+\s+)?(?:years?|months?|decades?)|in\s+recent\s+(?:years|months|weeks)|last\s+(?:year|month)|this\s+year|"
    r"every\s+(?:day|week|month|year)|each\s+(?:day|week|month|year)|per\s+(?:day|week|month|year)|annually|over\s+the\s+years|world\s+war|years\s+of\s+(?:war|conflict|fighting)|"
    r"(?:year|decade)s?[\s-]long|civil\s+war|(?:war|conflict|campaign|insurgency|violence|uprising|offensive|crackdown|unrest)\s+(?:[\w-]+\s+){0,6}(?:which|that)\s+ha(?:s|ve))\b",
    re.I,
)
_NONE_HURT = re.compile(
    r"\b(?:no|without(?:\s+any)?|nor\s+any)\s+(?:immediate\s+|reported\s+|further\s+|other\s+)*(?:reports?\s+of\s+)?(?:any\s+)?"
    r"(?P<w>casualt\w+|deaths?|fatalit\w+|injur\w+|victims|(?:people|persons|civilians|one|civilian)\s+(?:was|were)\s+(?:killed|hurt|injured|harmed))",
    re.I,
)
# No single event of ACLED's kinds has a toll like this; a crowd may be larger, and is never background for its size.
_WAR_TOLL = 20_000


def find_casualties(text: str, offset: int, skip: Sequence[tuple[int, int]] = ()) -> list[Casualty]:
    """The figures of a sentence: killed, injured, abducted, arrested, participants; in order of appearance.

    `text` is the sentence and `offset` its first character in the article; `skip` are spans (into the article) of dates.
    A part of another figure is there but marked (`is_part`): "eleven people, including three children" gives 11 and a
    part of 3. "No casualties" gives 0 killed and 0 injured. What no number tells is implied from the grammar and marked.
    Factuality is not judged here. Never raises.
    """
    local = [(start - offset, end - offset) for start, end in skip]
    found = _find_harms(text, local)
    found += find_crowds(text, local)
    if not found:
        return []
    marks = [m.span() for m in _BACKGROUND.finditer(text)]
    found = [replace(c, is_background=True) if _is_background(text, c, marks) else c for c in found]
    return sorted(
        (_shift(casualty, offset) for casualty in found), key=lambda c: (c.count.start, c.trigger_start)
    )


def _is_background(text: str, casualty: Casualty, marks: list[tuple[int, int]]) -> bool:
    """Whether words of a long time stand in the figure's clause, or open the sentence ("Since 2015, ...")."""
    if casualty.harm is not Harm.PARTICIPANTS and casualty.count.best >= _WAR_TOLL:
        return True
    first = min(casualty.count.start, casualty.trigger_start)
    last = max(casualty.count.end, casualty.trigger_end)
    return any(_CLAUSE.search(text, *_gap(mark, first, last)) is None for mark in marks)


def _gap(mark: tuple[int, int], first: int, last: int) -> tuple[int, int]:
    """The words between a mark of time and a figure; the comma after a sentence's opening does not count."""
    start, end = mark
    if end > first:
        return last, start
    return (end + len(", ") if start <= _OPENING else end), first


# Characters within which a mark opens the sentence.
_OPENING = 4


# Where a clause ends between a figure and a mark of time.
_CLAUSE = re.compile(
    r"[;:]|,\s|\b(?:(?:which|that)(?!\s+ha(?:s|ve)\b)|who|where|after|as|when|while|amid|and|but)\b", re.I
)


def _shift(casualty: Casualty, offset: int) -> Casualty:
    count = casualty.count
    moved = replace(count, start=count.start + offset, end=count.end + offset)
    return replace(
        casualty,
        count=moved,
        trigger_start=casualty.trigger_start + offset,
        trigger_end=casualty.trigger_end + offset,
    )


def _find_harms(text: str, skip: list[tuple[int, int]]) -> list[Casualty]:
    triggers = [t for t in find_triggers(text) if not _is_charge(text, t)]
    people = find_people(text, skip) if triggers else []
    found: list[Casualty] = []
    claimed: set[int] = set()
    # What stands after its verb is settled first, so that it is not taken for a subject.
    for trigger in triggers:
        if trigger.side is Side.OF and (counted := count_before(text, trigger)):
            found.append(Casualty(trigger.harm, counted, trigger.start, trigger.end))
        elif trigger.side in (Side.TOLL, Side.OF, Side.RIGHT, Side.EITHER):
            linked = link_right(text, trigger, people)
            claimed |= {people.index(p) for p, _ in linked if p in people}
            found += [_casualty(trigger, p, is_part=part) for p, part in linked]
    done = {casualty.trigger_start for casualty in found}
    for trigger in triggers:
        if trigger.start not in done and trigger.side in (Side.LEFT, Side.EITHER, Side.COUNTED):
            found += link_left(text, trigger, people, claimed)
    found = [casualty for casualty in found if not _is_mixed(text, casualty)]
    return found + _none_hurt(text) + _suicides(text)


# "two counts of murder", "attempted murder": the court's words, not the event's.
_CHARGE = re.compile(
    r"\b(?:counts?|charges?|suspicion|attempted|conspiracy\s+to(?:\s+commit)?)\s+(?:of\s+)?(?:[\w-]+\s+){0,3}$",
    re.I,
)
_CHARGE_CHARS = 45


def _is_charge(text: str, trigger: Trigger) -> bool:
    if not trigger.word.startswith(("murder", "kill", "assassination")):
        return False
    return _CHARGE.search(text, max(0, trigger.start - _CHARGE_CHARS), trigger.start) is not None


# "were killed or wounded": nobody knows how many of them died, and ACLED counts none (codebook, "casualties").
_MIXED = re.compile(
    r"\s*(?:,\s*(?:wounded|injured)\s*,?\s*)?(?:and/)?or\s+(?:wounded|injured|captured|hurt|missing)\b", re.I
)


def _is_mixed(text: str, casualty: Casualty) -> bool:
    return casualty.harm is Harm.KILLED and _MIXED.match(text, casualty.trigger_end) is not None


_SUICIDE = re.compile(
    r"\b(?:turn(?:ed|ing|s)\s+(?:the|his|her|a)\s+(?:gun|weapon|rifle|pistol)\s+on\s+(?:himself|herself)|(?:took|taking|takes)\s+(?:his|her)\s+own\s+life"
    r"|(?:(?:before|then)\s+(?:shot|shooting)|hang(?:ed|ing))\s+(?:himself|herself)(?!\s+in\s+the\s+(?:leg|foot|hand|arm))|committed\s+suicide|(?:fatally\s+shoots?|kill(?:s|ed))\s+self|kills\s[^.;]{1,60},\s*(?:then\s+)?self)\b",
    re.I,
)


def _suicides(text: str) -> list[Casualty]:
    """Who "turned the gun on himself" is among the dead."""
    found = []
    for match in _SUICIDE.finditer(text):
        count = Count(match.start(), match.end(), 1, 1, 1, NumberBasis.EXACT, match.group(), "himself")
        found.append(Casualty(Harm.KILLED, count, match.start(), match.end(), is_implied=True))
    return found[:1]


def _casualty(trigger: Trigger, people: People, *, is_part: bool) -> Casualty:
    is_total = trigger.side is Side.TOLL
    return Casualty(
        trigger.harm,
        _risen(people.count) if is_total else people.count,
        trigger.start,
        trigger.end,
        is_part=is_part,
        is_total=is_total,
        is_implied=not people.is_counted,
    )


def _risen(count: Count) -> Count:
    """A toll that rose "from 58 to 62" is 62."""
    if count.high is None or not count.text.lower().startswith("from"):
        return count
    return replace(count, low=count.high, best=count.high, basis=NumberBasis.EXACT)


def _none_hurt(text: str) -> list[Casualty]:
    found = []
    for match in _NONE_HURT.finditer(text):
        word = match["w"].lower()
        count = Count(match.start(), match.end(), 0, 0, 0, NumberBasis.EXACT, match.group())
        if not word.startswith("injur") and not word.endswith(("hurt", "injured")):
            found.append(Casualty(Harm.KILLED, count, match.start("w"), match.end("w")))
        if not word.startswith(("death", "fatal")) and not word.endswith("killed"):
            found.append(Casualty(Harm.INJURED, count, match.start("w"), match.end("w")))
    return found
