"""Dates that name their month: "2 March 2022", "March 2", "6 NOV 89", "3-7 April", "in early March", "2020-04-07"."""

import re
from datetime import date, timedelta

from pipelines.coding.dates.calendar import distance, full_year, make_day, month_span, nearest_day
from pipelines.coding.dates.mention import DateKind
from pipelines.coding.dates.words import (
    ANY_WEEKDAY,
    DAY,
    LONG_MONTH,
    MONTH,
    SHORT_YEAR,
    YEAR,
    month_of,
)

Found = tuple[date, date, DateKind]

_TO = r"\s*(?:-|–|—|/|to|until|till|through|and|&)\s*(?:the\s+)?"
_HEAD = rf"(?:{ANY_WEEKDAY}(?:\s+(?:morning|afternoon|evening|night))?,?\s+)?"

ISO = re.compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-2]\d|3[01])(?!\d|-\d)")
SLASH = re.compile(
    r"(?<![\d/.])(?P<a>\d{1,2})(?P<s>[/.])(?P<b>\d{1,2})(?P=s)(?P<y>(?:19|20)?\d\d)(?![\d/]|[.]\d)"
)
DAY_MONTH = re.compile(
    rf"\b{_HEAD}(?:the\s+)?(?P<d>{DAY})(?:{_TO}(?P<d2>{DAY}))?(?:\s+of\s+|[\s-]+)(?P<m>{MONTH})"
    rf"(?:,?[\s-]+(?:of\s+)?(?P<y>{YEAR}|{SHORT_YEAR}))?",
    re.IGNORECASE,
)
MONTH_DAY = re.compile(
    rf"\b{_HEAD}(?P<m>{MONTH})\s+(?:the\s+)?(?P<d>{DAY})(?!\s+(?:people|persons|civilians|soldiers|of\s+(?:them|the)))"
    rf"(?:{_TO}(?P<d2>{DAY})(?!\s*[a-z]+day))?(?:,?\s+(?:of\s+)?(?P<y>{YEAR}))?",
    re.IGNORECASE,
)
WEEK_OF_MONTH = re.compile(
    rf"\b(?P<n>first|second|third|fourth|last)\s+(?P<u>week(?:end)?)\s+of\s+(?P<m>{MONTH})(?:,?\s+(?:of\s+)?(?P<y>{YEAR}))?",
    re.IGNORECASE,
)
MONTH_ONLY = re.compile(
    rf"\b(?P<q>early|mid|late|(?:the\s+)?(?:beginning|start|end|middle)\s+of|in|since|during|of|throughout|from|until|"
    rf"(?:this|last)\s+past|last|this|by|before|after|to|between|and)?(?:\s*-\s*|\s+|^)(?P<m>{LONG_MONTH})(?![a-z’'-])"
    rf"(?:,?\s+(?:of\s+)?(?P<y>{YEAR}))?",
    re.IGNORECASE,
)
YEAR_ONLY = re.compile(
    rf"\b(?:in|since|during|of|from|until|by|before|after|late|early|throughout)\s+(?P<y>{YEAR})(?![-–]\d|\s+[a-z]+s\b(?<!was))",
    re.IGNORECASE,
)
ORDINAL_DAY = re.compile(
    r"\bon\s+the\s+(?P<d>[12]?\d|3[01])(?:st|nd|rd|th)(?=\s*(?:[,.;)]|$|of\s+(?:this|the\s+same)\s+month))",
    re.IGNORECASE,
)


def iso(match: re.Match[str], today: date) -> Found | None:
    """2020-04-07."""
    day = make_day(int(match["y"]), int(match["m"]), int(match["d"]))
    return (day, day, DateKind.DAY) if day else None


def slash(match: re.Match[str], today: date) -> Found | None:
    """05/04/2017, read day first or month first: the reading that lies nearest before the article wins."""
    year, a, b = full_year(match["y"]), int(match["a"]), int(match["b"])
    readings = [d for d in (make_day(year, b, a), make_day(year, a, b)) if d is not None]
    if not readings:
        return None
    day = min(readings, key=lambda d: distance(d, today))
    return day, day, DateKind.DAY


def day_and_month(match: re.Match[str], today: date) -> Found | None:
    """2 March 2022, March 2, and both forms with two days ("3-7 April")."""
    month, number = month_of(match["m"]), _number(match["d"])
    last_number = _number(match["d2"]) if match["d2"] else number
    if match["y"]:
        year = full_year(match["y"])
        first = make_day(year, month, number)
    else:
        first = nearest_day(month, number, today)
    last = first and make_day(first.year, month, last_number)
    if first is None or last is None or last < first:
        return None
    return first, last, DateKind.DAY if first == last else DateKind.RANGE


def week_of_month(match: re.Match[str], today: date) -> Found | None:
    """The first (second, third, fourth, last) week of a month."""
    first, last = _month(match, today)
    index = (
        ("first", "second", "third", "fourth").index(match["n"].lower())
        if match["n"].lower() != "last"
        else 4
    )
    if index == 4:
        return last - timedelta(days=6), last, DateKind.WEEK
    start = first + timedelta(days=7 * index)
    return start, start + timedelta(days=6), DateKind.WEEK


def month_only(match: re.Match[str], today: date) -> Found | None:
    """In March, March 2022, in early March, at the end of May. A bare month ("March") says nothing by itself."""
    qualifier = " ".join((match["q"] or "").lower().split())
    if not match["y"] and (not qualifier or (match["m"].islower() and match["m"] in ("may", "march"))):
        return None
    if not match["y"] and qualifier in ("to", "and", "by", "before", "after") and match["m"][0].islower():
        return None
    first, last = _month(match, today)
    return _part_of_month(qualifier, first, last)


def year_only(match: re.Match[str], today: date) -> Found | None:
    """In 2017: kept to tell background from news."""
    year = int(match["y"])
    return date(year, 1, 1), date(year, 12, 31), DateKind.YEAR


def ordinal_day(match: re.Match[str], today: date) -> Found | None:
    """On the 12th: the latest 12th that is not after the article."""
    number = int(match["d"])
    for back in range(3):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        day = make_day(year, month + 1, number)
        if day is not None and day <= today:
            return day, day, DateKind.DAY
    return None


def _number(text: str) -> int:
    return int("".join(c for c in text if c.isdigit()))


def _month(match: re.Match[str], today: date) -> tuple[date, date]:
    month = month_of(match["m"])
    if match["y"]:
        return month_span(int(match["y"]), month)
    return month_span(today.year if month <= today.month else today.year - 1, month)


def _part_of_month(qualifier: str, first: date, last: date) -> Found:
    if qualifier == "early" or "beginning" in qualifier or "start" in qualifier:
        return first, first + timedelta(days=9), DateKind.MONTH_START
    if qualifier == "late" or qualifier.endswith("end of"):
        return last - timedelta(days=9), last, DateKind.MONTH_END
    if qualifier == "mid" or "middle" in qualifier:
        return first + timedelta(days=10), first + timedelta(days=19), DateKind.MONTH
    return first, last, DateKind.MONTH
