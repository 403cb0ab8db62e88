"""Links a word of harm to the people before it: "two soldiers and a guard were killed", "11 deaths", "he died"."""

import re

from pipelines.coding.numbers.count import Casualty, Count, NumberBasis
from pipelines.coding.numbers.find import find_counts
from pipelines.coding.numbers.gaps import CLAUSE_BREAK, OF_THEM, PART, active_before, passive_before
from pipelines.coding.numbers.harms import Side, Trigger
from pipelines.coding.numbers.people import People
from pipelines.coding.numbers.right import Group, is_apposition, joins

# Words between the people and "were killed" ("eleven people attending a funeral in X were killed").
_PASSIVE_REACH = 16
# Words between the people and a bare participle ("30 others injured").
_BARE_REACH = 3
_SINGULAR = frozenset(("was", "is", "has", "had", "'s", "got", "being"))
# "sixteen members of the village guard": the guard is no victim of its own
_BELONGS = re.compile(r"\s*(?:of|from|belonging\s+to|working\s+for)\b[^,;:]{0,60}$", re.I)
# Characters between a whole and its part.
_PART_GAP = 25


def link_left(text: str, trigger: Trigger, people: list[People], claimed: set[int]) -> list[Casualty]:
    """The figures that a word takes from what stands before it. `claimed`: people that another word has already."""
    if trigger.side is Side.COUNTED:
        return _link_counted(text, trigger)
    if _has_no_subject(text, trigger):
        return []
    passive = passive_before(text, trigger.start)
    intransitive = trigger.side is Side.LEFT and trigger.word != "dead"
    reach = _PASSIVE_REACH if passive or intransitive else _BARE_REACH
    index = _nearest_left(text, trigger, people, reach)
    if index is None or (index in claimed and not passive):
        return _implied_left(text, trigger, passive) if index is None else []
    group = _group_left(text, people, index, claimed, trigger)
    nearest = people[index]
    if passive and passive["aux"].lower() in ("was", "is") and len(group) == 1 and _is_bare_plural(nearest):
        return [_implied_one(text, trigger)]  # "a member of the rebels was killed"
    lone = nearest.count.best == 1 and len(text[nearest.end : trigger.start].split()) <= 1
    told = passive or intransitive or lone or any(p.is_counted for p, _ in group)
    # "the attack that left villagers injured" has its verb; a bare "gunmen killed" has no victims
    return [_figure(trigger, p, is_part=part) for p, part in group] if told else []


def _has_no_subject(text: str, trigger: Trigger) -> bool:
    """ "Hundreds buried the dead" and "the gunmen have killed": who stands before it did not suffer."""
    if trigger.word == "dead":
        return _THE_DEAD.search(text, max(0, trigger.start - 12), trigger.start) is not None
    return trigger.side is Side.EITHER and active_before(text, trigger.start)


def _figure(trigger: Trigger, people: People, *, is_part: bool) -> Casualty:
    implied = not people.is_counted
    return Casualty(
        trigger.harm, people.count, trigger.start, trigger.end, is_part=is_part, is_implied=implied
    )


def _is_bare_plural(people: People) -> bool:
    return not people.is_counted and people.count.basis is NumberBasis.WORD


def _nearest_left(text: str, trigger: Trigger, people: list[People], reach: int) -> int | None:
    """The nearest people before the word; those told without a number ("villagers", "the guard") give way to a counted
    group before them that they only describe."""
    vague: int | None = None
    for index in range(len(people) - 1, -1, -1):
        candidate = people[index]
        if candidate.end > trigger.start:
            continue
        gap = text[candidate.end : trigger.start]
        if len(gap.split()) > reach or CLAUSE_BREAK.search(gap):
            break
        if gap.count(")") > gap.count("("):  # inside a bracket: beside the point
            continue
        if candidate.is_counted:
            if vague is None or _is_bare_plural(people[vague]):
                return index
            return index if _describes(text, candidate, people[vague]) else vague
        vague = index if vague is None else vague
    return vague


def _describes(text: str, counted: People, bare: People) -> bool:
    return _BELONGS.fullmatch(text, counted.end, bare.start) is not None


def _group_left(text: str, people: list[People], index: int, claimed: set[int], trigger: Trigger) -> Group:
    """The people before a verb and those joined to them; parts lead back to their whole ("11, eight of them guards, died")."""
    if _is_own_subject(text, people[index], trigger):
        return [(people[index], False)]
    group: Group = []
    while True:
        current = people[index]
        gap = text[people[index - 1].end : current.start] if index > 0 else "."
        part = bool(OF_THEM.match(text, current.count.end)) or (index > 0 and PART.fullmatch(gap) is not None)
        if not group or not is_apposition(text, current, group[-1][0]):
            group.append((current, part))
        joined = (index > 0 and joins(gap, people[index - 1])) or (part and len(gap) <= _PART_GAP)
        if index == 0 or not joined or index - 1 in claimed:
            break
        index -= 1
    return _spread_parts(list(reversed(group)))


def _is_own_subject(text: str, people: People, trigger: Trigger) -> bool:
    """ "Two were shot, one of whom died": the verb is the one's alone."""
    of_them = OF_THEM.match(text, people.count.end)
    return (
        of_them is not None and "," not in text[of_them.end() : trigger.start] and people.end <= of_them.end()
    )


def _spread_parts(group: Group) -> Group:
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
    count = count_before(text, trigger)
    if count is not None:
        return [Casualty(trigger.harm, count, trigger.start, trigger.end)]
    owner = _OWNER.search(text, max(0, trigger.start - 40), trigger.start)
    if owner is None or trigger.word not in _OWNED:
        return []
    return [_implied_one(text, trigger)]


def count_before(text: str, trigger: Trigger) -> Count | None:
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
_OWNED = frozenset(("death", "murder", "killing", "assassination", "body"))
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
    if passive["aux"].lower() in _SINGULAR and before.strip():
        return [_implied_one(text, trigger)]
    return _named_before(text, trigger, before) if passive["aux"].lower() in ("were", "are", "have") else []


_NAMES = re.compile(
    r"(?P<names>(?:[A-Z][\w.’'-]*\s+){1,3}[A-Z][\w’'-]+(?:,\s+(?:[A-Z][\w.’'-]*\s+){1,3}[A-Z][\w’'-]+)*,?\s+and\s+(?:[A-Z][\w.’'-]*\s+){1,3}[A-Z][\w’'-]+)\s*$"
)


def _named_before(text: str, trigger: Trigger, before: str) -> list[Casualty]:
    """ "Omar Hadi, Salim Zaki and Rana Aziz were killed": three."""
    named = None if text.isupper() else _NAMES.search(before)
    if named is None:
        return []
    number = 2 + named["names"].count(",") - named["names"].count(", and")
    count = Count(trigger.start, trigger.end, number, number, number, NumberBasis.EXACT, named["names"])
    return [Casualty(trigger.harm, count, trigger.start, trigger.end)]


_NO_PERSON = re.compile(
    r"\b(?:it|that|which|nothing|nobody|none|no|bill|plan|proposal|deal|measure|idea|motion|law|hope|threat|position|vehicle|weapon|area|town|village)"
    r"(?:\s+\w+)?\s*$",
    re.I,
)
