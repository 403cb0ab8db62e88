"""Dates that are told from another day: "yesterday", "Monday night", "two days ago", "last week", "the previous day"."""

import re
from datetime import date, timedelta

from pipelines.coding.dates.calendar import (
    clamp_shift,
    last_weekday,
    month_span,
    shift_month,
    shift_months,
    week_of,
)
from pipelines.coding.dates.mention import DateKind
from pipelines.coding.dates.words import PART, SMALL, WEEKDAY, small_number, weekday_of

Found = tuple[date, date, DateKind]

# "Saturdays blast": archives drop apostrophes
WEEKDAY_NAMED = re.compile(
    rf"\b(?:(?P<q>last|this|next|coming|following|previous)\s+)?(?:{PART}\s+(?:on\s+)?)?(?P<w>{WEEKDAY})(?:['’]?s)?\b"
    rf"(?:\s+{PART}\b)?(?:\s+(?:of\s+)?(?P<lw>last\s+week|this\s+week))?",
    re.IGNORECASE,
)
DAY_WORD = re.compile(
    r"\b(?P<k>(?:the\s+)?day\s+before\s+yesterday|yesterday|tomorrow|today|tonight|last\s+night|last\s+evening|overnight"
    r"|this\s+(?:morning|afternoon|evening)|christmas\s+(?:eve|day)|new\s+year['’]?s\s+(?:eve|day))\b",
    re.IGNORECASE,
)
TOLD_FROM = re.compile(
    r"\b(?:(?:on|during|by|in)\s+)?(?:the|that)\s+(?P<k>previous|preceding|prior|following|next|same)\s+(?:day|night|evening|morning|afternoon)\b"
    r"|\b(?:the|a|one)\s+(?:day|night)\s+(?P<e>earlier|before|later|after)\b(?!\s+yesterday)",
    re.IGNORECASE,
)
_SPAN = rf"\b(?P<n>{SMALL})\s+(?P<u>hour|day|night|week|month|year)s?\s+"
AGO = re.compile(rf"{_SPAN}(?P<d>ago|back)\b", re.IGNORECASE)
LATER = re.compile(rf"{_SPAN}(?P<d>earlier|before(?=\s*[,.;]|$)|later)\b", re.IGNORECASE)
WITHIN = re.compile(
    rf"\b(?:the|these)\s+(?!previous\s+day\b|preceding\s+day\b)(?:last|past|previous|preceding)\s+(?:(?P<n>{SMALL}|\d{{1,3}}|twenty[\s-]?four|forty[\s-]?eight)[\s-]+)?"
    r"(?P<u>hour|day|week|fortnight|month|year)s?\b",
    re.IGNORECASE,
)
PERIOD = re.compile(
    r"\b(?:(?P<p>early|earlier|late|later|(?:the\s+)?(?:beginning|start|end|middle)\s+of)\s+)?"
    r"(?P<q>last|past|this|next|previous|coming)\s+(?P<u>weekend|week|month|year)\b(?!-)",
    re.IGNORECASE,
)
WEEKEND = re.compile(r"\b(?:over|at|during|on|this)\s+the\s+(?:long\s+)?weekend\b", re.IGNORECASE)

_HOURS = {"twentyfour": 24, "fortyeight": 48}


def weekday(match: re.Match[str], today: date) -> Found | None:
    """Monday, last Monday, Monday night, Monday of last week; "next Monday" lies ahead."""
    number, qualifier = weekday_of(match["w"]), (match["q"] or "").lower()
    day = last_weekday(number, today)
    if match["lw"]:
        monday = week_of(today)[0] - timedelta(days=7 if match["lw"].lower().startswith("last") else 0)
        day = monday + timedelta(days=number)
    elif qualifier in ("next", "coming", "following"):
        day += timedelta(days=7)
    elif qualifier in ("last", "previous") and day == today:
        day -= timedelta(days=7)
    return day, day, DateKind.WEEKDAY


def day_word(match: re.Match[str], today: date) -> Found | None:
    """Today, yesterday, overnight (the night before the article's day), Christmas Eve."""
    word = re.sub(r"[^a-z]+", "", match["k"].lower())
    if word.startswith(("christmas", "newyear")):
        day = _feast(word, today)
    elif "beforeyesterday" in word:
        day = clamp_shift(today, -2)
    elif word in ("yesterday", "lastnight", "lastevening"):
        day = clamp_shift(today, -1)
    elif word == "overnight":
        return clamp_shift(today, -1), today, DateKind.RELATIVE
    else:
        day = clamp_shift(today, 1) if word == "tomorrow" else today
    return day, day, DateKind.RELATIVE


def told_from(match: re.Match[str], anchor: date) -> Found | None:
    """The previous day, the same day, the day before, a day later: told from the day of the sentence before."""
    word = (match["k"] or match["e"]).lower()
    if word == "same":
        shift = 0
    else:
        shift = -1 if word in ("previous", "preceding", "prior", "earlier", "before") else 1
    day = clamp_shift(anchor, shift)
    return day, day, DateKind.RELATIVE


def ago(match: re.Match[str], today: date) -> Found | None:
    """Two days ago, three months ago, ten years ago; and, told from the day of the sentence before, two days later."""
    count, unit = small_number(match["n"]), match["u"].lower()
    sign = 1 if match["d"].lower() == "later" else -1
    if unit in ("day", "night", "hour"):
        day = clamp_shift(today, sign * (count // 24 if unit == "hour" else count))
        return day, day, DateKind.RELATIVE
    if unit == "week":
        day = clamp_shift(today, sign * 7 * count)
        return clamp_shift(day, -3), clamp_shift(day, 3), DateKind.WEEK
    if unit == "month":
        day = shift_months(today, sign * count)
        return *month_span(day.year, day.month), DateKind.MONTH
    year = max(1, today.year + sign * count)
    return date(year, 1, 1), date(year, 12, 31), DateKind.YEAR


def within(match: re.Match[str], today: date) -> Found | None:
    """In the past 24 hours, over the last three days, the past month: from then to the article's day."""
    unit, word = match["u"].lower(), (match["n"] or "").lower()
    plain = re.sub(r"[\s-]", "", word)
    count = _HOURS.get(plain) or small_number(word)
    if unit == "hour":
        return clamp_shift(today, -max(1, (count + 23) // 24)), today, DateKind.RELATIVE
    if unit in ("month", "year"):
        start = shift_months(today, -min(count * (12 if unit == "year" else 1), 1200))
        return start, today, DateKind.YEAR if unit == "year" else DateKind.RANGE
    days = count * {"day": 1, "week": 7, "fortnight": 14}[unit]
    return clamp_shift(today, -days), today, DateKind.WEEK if days <= 10 else DateKind.RANGE


def period(match: re.Match[str], today: date) -> Found | None:
    """Last week, earlier this month, next year, the end of last month."""
    unit, qualifier = match["u"].lower(), match["q"].lower()
    step = {"this": 0, "next": 1, "coming": 1}.get(qualifier, -1)
    if unit == "year":
        return date(today.year + step, 1, 1), date(today.year + step, 12, 31), DateKind.YEAR
    if unit == "month":
        return _month_part(match["p"], *shift_month(today.year, today.month, step), today, step)
    if unit == "weekend":
        return _weekend(today, step)
    monday, sunday = (clamp_shift(d, 7 * step) for d in week_of(today))
    return monday, min(sunday, today) if step == 0 else sunday, DateKind.WEEK


def weekend(match: re.Match[str], today: date) -> Found | None:
    """Over the weekend: the latest Saturday and Sunday that have begun."""
    saturday = last_weekday(5, today)
    return saturday, saturday + timedelta(days=1), DateKind.WEEK


def _weekend(today: date, step: int) -> Found:
    saturday = last_weekday(5, today) + timedelta(days=7 * max(step, 0))
    if step < 0 and today.weekday() >= 5:  # said at a weekend, "last weekend" is the one before
        saturday -= timedelta(days=7)
    return saturday, saturday + timedelta(days=1), DateKind.WEEK


def _month_part(part: str | None, year: int, month: int, today: date, step: int) -> Found:
    first, last = month_span(year, month)
    word = (part or "").lower()
    if word == "early" or "beginning" in word or "start" in word:
        return first, first + timedelta(days=9), DateKind.MONTH_START
    if word == "late" or word.endswith("end of"):
        return last - timedelta(days=9), last, DateKind.MONTH_END
    return first, min(last, today) if step == 0 else last, DateKind.MONTH


def _feast(word: str, today: date) -> date:
    month, day = {"christmaseve": (12, 24), "christmasday": (12, 25), "newyearseve": (12, 31)}.get(
        word, (1, 1)
    )
    this_year = date(today.year, month, day)
    return this_year if this_year <= today or today.year == 1 else date(today.year - 1, month, day)
