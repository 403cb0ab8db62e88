"""Every count of a sentence, with its bounds. Ages, dates, money, distances, times and names with digits are no counts."""

import re
from collections.abc import Sequence

import ahocorasick_rs

from pipelines.coding.numbers.count import Count, NumberBasis
from pipelines.coding.numbers.nouns import is_armed, is_people, noun_after
from pipelines.coding.numbers.words import DIGIT_NUMBER, DIGIT_SCALE, WORD_NUMBER, parse_number_words
from pipelines.coding.text import lower_same_length

_QUANTITY = rf"(?:(?<![\w.,$€£/:+-]){DIGIT_NUMBER}{DIGIT_SCALE}(?![\d/:]|[.,]\d|-\d)|\b{WORD_NUMBER}\b)"
# in a range the first number may stand straight before a hyphen
_DIGITS = r"(?<![\w.,$€£/:+-])(?:\d{1,3}(?:,\d{3})+|\d+)"
_FOLLOWED = rf"(?!\s*(?:about|around|some|at\s+least|more|over|nearly|almost|approximately|up\s+to|{WORD_NUMBER}\b|\d))"
_VAGUE = (
    r"(?:(?:several|a\s+few|few|many)\s+(?:dozens?|scores?|hundreds?|thousands?)|tens\s+of\s+thousands|hundreds\s+of\s+thousands"
    r"|dozens(?:\s+(?:and|or)\s+dozens)?|scores|hundreds|thousands|millions|tens|several|a\s+few|few|many|numerous"
    r"|a\s+(?:large\s+|small\s+)?(?:number|handful|group|crowd)\s+of"
    + _FOLLOWED
    + r"|a\s+couple(?:\s+of)?|multiple|some"
    + _FOLLOWED
    + r"|an\s+unknown\s+number\s+of)"
)
_NONE = r"(?:no[\s-]one|nobody|none|no(?=\s+(?:casualties|deaths|injuries|fatalities|one|people|civilians|group)))"
_AT_LEAST = (
    r"at\s+least|no\s+(?:fewer|less)\s+than|not\s+(?:fewer|less)\s+than|a\s+minimum\s+of|more\s+than|over|upwards?\s+of|"
    r"as\s+many\s+as(?=\s+\d+\s+or\s+more)|in\s+excess\s+of|well\s+over|above|exceed(?:s|ed|ing)"
)
_AT_MOST = r"up\s+to|as\s+many\s+as|at\s+most|no\s+more\s+than|not\s+more\s+than|fewer\s+than|less\s+than|under|a\s+maximum\s+of"
_ABOUT = (
    r"about|around|some|nearly|almost|approximately|roughly|an\s+estimated|estimated|close\s+to|circa|just\s+(?:over|under)|"
    r"more\s+or\s+less|reportedly\s+around"
)
# What stands before a number and bounds it; searched only where a number was found.
_BOUND = re.compile(
    rf"(?:\b(?:(?P<between>between)|(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST})|(?P<about>{_ABOUT})|from)\s+)?"
    r"(?:\b(?:a\s+total\s+of|another|the|these|those|other|all)\s+)?$",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?:(?P<h1>{_DIGITS})\s?[-–]\s?(?P<h2>\d{{1,3}}(?:,\d{{3}})+|\d+)(?![\w/:%-]|[.,]\d)"
    rf"|(?P<r1>{_QUANTITY})\s+(?P<link>to|or|and)\s+(?P<r2>{_QUANTITY})"
    rf"|(?P<q>{_QUANTITY})(?P<post>\s+or\s+more|\s+or\s+so|-odd|\s*\+|\s+plus\b)?"
    rf"|\b(?P<vague>{_VAGUE})\b|\b(?P<none>{_NONE})\b)",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    rf"(?P<q>{_QUANTITY})(?P<post>\s+or\s+more|\s+or\s+so|-odd|\s*\+|\s+plus\b)?", re.IGNORECASE
)
# Where a count may begin: digits, and the first letters of numbers in words.
_ANCHOR_STEMS = (
    "0 1 2 3 4 5 6 7 8 9 half one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety dozens scores tens hundreds thousands "
    "millions several few many numerous multiple some nobody none"
).split()
_ANCHOR_PHRASES = (
    "no ,no-,a dozen,a score,a hundred,a thousand,a million,a few,a large,a small,a number,a handful,a group,a crowd,a couple,"
    "an unknown,a half"
).split(",")
_ANCHORS = ahocorasick_rs.AhoCorasick(
    _ANCHOR_STEMS + _ANCHOR_PHRASES, matchkind=ahocorasick_rs.MATCHKIND_LEFTMOST_LONGEST
)
_BOUND_REACH = 40
# ACLED's word rule: several, many, few 3 (or 10 by scale); tens 10; dozens 12; hundreds 100. Larger words alike: one of the
# unit. "Scores" is no word of the rule: one score.
_WORDS = {
    "several": 3, "few": 3, "many": 3, "numerous": 3, "number": 3, "handful": 3, "group": 3, "crowd": 10, "multiple": 3,
    "some": 3, "couple": 2, "unknown": 3,
    "tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1_000, "millions": 1_000_000,
}  # fmt: skip
# The rule's "3 or 10, by scale": of fighters, in battles and air strikes, 10.
_FEW, _FEW_FIGHTERS = 3, 10
# "several dozen": at least two of them
_MULTIPLIED = {"dozen": 24, "score": 40, "hundred": 200, "thousand": 2_000}
# What stands after a number that counts no people or incidents.
_NOT_COUNTED = re.compile(
    r"\s*(?:s\b|%|percent\b|per\s*cent\b|°|(?:st|nd|rd|th)\b|-?\s*(?:years?|months?|weeks?|days?)?[\s-]*(?:old|olds)\b"
    r"|[\s-]*(?:km|kms|kilomet\w+|miles?|met(?:er|re)s?|feet|foot|ft|inch(?:es)?|cm|mm|m|kg|kilo(?:gram)?s?|tons?|tonnes?|"
    r"lit(?:er|re)s?|acres?|hectares?|square|degrees?|mph|kph|barrels?|calib(?:er|re)|knots)\b"
    r"|[\s-]*(?:a\.?m\.?|p\.?m\.?|o'?clock|gmt|utc|hours?|hrs?|minutes?|mins?|seconds?|days?|nights?|weeks?|months?|years?|decades?|centur\w+)\b"
    r"|\s*(?:dollars?|euros?|pounds?|rupees?|pesos?|naira|shillings?|francs?|rials?|lira|yuan|yen|cents?|usd|crore|lakh)\b"
    r"|\s*(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|\s+(?:[\w.]+\s+){0,2}(?:street|avenue|road|boulevard|drive|lane|block\s+of)\b)",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"(?:[$€£₹#@]\s*|\b(?:rs\.?|usd|aged?|ages|article|section|chapter|no\.|number|route|highway|flight|room|page|resolution|"
    r"act|phase|day|week|grade|class|volume|vol\.|ps|interstate|channel|unit|camp|zone|ward|sector|km|kilomet\w+|mile|"
    r"division|battalion|brigade|regiment|company|platoon|squadron|infantry|corps|lib|ib|ward\s+no\.?|district|battery|line|gate|building|apartment|floor|level|version|chapter|figure|table|covid|h1n|mi|su|t|ak|f)\s*[-:]?\s*)$",
    re.IGNORECASE,
)
_AGE_AFTER_NAME = re.compile(r"[A-Za-z.’'-]+,\s*$")
_AGE_CLOSE = re.compile(r"\s*(?:,|and\s+[A-Z]|\)|;|$|\.)")
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_YEAR_BEFORE = re.compile(r"\b(?:in|since|of|during|by|from|until|and|to|year|through)\s+$", re.IGNORECASE)
_BEFORE_REACH = 24
# "ages 4 and 6", "aged 3, 5 and 7"
_AGES = re.compile(r"\bage[sd]?\s+(?:\d{1,2}\s*(?:,\s*and|,|and|or|to)\s*)+$", re.IGNORECASE)


def find_counts(text: str, offset: int, skip: Sequence[tuple[int, int]] = ()) -> list[Count]:
    """The counts of a sentence, in order of appearance, never overlapping.

    `text` is the sentence and `offset` its first character in the article. `skip` are spans into the article (dates that
    were found already) whose numbers count nothing. Ages, years, dates, times, money, percentages, distances, ordinals,
    house and road numbers are left out. "A soldier" is no count here (see find_casualties). Never raises.
    """
    found: list[Count] = []
    passed = 0
    for _, start, _ in _ANCHORS.find_matches_as_indexes(lower_same_length(text)):
        if start < passed or (start > 0 and text[start - 1].isalnum()):
            continue
        match = _COUNT.match(text, start)
        if match is None:
            continue
        bound = _BOUND.search(text, max(passed, start - _BOUND_REACH), start)
        if match["link"] == "and" and not (bound and bound["between"]):
            match = _SINGLE.match(text, start) or match
        passed = match.end()
        count = _read(match, bound)
        if count is not None and not _skipped(count, offset, skip) and not _is_measure(match):
            found.append(_placed(count, text, offset))
    return found


def _placed(count: Count, text: str, offset: int) -> Count:
    noun = noun_after(text, count.end)
    by_scale = count.basis is NumberBasis.WORD and count.best == _FEW and is_armed(noun)
    return Count(
        count.start + offset,
        count.end + offset,
        count.low,
        _FEW_FIGHTERS if by_scale else count.best,
        count.high,
        count.basis,
        count.text,
        noun,
    )


def _skipped(count: Count, offset: int, skip: Sequence[tuple[int, int]]) -> bool:
    return any(count.start + offset < end and start < count.end + offset for start, end in skip)


def _read(match: re.Match[str], bound: re.Match[str] | None) -> Count | None:
    groups = match.groupdict()
    start = bound.start() if bound and bound.group() else match.start()
    if groups.get("none"):
        return _count(match, match.start(), NumberBasis.EXACT, (0, 0, 0))
    if groups.get("vague"):
        return _vague(match, start)
    if groups["q"]:
        return _single(match, start, bound)
    low = parse_number_words(groups["h1"] or groups["r1"])
    high = parse_number_words(groups["h2"] or groups["r2"])
    if low is None or high is None or low >= high:
        return None
    return _count(match, start, NumberBasis.RANGE, (low, low, high))


def _single(match: re.Match[str], start: int, bound: re.Match[str] | None) -> Count | None:
    value = parse_number_words(match["q"])
    if value is None:
        return None
    post = (match["post"] or "").strip()
    if (bound and bound["least"]) or post in ("or more", "+", "plus"):
        return _count(match, start, NumberBasis.AT_LEAST, (value, value, None))
    if bound and bound["most"]:
        return _count(match, start, NumberBasis.AT_MOST, (0, value, value))
    if (bound and bound["about"]) or post in ("or so", "-odd"):
        return _count(match, start, NumberBasis.ABOUT, (value, value, value))
    return _count(match, start, NumberBasis.EXACT, (value, value, value))


def _vague(match: re.Match[str], start: int) -> Count | None:
    words = match["vague"].lower().split()
    best = _vague_value(words)
    return None if best is None else _count(match, start, NumberBasis.WORD, (best, best, None))


def _vague_value(words: list[str]) -> int | None:
    if words[0] in ("tens", "hundreds") and words[-1] == "thousands":
        return 10_000 if words[0] == "tens" else 100_000
    unit = words[-1].rstrip("s")
    if len(words) > 1 and unit in _MULTIPLIED and words[0] not in ("dozens",):
        return _MULTIPLIED[unit]
    return next((_WORDS[word] for word in words if word in _WORDS), None)


def _count(
    match: re.Match[str], start: int, basis: NumberBasis, values: tuple[int, int, int | None]
) -> Count:
    low, best, high = values
    return Count(start, match.end(), low, best, high, basis, match.string[start : match.end()])


def _is_measure(match: re.Match[str]) -> bool:
    """Whether the number is an age, a year, money, a distance, a time, a road or a name: it counts nothing."""
    text, start, end = match.string, match.start(), match.end()
    groups = match.groupdict()
    if groups.get("none"):
        return False
    if groups.get("vague"):
        return _NOT_COUNTED.match(text, end) is not None
    if _NOT_COUNTED.match(text, end) or _NOT_BEFORE.search(text, max(0, start - _BEFORE_REACH), start):
        return True
    quantity = groups["q"] or ""
    if quantity[:1] == "0" or (_YEAR.fullmatch(quantity) and _is_year(text, start, end)):
        return True
    if not quantity.isdigit():
        return False
    return (len(quantity) <= 2 and _is_age(text, start, end)) or _is_in_name(text, start, end)


# "Barrio 18", "Channel 5": a name's number stands straight after its capitalised word, and no verb or noun of people after it.
_NAME_BEFORE = re.compile(r"[a-z]\s+(?:[A-Z][\w-]*\s+)*(?P<last>[A-Z][a-z]+|[A-Z]{2,})\s$")
_COUNTED_AFTER = re.compile(
    r"\s+(?:were|was|are|have|had|others?|more|of|dead|killed|people)\b", re.IGNORECASE
)
_NAME_REACH = 40


def _is_in_name(text: str, start: int, end: int) -> bool:
    name = _NAME_BEFORE.search(text, max(0, start - _NAME_REACH), start)
    if name is None or name["last"].lower().endswith(("day", "s")) or _COUNTED_AFTER.match(text, end):
        return False
    noun = noun_after(text, end)
    return not noun or not is_people(noun)


def _is_year(text: str, start: int, end: int) -> bool:
    noun = noun_after(text, end)
    return (
        not noun
        or not is_people(noun)
        or _YEAR_BEFORE.search(text, max(0, start - _BEFORE_REACH), start) is not None
    )


def _is_age(text: str, start: int, end: int) -> bool:
    """ "Maria Lopez, 34, was" is an age; "soldiers, 34 rebels" is not."""
    before = text[max(0, start - _BEFORE_REACH) : start]
    if _AGES.search(before):
        return True
    name = _AGE_AFTER_NAME.search(before)
    if name is None or _AGE_CLOSE.match(text, end) is None:
        return before.endswith("(") and text[end : end + 1] == ")"
    return name.group()[0].isupper() and (not text.isupper() or text[end : end + 1] == ",")
