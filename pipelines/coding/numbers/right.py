"""Links a word of harm to the people after it: "killed two soldiers, a guard and his son"."""

import re

from pipelines.coding.numbers.count import Harm, NumberBasis
from pipelines.coding.numbers.gaps import COORDINATED, OF_THEM, OTHER_HARM_AFTER, PART, passive_before
from pipelines.coding.numbers.harms import Side, Trigger
from pipelines.coding.numbers.nouns import ends_noun_phrase
from pipelines.coding.numbers.people import People, is_noun_phrase, named_after, titled_after

Group = list[tuple[People, bool]]

_RIGHT_GAP = re.compile(
    r"\s*(?:(?:also|then|reportedly|allegedly|apparently|a\s+further|further|another|the|total\s+of|a\s+total\s+of|his|her|their|its|himself\s+and|some\s+of|all|both|off|up|of|"
    r"people|dead)\s*)*",
    re.I,
)
_AND_HURT = re.compile(r"\s+(?:and|or|and/or)\s+(?:wound|injur)(?:ing|ed)\s*", re.I)
_NUMBER_NEXT = re.compile(r"\s+(?:at\s+least\s+)?\d")
# A toll that nobody knows yet: "is likely to rise".
_FORESEEN = re.compile(r"\b(?:likely|expected|could|may|might|feared|sure|set)\b", re.I)
# Words between a toll and its number.
_TOLL_GAP = 25
# The name that follows a title: "Minister Antonio Perez and two of his guards"; at most so many words.
_AND_AFTER_NAME = re.compile(
    r"(?P<name>(?:\s+[\w.’'-]+){0,4})\s*(?:,\s*\d{1,3}\s*)?,?\s+and\s+(?:his\s+|her\s+)?", re.I
)
_HIS = re.compile(r"(?:his|her|their)\b", re.I)
# A list goes on to its "and": "a man, his wife, their son and a guard".
_AND_NEXT = re.compile(r"(?:\s*,\s*(?:his|her|their|an?|the|\w+)\s+[\w-]+(?:\s+[\w-]+)?)*\s*,?\s+and\b", re.I)
_APPOSITION = re.compile(r"\s*,\s*an?\b", re.I)


def link_right(text: str, trigger: Trigger, people: list[People]) -> Group:
    """The people after a word and whether each is only a part of others there."""
    if trigger.side is Side.TOLL and _FORESEEN.search(trigger.word):
        return []
    if trigger.side is Side.EITHER and _is_passive(text, trigger):
        return []
    after = [p for p in people if p.start >= _reach_back(trigger)]
    if trigger.side is Side.EITHER and after and OTHER_HARM_AFTER.match(text, after[0].end):
        return []  # "13 civilians killed 43 others injured": the second figure has its own word
    if trigger.side is Side.TOLL:
        after = [p for p in after if p.is_counted]
    if after and _is_right_gap(text, trigger, after[0]):
        return _group(text, after)
    if trigger.side is Side.TOLL:
        return []
    single = named_after(text, trigger.end) or _single_after(text, trigger)
    return _group(text, [single, *(p for p in after if p.start >= single.end)]) if single else []


def _reach_back(trigger: Trigger) -> int:
    """Where the people begin at the earliest: a toll's last word may be the number's first ("toll now at least 12")."""
    return trigger.end - len("from") if trigger.side is Side.TOLL else trigger.end


def _is_passive(text: str, trigger: Trigger) -> bool:
    passive = passive_before(text, trigger.start)
    if passive is None:
        return False
    return not (_NUMBER_NEXT.match(text, trigger.end) and passive["aux"].lower() == "left")


def _single_after(text: str, trigger: Trigger) -> People | None:
    if trigger.harm not in (Harm.KILLED, Harm.ABDUCTED) or text[trigger.end : trigger.end + 1] != " ":
        return None
    if trigger.side is Side.EITHER and re.match(r"\s+(?:in|by|during|on|at|and|or)\b", text[trigger.end :]):
        return None
    return titled_after(text, trigger.end)


def _is_right_gap(text: str, trigger: Trigger, people: People) -> bool:
    gap = text[trigger.end : people.start]
    if trigger.side is Side.TOLL:
        return len(gap) <= _TOLL_GAP and not re.search(r"[.;]", gap)
    if _RIGHT_GAP.fullmatch(gap):
        return True
    if people.count.basis is NumberBasis.WORD and _AND_HURT.fullmatch(gap):
        return True  # "killing and wounding a number of fighters": the word rule holds for either
    return not people.is_counted and is_noun_phrase(gap)  # "killed Green Valley farmers"


def _group(text: str, after: list[People]) -> Group:
    """The people after a verb and those joined to them: "killing two soldiers, a guard and his son, including ..."."""
    group: Group = [(after[0], False)]
    previous = after[0]
    for current in after[1:]:
        gap = text[previous.end : current.start]
        if PART.fullmatch(gap) or OF_THEM.match(text, current.count.end):
            group.append((current, True))
        elif joins(gap, previous) and not OTHER_HARM_AFTER.match(text, current.end):
            if not is_apposition(text, previous, current):
                group.append((current, group[-1][1]))
        else:
            break
        previous = current
    return group


def joins(gap: str, previous: People) -> bool:
    """Whether the people before and after the gap are counted together; a title may have its name in between."""
    if COORDINATED.fullmatch(gap):
        return True
    named = None if previous.is_counted or previous.count.best != 1 else _AND_AFTER_NAME.fullmatch(gap)
    return named is not None and not ends_noun_phrase(named["name"].split())


def is_apposition(text: str, previous: People, current: People) -> bool:
    """ "Omar Hadi, a trader", "the trader, Omar Hadi" and "a girl, his cousin, in the arm": the same person again."""
    if previous.is_named:
        return not current.is_named and _APPOSITION.match(text, previous.end) is not None
    single = not previous.is_counted and previous.count.best == 1
    if not single or text[previous.end : current.start].strip() != ",":
        return False
    return current.is_named or (
        _HIS.match(current.count.text) is not None and _AND_NEXT.match(text, current.end) is None
    )
