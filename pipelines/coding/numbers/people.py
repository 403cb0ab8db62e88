"""People in a sentence, counted or not: "at least 11 civilians", "a soldier", "his wife", "himself", "villagers"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.coding.numbers.count import Count, NumberBasis
from pipelines.coding.numbers.find import find_counts
from pipelines.coding.numbers.nouns import age_span, ends_noun_phrase, is_people, noun_span, persons
from schemas.countries import by_demonym

_DETERMINER = re.compile(
    r"\b(?P<d>an?|another|the|his|her|their|its|this|that|my|our)\b(?=\s+[\dA-Za-z])|\b(?P<self>himself|herself|him|her(?=\s*(?:$|[.,;)]|(?:and|in|with|on|at|before|after|as|inside|outside|near|by|to)\b)))\b",
    re.IGNORECASE,
)
# "killed her and her husband"
_HER = re.compile(r"\s+(?:and|in|with|on|at|before|after|as|inside|outside|near|by|to)\b", re.IGNORECASE)
_BARE = re.compile(r"\b[a-z][a-z-]{2,}\b", re.IGNORECASE)
_NAMED = re.compile(
    r"\s+(?:(?:the\s+|a\s+)?(?:[a-z-]+\s+){0,3}[a-z-]+\s+)?(?P<name>(?:[A-Z][\w’'-]+\s+){1,3}[A-Z][\w’'-]+)"
)
# "the 53-year-old was hurt", and in headlines "4-year-old hurt"
_AGED_ALONE = re.compile(
    r"\b(?:\d{1,3}|[a-z]+)[\s-]years?[\s-]old\b(?!\s+[A-Za-z-]*(?:man|woman|boy|girl|child|male|female|teen|son|daughter|brother|sister))",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[ -][a-z]{3,}")
# Things that are killed, lost or taken in numbers and are no people.
_THINGS = re.compile(
    r"\b(?:casualties|losses|numbers?|responsibility|victory|outlets?|warrants?|orders?|contracts?|cattle|cows?|sheep|goats?|camels?|livestock|animals?|dogs?|horses?|birds?|chickens?|pigs?|vehicles?|cars?|trucks?|tanks?|"
    r"houses?|homes?|buildings?|shops?|villages?|towns?|cit(?:y|ies)|attacks?|incidents?|operations?|strikes?|airstrikes?|raids?|clashes|"
    r"bombs?|bombings?|rockets?|missiles?|mortars?|shells?|rounds?|shots?|drones?|explosions?|blasts?|mines?|weapons?|rifles?|guns?|"
    r"provinces?|districts?|countries|states?|schools?|hospitals?|mosques?|churches|motorcycles?|boats?|ships?|planes?|helicopters?|"
    r"bills?|plans?|proposals?|deals?|measures?|motions?|laws?|ideas?|hopes?|projects?|times|cases|counts|charges|points?|goals?|seats?|votes?|jobs?|trees?|tents?|bases?|checkpoints?|positions?|locations?|places?|sites?)\b",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class People:
    """A group of people in a sentence. `start` and `end` (into the sentence) hold number and noun; `is_counted` is False
    where no number stands ("a soldier", "villagers"); `is_named` marks a person told by name."""

    start: int
    end: int
    count: Count
    is_counted: bool
    is_named: bool = False


def find_people(text: str, skip: Sequence[tuple[int, int]] = ()) -> list[People]:
    """The groups of people of a sentence, in order. Counted ones win over words they contain."""
    counted = [_counted(text, count) for count in find_counts(text, 0, skip)]
    found = _without_wholes(text, [people for people in counted if people is not None])
    found += _uncounted(text, found)
    found += _aged_names(text, found)
    return sorted(found, key=lambda p: p.start)


# "one of the three drivers", "four of her nine guards"
_OF_MORE = re.compile(r"\s*of\s+(?:(?:the|his|her|their|its|these|those)\s*)?$", re.IGNORECASE)


_WHO = re.compile(r"\s+(?:who|killed|shot|injured|wounded)\b", re.IGNORECASE)


def _without_wholes(text: str, found: list[People]) -> list[People]:
    """Of "one of the three drivers" the one alone, its noun the drivers; of "one of the three who died" the three."""
    kept: list[People] = []
    for people in found:
        last = kept[-1] if kept else None
        of_more = last is not None and _OF_MORE.fullmatch(
            text, last.count.end, people.start + _article(people)
        )
        if last is None or not of_more:
            kept.append(people)
        elif _WHO.match(text, people.end):
            kept[-1] = people
        else:
            kept[-1] = replace(last, end=people.end, count=replace(last.count, noun=people.count.noun))
    return kept


def _article(people: People) -> int:
    """Length of the article that a number's bound may hold ("the three")."""
    return len("the ") if people.count.text.lower().startswith("the ") else 0


# "Omar Hadi, 34, " and "Omar Hadi (34)"
_AGED_NAME = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+){1,4}[A-Z][\w’'-]+(?:\s+[JS]r\.?)?(?:,\s*(?:aged\s+)?\d{1,2}(?=\s*(?:[,;.]|and\b|was\b|were\b|of\b|$))|\s+\(\d{1,2}\))"
)


def _aged_names(text: str, found: list[People]) -> list[People]:
    """People told by name and age; not in capitals throughout, where every word looks like a name."""
    if text.isupper():
        return []
    taken = [(people.start, people.end) for people in found]
    ages = (m for m in _AGED_NAME.finditer(text) if not _inside(m.start(), m.end(), taken))
    return [replace(_one(m.start(), m.end(), m.group()), is_named=True) for m in ages]


def is_noun_phrase(gap: str) -> bool:
    """Whether the words between a verb and its people are only describing words ("Green Valley" in "killed Green Valley
    farmers"): at most three, none of which ends a noun phrase."""
    words = gap.split()
    return 0 < len(words) <= 3 and not ends_noun_phrase(words) and re.search(r"[,;:.()]", gap) is None


def named_after(text: str, start: int) -> People | None:
    """A single person by name straight after a verb: "killed the trader Omar Hadi", "the killing of Omar Hadi"."""
    match = _NAMED.match(text, start)
    if match is None or text.isupper() or ends_noun_phrase(list(match.group().split())):
        return None
    following = text[match.end() : match.end() + 30].split()
    if following and following[0].lower() in ("said", "says", "reported", "told"):
        return None
    if following and persons().get(following[0].lower().strip(".,;")) in ("many", "crowd"):
        return None
    return replace(_one(match.start("name"), match.end("name"), match["name"]), is_named=True)


def titled_after(text: str, start: int) -> People | None:
    """A single person by title or trade straight after a verb, without an article: "killed Justice Minister ...",
    "killed journalist ...", or, after an article, a singular that no list knows ("killed a gate keeper")."""
    _, end = noun_span(text, start)
    words = text[start:end].split()
    uses = [persons().get(word.lower().strip("'’,.")) for word in words]
    if "one" in uses and not {"many", "crowd"} & set(uses):
        return _one(start, end, text[start:end].strip())
    article = bool(words) and words[0].lower() in ("a", "an", "the", "his", "her")
    if not article or len(words) < 2 or words[-1].lower().endswith("s") or _THINGS.fullmatch(words[-1]):
        return None
    return _one(start, end, text[start:end].strip())


def _counted(text: str, count: Count) -> People | None:
    _, end = noun_span(text, count.end)
    noun = text[count.end : end]
    if noun.strip() and not is_people(noun) and not _may_be_people(noun):
        return None
    return People(count.start, max(end, count.end), count, is_counted=True)


def _may_be_people(noun: str) -> bool:
    """A noun that the list does not know: groups by name ("five Taliban") may be people, known things are not."""
    return _THINGS.search(noun) is None


def _uncounted(text: str, counted: list[People]) -> list[People]:
    taken = [(people.start, people.end) for people in counted]
    found: list[People] = []
    for match in _DETERMINER.finditer(text):
        people = _determined(text, match)
        if people is not None and not _inside(people.start, people.end, taken):
            found.append(people)
            taken.append((people.start, people.end))
    for match in _AGED_ALONE.finditer(text):
        if not _inside(match.start(), match.end(), taken):
            found.append(_one(match.start(), match.end(), match.group()))
            taken.append(match.span())
    return found + _bare(text, taken)


def _bare(text: str, taken: list[tuple[int, int]]) -> list[People]:
    """Words for people with neither number nor article: "villagers", and in headlines "teen"."""
    found = []
    for match in _BARE.finditer(text):
        use = persons().get(match.group().lower())
        if use and not _inside(match.start(), match.end(), taken):
            make = _one if use == "one" else _several
            found.append(make(match.start(), match.end(), match.group()))
    return found


def _inside(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(start < right and left < end for left, right in taken)


def _determined(text: str, match: re.Match[str]) -> People | None:
    _, end = noun_span(text, match.end())
    words = text[match.end() : end].lower().split()
    if match["self"] or (match["d"].lower() == "her" and not words and _HER.match(text, match.end())):
        return _one(match.start(), match.end(), match.group())
    aged = age_span(text, match.end())
    if aged is not None and not words:
        return _one(match.start(), aged, text[match.start() : aged])
    if not words or not is_people(words[-1]) or (words[-1] in by_demonym() and _GOES_ON.match(text, end)):
        return None  # "the Syrian branch"
    if persons().get(words[-1].strip("'’")) == "one":
        return _one(match.start(), end, text[match.start() : end])
    return _several(match.start(), end, text[match.start() : end])


def _one(start: int, end: int, noun: str) -> People:
    return People(start, end, Count(start, end, 1, 1, 1, NumberBasis.EXACT, noun, noun), is_counted=False)


def _several(start: int, end: int, noun: str) -> People:
    """ACLED's word rule: a plural without a number is 3."""
    return People(start, end, Count(start, end, 1, 3, None, NumberBasis.WORD, noun, noun), is_counted=False)
