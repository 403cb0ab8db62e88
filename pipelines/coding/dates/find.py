"""All dates of a sentence: patterns by the words that call for them, overlaps settled, ranges joined, bounds read."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import ahocorasick_rs

from pipelines.coding.dates import absolute, relative
from pipelines.coding.dates.calendar import make_day, week_of
from pipelines.coding.dates.mention import DateKind, DateMention, precision_of
from schemas.precision import TimePrecision

Handler = Callable[[re.Match[str], date], tuple[date, date, DateKind] | None]

# Stems that call for a group of patterns: one pass over a sentence says which are worth trying, and mostly none is.
_STEMS: dict[str, str] = {
    "month": "jan feb mar apr may jun jul aug sep oct nov dec",
    "weekday": "monday tuesday wednesday thursday friday saturday sunday",
    "word": "today yesterday tomorrow night morning afternoon evening christmas new year",
    "period": "hour days week month year",
}
_CALLS = [(stem, call) for call, stems in _STEMS.items() for stem in stems.split() if stem != "new"]
_CALLS += [
    (" day", "word"),
    *((f"{n}{end}", "digit") for n in range(10) for end in ("st", "nd", "rd", "th", "/", ".")),
]
_CALLS += [(f"{century}{n}", "digit") for century in ("18", "19", "20") for n in range(10)]
_STEM_FINDER = ahocorasick_rs.AhoCorasick(
    [stem for stem, _ in _CALLS], matchkind=ahocorasick_rs.MATCHKIND_STANDARD
)
# (what calls for it, pattern, reader), the more telling first: an earlier pattern wins an overlap
_PATTERNS: tuple[tuple[frozenset[str], re.Pattern[str], Handler], ...] = (
    (frozenset({"digit"}), absolute.ISO, absolute.iso),
    (frozenset({"digit"}), absolute.SLASH, absolute.slash),
    (frozenset({"month"}), absolute.DAY_MONTH, absolute.day_and_month),
    (frozenset({"month"}), absolute.MONTH_DAY, absolute.day_and_month),
    (frozenset({"month"}), absolute.WEEK_OF_MONTH, absolute.week_of_month),
    (frozenset({"month"}), absolute.MONTH_ONLY, absolute.month_only),
    (frozenset({"weekday"}), relative.WEEKDAY_NAMED, relative.weekday),
    (frozenset({"word"}), relative.DAY_WORD, relative.day_word),
    (frozenset({"period", "word"}), relative.WITHIN, relative.within),
    (frozenset({"period", "word"}), relative.AGO, relative.ago),
    (frozenset({"period"}), relative.PERIOD, relative.period),
    (frozenset({"period"}), relative.WEEKEND, relative.weekend),
    (frozenset({"digit"}), absolute.ORDINAL_DAY, absolute.ordinal_day),
    (frozenset({"digit"}), absolute.YEAR_ONLY, absolute.year_only),
)
_JOIN = re.compile(
    r"\s*(?:,?\s*(?P<to>to|until|till|through|and\s+ending\s+on|up\s+to)|(?P<dash>[-–—])|(?P<and>and))\s+(?:on\s+)?",
    re.I,
)
_NOW = re.compile(r"\s*(?:,?\s*(?:to|until|till|through)|[-–—])\s+(?:now|date|the\s+present|present)\b", re.I)
_BEFORE_IT = re.compile(
    r"\b(?P<w>since|from|between|after|starting(?:\s+(?:on|from))?|beginning(?:\s+(?:on|from))?|following|until|till|before|"
    r"by|prior\s+to|ahead\s+of|up\s+to)\s+(?:the\s+)?(?:(?:start|beginning)\s+of\s+)?$",
    re.I,
)
# "since the week of calm that began on 22 February"
_SINCE_ITS_START = re.compile(
    r"\bsince\b[^.;,]*\b(?:began|begun|started|starting|beginning)\s+(?:on\s+)?$", re.I
)
_CLAUSE_BACK = 100
_WEEK_OF = re.compile(r"\bweek\s+(?:of|beginning|starting)\s+(?:on\s+)?$", re.I)
_SINCE = frozenset(
    {
        "since",
        "after",
        "starting",
        "starting on",
        "starting from",
        "beginning",
        "beginning on",
        "beginning from",
    }
)
_UNTIL = frozenset({"until", "till", "before", "by", "prior to", "ahead of", "up to"})
_EXPLICIT_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b|\b\d\d$")
# Characters before a date in which its preposition is looked for.
_LOOK_BACK = 30
# "overnight on Friday": the named day says it better
_OVERNIGHT_REACH = 20


def find_dates(text: str, offset: int, day: date, anchor: date | None = None) -> list[DateMention]:
    """The dates of a sentence, in order of appearance, never overlapping.

    `text` is the sentence and `offset` its first character in the article; `day` is the article's day
    (see reference_day). "The previous day", "a day later" and "the same day" are told from `anchor`, the day of the
    event told just before, or else from the nearest day named earlier in the sentence, or else from `day`.
    Never raises; what no calendar holds is left out.
    """
    calls = _calls(text.lower())
    if not calls:
        return []
    found = _scan(text, day, calls)
    if calls & {"word", "period"}:
        found = _settle(found + _told_from(text, found, anchor or day, anchored=anchor is not None))
    joined = _join_ranges(text, _drop_overnight(found), day)
    bounded = [_read_bound(text, mention, day) for mention in joined]
    return [replace(m, start=m.start + offset, end=m.end + offset) for m in bounded]


def _calls(lowered: str) -> set[str]:
    """The groups of patterns that are worth trying; a month's stem counts only where it begins a word."""
    calls = set()
    for index, start, _ in _STEM_FINDER.find_matches_as_indexes(lowered, overlapping=True):
        call = _CALLS[index][1]
        if call != "month" or start == 0 or not lowered[start - 1].isalpha():
            calls.add(call)
    return calls


def _scan(text: str, day: date, calls: set[str]) -> list[DateMention]:
    found: list[DateMention] = []
    for needs, pattern, read in _PATTERNS:
        if needs & calls:
            for match in pattern.finditer(text):
                found.extend(_mention(match, read, day))
    return _settle(found)


def _mention(match: re.Match[str], read: Handler, day: date) -> list[DateMention]:
    try:
        span = read(match, day)
    except (ValueError, OverflowError, KeyError):  # a year 0 or 10000, a word that is no small number
        return []
    if span is None:
        return []
    first, last, kind = span
    start, end = _trimmed(match)
    return [
        DateMention(start, end, first, last, _precision(kind, first, last), kind, match.string[start:end])
    ]


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    text = match.group()
    return match.start() + len(text) - len(text.lstrip(" -\n")), match.end() - (
        len(text) - len(text.rstrip())
    )


def _precision(kind: DateKind, first: date, last: date) -> TimePrecision:
    if kind in (DateKind.MONTH, DateKind.MONTH_START, DateKind.MONTH_END, DateKind.YEAR):
        return TimePrecision.MONTH
    return TimePrecision.WEEK if kind is DateKind.WEEK else precision_of(first, last)


def _settle(found: list[DateMention]) -> list[DateMention]:
    """Earlier patterns win overlaps; the result is in order of appearance."""
    kept: list[DateMention] = []
    for mention in found:
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def _told_from(text: str, found: list[DateMention], anchor: date, *, anchored: bool) -> list[DateMention]:
    told = []
    for pattern, read in ((relative.TOLD_FROM, relative.told_from), (relative.LATER, relative.ago)):
        for match in pattern.finditer(text):
            named = [m.first for m in found if m.end <= match.start() and m.precision is TimePrecision.DAY]
            told.extend(_mention(match, read, named[-1] if named and not anchored else anchor))
    return told


def _drop_overnight(found: list[DateMention]) -> list[DateMention]:
    return [m for m in found if m.text.lower() != "overnight" or not _has_neighbour(m, found)]


def _has_neighbour(mention: DateMention, found: list[DateMention]) -> bool:
    return any(
        other is not mention
        and other.precision is TimePrecision.DAY
        and 0 <= max(other.start - mention.end, mention.start - other.end) <= _OVERNIGHT_REACH
        for other in found
    )


def _join_ranges(text: str, found: list[DateMention], day: date) -> list[DateMention]:
    joined: list[DateMention] = []
    for mention in found:
        whole = _joined(text, joined[-1], mention, day) if joined else None
        if whole is None:
            joined.append(mention)
        else:
            joined[-1] = whole
    return joined


def _joined(text: str, left: DateMention, right: DateMention, day: date) -> DateMention | None:
    """Two dates as one range, where the words between them say so ("from X to Y", "between X and Y", "X - Y")."""
    link = _JOIN.fullmatch(text[left.end : right.start])
    if link is None or {left.kind, right.kind} & {DateKind.YEAR, DateKind.WEEK}:
        return None
    word = _word_before(text, left.start)
    if link["and"] and word != "between":
        return None
    first = _with_year_of(left, right)
    if first > right.last or (right.last - first).days > 366:
        return None
    return DateMention(
        left.start,
        right.end,
        first,
        right.last,
        precision_of(first, right.last),
        DateKind.RANGE,
        text[left.start : right.end],
    )


def _with_year_of(left: DateMention, right: DateMention) -> date:
    """The left day, in the right day's year where only the right one says its year (or the year before)."""
    if (
        left.kind is not DateKind.DAY
        or _EXPLICIT_YEAR.search(left.text)
        or not _EXPLICIT_YEAR.search(right.text)
    ):
        return left.first
    same = make_day(right.last.year, left.first.month, left.first.day)
    if same is not None and same <= right.last:
        return same
    return make_day(right.last.year - 1, left.first.month, left.first.day) or left.first


def _word_before(text: str, start: int) -> str:
    match = _BEFORE_IT.search(text, max(0, start - _LOOK_BACK), start)
    return " ".join(match["w"].lower().split()) if match else ""


def _read_bound(text: str, mention: DateMention, day: date) -> DateMention:
    """ "since 22 February" reaches to the article's day; "until Monday" only says that the event lies earlier."""
    if mention.kind in (DateKind.RANGE, DateKind.YEAR):
        return mention
    if mention.kind is DateKind.DAY and _WEEK_OF.search(
        text, max(0, mention.start - _LOOK_BACK), mention.start
    ):
        first, last = week_of(mention.first)
        return replace(mention, first=first, last=last, kind=DateKind.WEEK, precision=TimePrecision.WEEK)
    word = _word_before(text, mention.start) or _own_bound(mention)
    if _SINCE_ITS_START.search(text, max(0, mention.start - _CLAUSE_BACK), mention.start):
        word = "since"
    tail = _NOW.match(text, mention.end)
    if word == "from" and tail:
        word = "since"
    if (word == "from" or word in _SINCE) and _opens(word, mention, text) and mention.first <= day:
        return replace(
            mention,
            last=max(day, mention.first),
            kind=DateKind.SINCE,
            precision=precision_of(mention.first, day),
        )
    if word in _UNTIL:
        return replace(mention, kind=DateKind.BEFORE)
    return mention


def _own_bound(mention: DateMention) -> str:
    head = mention.text.split(maxsplit=1)[0].lower()
    return head if head in _SINCE or head in _UNTIL else ""


def _opens(word: str, mention: DateMention, text: str) -> bool:
    """ "after" and "from" open a window only before a named day; "from Monday's attack" does not."""
    if text[mention.end : mention.end + 2] in ("'s", "’s"):
        return False
    if word == "from":
        return text[mention.end :].lstrip().lower().startswith(("onward", "on ", "on,"))
    return word != "after" or mention.kind in (DateKind.DAY, DateKind.MONTH, DateKind.MONTH_START)
