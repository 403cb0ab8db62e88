"""Who was killed, hurt, abducted or arrested, and how many: harm words linked to the people they tell of."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.coding.numbers.count import Casualty, Count, Harm, NumberBasis
from pipelines.coding.numbers.crowds import find_crowds
from pipelines.coding.numbers.find import find_counts
from pipelines.coding.numbers.harms import Side, Trigger, find_triggers
from pipelines.coding.numbers.people import People, find_people, is_noun_phrase, named_after, titled_after

_ADVERBS = (
    r"(?:[a-z]+ly|also|then|later|both|all|either|even|himself|themselves|more|others?|another|people|off|first|being|been|still|now|already|"
    r"shot|arrested|attacked|abducted|kidnapped|beaten|tortured|captured|stabbed|ambushed|raped|seized|taken|detained|wounded|injured|killed|"
    r"and|or|either|feared|confirmed|reported|believed|found|pronounced|presumed|declared|left)"
)
_PASSIVE = re.compile(
    rf"\b(?P<aux>was|were|is|are|be|been|being|get|got|gets|getting|has|have|had|'s|lay|lie|lying|left|leaving|leaves|found)\s+(?:{_ADVERBS}\s+){{0,4}}$",
    re.I,
)
_RIGHT_GAP = re.compile(
    r"\s*(?:(?:also|then|reportedly|allegedly|apparently|a\s+further|further|another|the|total\s+of|a\s+total\s+of|his|her|their|its|himself\s+and|some\s+of|all|both|off|up|of|"
    r"people|dead)\s*)*",
    re.I,
)
_AND_HURT = re.compile(r"\s+(?:and|or|and/or)\s+(?:wound|injur)(?:ing|ed)\s*", re.I)
_COORDINATED = re.compile(
    r"\s*(?:,\s*(?:and|as\s+well\s+as|plus|along\s+with)?|and|&|as\s+well\s+as|plus|along\s+with|together\s+with|or)\s*(?:also|then)?\s*(?:\d{1,3}[\s-]year[\s-]old\s+)?",
    re.I,
)
_PART = re.compile(
    r"\s*[,(–—-]*\s*(?:including|include[sd]?|among\s+(?:them|whom|those|the\s+(?:dead|victims|wounded|injured))(?:\s+(?:were|was|are))?|of\s+(?:them|whom|which)|"
    r"notably|most\s+of\s+them|mostly|[–—(:])\s*(?:at\s+least\s+)?",
    re.I,
)
_OF_THEM = re.compile(
    r"\s*(?:of\s+(?:them|whom|which|the\s+(?:dead|victims|wounded|injured|killed))|among\s+them)\b", re.I
)
_OTHER_HARM_AFTER = re.compile(
    r"\s*(?:,?\s*(?:were|was|are|have\s+been|had\s+been|got)\s+)?(?:[a-z]+ly\s+|also\s+|others?\s+|more\s+|people\s+){0,3}"
    r"(?:injured|wounded|hurt|killed|dead|died|arrested|detained|abducted|kidnapped|missing|displaced|hospitali[sz]ed|taken|captured|shot)\b",
    re.I,
)
_CLAUSE_BREAK = re.compile(
    r"[;:]|\b(?:while|but|after|when|before|although|whereas|until|because|as\s+(?:the|a|an|they|he))\b", re.I
)
_BACKGROUND = re.compile(
    r"\b(?:has\s+since\s+(?:killed|claimed|left)|since\s+(?:\w+ing\s+in|march|april|may|june|july|august|september|october|november|december|february)\s+(?:19|20)\d\d|since\s+(?:the\s+)?(?:(?:19|20)\d\d|(?:early|late|mid|start|beginning)|war|conflict|uprising|insurgency|violence\s+began|january|last\s+year)|so\s+far\s+this\s+year|"
    r"(?:over|in|during|for)\s+the\s+(?:past|last)\s+(?:few\s+|several\s+|\w+\s+)?(?:years?|months?|decades?)|in\s+recent\s+(?:years|months|weeks)|last\s+year|this\s+year|"
    r"every\s+(?:day|week|month|year)|each\s+(?:day|week|month|year)|per\s+(?:day|week|month|year)|annually|over\s+the\s+years|world\s+war|years\s+of\s+(?:war|conflict|fighting)|"
    r"(?:year|decade)s?[\s-]long|civil\s+war)\b",
    re.I,
)
_NONE_HURT = re.compile(
    r"\b(?:no|without(?:\s+any)?|nor\s+any)\s+(?:immediate\s+|reported\s+|further\s+|other\s+)*(?:reports?\s+of\s+)?(?:any\s+)?"
    r"(?P<w>casualt\w+|deaths?|fatalit\w+|injur\w+|victims|(?:people|persons|civilians|one|civilian)\s+(?:was|were)\s+(?:killed|hurt|injured|harmed))",
    re.I,
)
# No single event of ACLED's kinds has a toll like this; a crowd may be larger, and is never background for its size.
_WAR_TOLL = 20_000
# Words between the people and "were killed" ("eleven people attending a funeral in X were killed").
_PASSIVE_REACH = 16
# Words between the people and a bare participle ("30 others injured").
_BARE_REACH = 3


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
    everywhere = _BACKGROUND.search(text) is not None
    found = [replace(c, is_background=True) if everywhere or _is_war_toll(c) else c for c in found]
    return sorted(
        (_shift(casualty, offset) for casualty in found), key=lambda c: (c.count.start, c.trigger_start)
    )


def _is_war_toll(casualty: Casualty) -> bool:
    return casualty.harm is not Harm.PARTICIPANTS and casualty.count.best >= _WAR_TOLL


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
    triggers = find_triggers(text)
    people = find_people(text, skip) if triggers else []
    found: list[Casualty] = []
    claimed: set[int] = set()
    for (
        trigger
    ) in triggers:  # what stands after its verb is settled first, so that it is not taken for a subject
        if trigger.side is Side.OF and (counted := _count_before(text, trigger)):
            found.append(Casualty(trigger.harm, counted, trigger.start, trigger.end))
        elif trigger.side in (Side.TOLL, Side.OF, Side.RIGHT, Side.EITHER):
            linked = _link_right(text, trigger, people)
            claimed |= {people.index(p) for p, _ in linked if p in people}
            found += [_casualty(trigger, p, is_part=part) for p, part in linked]
    done = {casualty.trigger_start for casualty in found}
    for trigger in triggers:
        if trigger.start not in done and trigger.side in (Side.LEFT, Side.EITHER, Side.COUNTED):
            found += _link_left(text, trigger, people, claimed)
    return found + _none_hurt(text)


def _casualty(trigger: Trigger, people: People, *, is_part: bool) -> Casualty:
    return Casualty(
        trigger.harm,
        people.count,
        trigger.start,
        trigger.end,
        is_part=is_part,
        is_total=trigger.side is Side.TOLL,
        is_implied=not people.is_counted,
    )


def _link_right(text: str, trigger: Trigger, people: list[People]) -> list[tuple[People, bool]]:
    if trigger.side is Side.EITHER and _PASSIVE.search(text, max(0, trigger.start - 60), trigger.start):
        if not re.match(r"\s+(?:at\s+least\s+)?\d", text[trigger.end :]):
            return []
        aux = _PASSIVE.search(text, max(0, trigger.start - 60), trigger.start)
        if aux is None or aux["aux"].lower() not in ("has", "have", "had", "left"):
            return []
    after = [p for p in people if p.start >= trigger.end]
    if trigger.side is Side.EITHER and after and _OTHER_HARM_AFTER.match(text, after[0].end):
        return []  # "13 civilians killed 43 others injured": the second figure has its own word
    if trigger.side is Side.TOLL:
        after = [p for p in after if p.is_counted]
    if after and _is_right_gap(text, trigger, after[0]):
        return _group_right(text, after)
    if trigger.side is Side.TOLL:
        return []
    single = named_after(text, trigger.end) or _single_after(text, trigger)
    return [(single, False)] if single else []


def _single_after(text: str, trigger: Trigger) -> People | None:
    if trigger.harm not in (Harm.KILLED, Harm.ABDUCTED) or text[trigger.end : trigger.end + 1] != " ":
        return None
    if trigger.side is Side.EITHER and re.match(r"\s+(?:in|by|during|on|at|and|or)\b", text[trigger.end :]):
        return None
    return titled_after(text, trigger.end)


def _is_right_gap(text: str, trigger: Trigger, people: People) -> bool:
    gap = text[trigger.end : people.start]
    if trigger.side is Side.TOLL:
        return len(gap) <= 25 and not re.search(r"[.;]", gap)
    if _RIGHT_GAP.fullmatch(gap):
        return True
    if people.count.basis is NumberBasis.WORD and _AND_HURT.fullmatch(gap):
        return True  # "killing and wounding a number of fighters": the word rule holds for either
    return not people.is_counted and is_noun_phrase(gap)  # "killed Green Valley farmers"


def _group_right(text: str, after: list[People]) -> list[tuple[People, bool]]:
    """The people after a verb and those joined to them: "killing two soldiers, a guard and his son, including ..."."""
    group = [(after[0], False)]
    for previous, current in itertools.pairwise(after):
        gap = text[previous.end : current.start]
        if _PART.fullmatch(gap) or _OF_THEM.match(text, current.count.end):
            group.append((current, True))
        elif _COORDINATED.fullmatch(gap) and not _OTHER_HARM_AFTER.match(text, current.end):
            group.append((current, group[-1][1]))
        else:
            break
    return group


def _link_left(text: str, trigger: Trigger, people: list[People], claimed: set[int]) -> list[Casualty]:
    passive = _PASSIVE.search(text, max(0, trigger.start - 60), trigger.start)
    if trigger.side is Side.COUNTED:
        return _link_counted(text, trigger)
    if trigger.word == "dead" and _THE_DEAD.search(text, max(0, trigger.start - 12), trigger.start):
        return []  # "hundreds of people buried the dead"
    intransitive = trigger.side is Side.LEFT and trigger.word != "dead"
    reach = _PASSIVE_REACH if passive or intransitive else _BARE_REACH
    index = _nearest_left(text, trigger, people, reach)
    if index is None or (index in claimed and not passive):
        return _implied_left(text, trigger, passive) if index is None else []
    group = _group_left(text, people, index, claimed)
    nearest = people[index]
    lone = nearest.count.best == 1 and len(text[nearest.end : trigger.start].split()) <= 1
    if not passive and not intransitive and not lone and not any(p.is_counted for p, _ in group):
        return []  # "the attack that left villagers injured" has its verb; a bare "gunmen killed" has no victims
    return [_casualty(trigger, p, is_part=part) for p, part in group]


def _nearest_left(text: str, trigger: Trigger, people: list[People], reach: int) -> int | None:
    """The nearest people before the word; a bare plural ("villagers") gives way to a counted group before it."""
    vague: int | None = None
    for index in range(len(people) - 1, -1, -1):
        candidate = people[index]
        if candidate.end > trigger.start:
            continue
        gap = text[candidate.end : trigger.start]
        if len(gap.split()) > reach or _CLAUSE_BREAK.search(gap):
            break
        if gap.count(")") > gap.count("("):  # inside a bracket: beside the point
            continue
        if candidate.is_counted or candidate.count.best == 1:
            return index if vague is None or candidate.is_counted else vague
        vague = index if vague is None else vague
    return vague


def _group_left(text: str, people: list[People], index: int, claimed: set[int]) -> list[tuple[People, bool]]:
    """The people before a verb and those joined to them; parts lead back to their whole ("11, eight of them guards, died")."""
    group: list[tuple[People, bool]] = []
    while True:
        current = people[index]
        gap = text[people[index - 1].end : current.start] if index > 0 else "."
        part = bool(_OF_THEM.match(text, current.count.end)) or (
            index > 0 and _PART.fullmatch(gap) is not None
        )
        group.append((current, part))
        joined = _COORDINATED.fullmatch(gap) or (part and len(gap) <= 25)
        if index == 0 or not joined or index - 1 in claimed:
            break
        index -= 1
    return _spread_parts(list(reversed(group)))


def _spread_parts(group: list[tuple[People, bool]]) -> list[tuple[People, bool]]:
    """What is joined to a part is a part too ("including a woman and a child"), if a whole stands before it."""
    if group and group[0][1]:
        return [
            (people, False) if position == 0 else (people, part)
            for position, (people, part) in enumerate(group)
        ]
    spread, is_part = [], False
    for people, part in group:
        is_part = is_part or part
        spread.append((people, is_part))
    return spread


def _link_counted(text: str, trigger: Trigger) -> list[Casualty]:
    """11 deaths, two bodies: the number stands straight before the word. "His death", "Hadi's murder": one."""
    count = _count_before(text, trigger)
    if count is not None:
        return [Casualty(trigger.harm, count, trigger.start, trigger.end)]
    owner = _OWNER.search(text, max(0, trigger.start - 40), trigger.start)
    if owner is None or trigger.word not in ("death", "murder", "killing", "assassination"):
        return []
    return [_implied_one(text, trigger)]


def _count_before(text: str, trigger: Trigger) -> Count | None:
    """The number that counts the word itself: "23 killings of community leaders"."""
    counts = [
        c for c in find_counts(text[: trigger.start], 0) if len(text[c.end : trigger.start].split()) <= 2
    ]
    if not counts or re.search(r"[,;]", text[counts[-1].end : trigger.start]):
        return None
    return counts[-1]


def _implied_one(text: str, trigger: Trigger) -> Casualty:
    count = Count(trigger.start, trigger.end, 1, 1, 1, NumberBasis.EXACT, text[trigger.start : trigger.end])
    return Casualty(trigger.harm, count, trigger.start, trigger.end, is_implied=True)


_OWNER = re.compile(
    r"(?:\b(?:his|her)|\b(?!(?:mon|tues|wednes|thurs|fri|satur|sun)day|year|month|week|today|yesterday)[\w-]{3,}['’]s)\s+$",
    re.I,
)
_THE_DEAD = re.compile(r"\b(?:the|their|its|our|these|those|of)\s+$", re.I)
_NAME_BEFORE = re.compile(r"(?:\b[A-Z][\w’'.-]*\s+){1,5}(?:\([^)]*\)\s*)?(?:,[^,;]{1,80},\s*)?$")
_HE = re.compile(r"\b(?:he|she|who|him|her)\s+(?:\w+\s+){0,2}$", re.I)


def _implied_left(text: str, trigger: Trigger, passive: re.Match[str] | None) -> list[Casualty]:
    """ "Omar Hadi was shot dead", "he died": one, where the grammar says so; otherwise nothing."""
    before = text[
        max(0, (passive.start() if passive else trigger.start) - 90) : passive.start()
        if passive
        else trigger.start
    ]
    if _NO_PERSON.search(before):
        return []
    if passive is None:
        named = _NAME_BEFORE.search(before) is not None and not text.isupper()
        told = (
            trigger.side is Side.LEFT and trigger.word != "dead" and (named or _HE.search(before) is not None)
        )
        return [_implied_one(text, trigger)] if told else []
    singular = passive["aux"].lower() in ("was", "is", "has", "had", "'s", "got", "being")
    return [_implied_one(text, trigger)] if singular and before.strip() else []


_NO_PERSON = re.compile(
    r"\b(?:it|that|which|nothing|nobody|none|no|bill|plan|proposal|deal|measure|idea|motion|law|hope|threat|position|vehicle|weapon|area|town|village)"
    r"(?:\s+\w+)?\s*$",
    re.I,
)


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
