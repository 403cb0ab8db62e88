"""The head of an article: "KABUL, April 8 (...) —", "SAN SALVADOR, 6 NOV 89 (...) -- [TEXT]", "Wed 05 Apr 2017 ...".

A dateline names the place that the report was written from and often its day; many archives keep only that day.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.coding.dates.absolute import DAY_MONTH, ISO, MONTH_DAY, day_and_month, iso
from pipelines.coding.dates.calendar import make_day
from pipelines.coding.dates.words import ANY_WEEKDAY, DAY, MONTH, SHORT_YEAR, YEAR

# The head is looked for in this many characters: a headline and a line of credits may stand before it.
_HEAD = 400
_DATE = (
    rf"(?:{ANY_WEEKDAY},?\s+)?(?:{DAY}\s+(?:of\s+)?{MONTH}(?:,?\s+(?:{YEAR}|{SHORT_YEAR}))?"
    rf"|{MONTH}\s+{DAY}(?:,?\s+{YEAR})?|(?:19|20)\d\d-\d\d-\d\d)"
)
_NAME = r"[A-ZÀ-Þ][\w’'.-]*(?:[ -](?:(?:de|del|la|el|al|of|the|and|du|ez|es|as)[ -])?[A-ZÀ-Þ][\w’'.-]*){0,3}"
_END = r"(?:\s*(?:--+|—|–|-\s)|:\s)"
_PLACED = re.compile(
    rf"(?:^|\n)[\s*\"“]*(?P<place>{_NAME}(?:,\s+{_NAME}){{0,2}}?)(?:\s\({_NAME}\)(?=,))?\s*(?:,\s*(?P<date>(?i:{_DATE}|no\s+date)))?,?\s*"
    rf"(?P<source>\([^()\n]{{2,80}}\)|\[[^\]\n]{{2,40}}\]|/[A-Z][\w. ]{{1,30}}/)?{_END}"
)
_LOWER_PLACED = re.compile(r"^\s*(?P<place>[a-z][a-z'. -]{2,24}):\s(?=[a-z])")
_DATED = re.compile(
    rf"^\s*(?P<date>{_DATE})\b|(?:^|\n)[^\n]{{0,12}}\b(?:published|posted|updated|dated|date|this\s+story\s+is\s+from)\b"
    rf"[\s:]*(?:on\s+|at\s+)?(?P<date2>{_DATE})",
    re.IGNORECASE,
)
_NOT_PLACES = frozenset(
    {"update", "breaking", "exclusive", "watch", "video", "photos", "opinion", "analysis", "editor", "note"}
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The head of an article. `place` as written (None where there is only a date), `day` None where it has none;
    `start` and `end` are character offsets of the whole dateline in the text."""

    place: str | None
    day: date | None
    source: str | None
    start: int
    end: int


def find_dateline(text: str, day: date | None = None) -> Dateline | None:
    """The dateline of an article's text, or None.

    `day` (the day of publication) settles the year of a date without one; without it such a date is left out.
    The place is what is written there: whether the world has such a place is for the gazetteer to say.
    """
    head = text[:_HEAD]
    placed = _placed(head, day)
    dated = _DATED.search(head)
    if placed is not None and (placed.day is not None or dated is None):
        return placed
    if dated is None:
        return placed
    written = _read_date(dated["date"] or dated["date2"], day)
    if placed is not None:
        return Dateline(placed.place, written, placed.source, placed.start, placed.end)
    return Dateline(None, written, None, dated.start(), dated.end()) if written else None


def _placed(head: str, day: date | None) -> Dateline | None:
    match = _PLACED.search(head) or _LOWER_PLACED.search(head)
    if match is None or match["place"].split()[0].lower().rstrip(":") in _NOT_PLACES:
        return None
    groups = match.groupdict()
    if not groups.get("date") and not groups.get("source") and not _plausible(match):
        return None
    written = _read_date(groups["date"], day) if groups.get("date") else None
    source = (groups.get("source") or "").strip("()[]/ ") or None
    return Dateline(match["place"], written, source, match.start("place"), match.end())


def _plausible(match: re.Match[str]) -> bool:
    """Without date and agency only a head in capitals, or one at the very start with a dash or colon, is a dateline."""
    place = match["place"]
    if place.islower():
        return True
    if place.isupper():
        return len(place) > 3
    return not match.string[: match.start("place")].strip() and len(place.split()) <= 4


def _read_date(text: str, day: date | None) -> date | None:
    for pattern, read in ((ISO, iso), (DAY_MONTH, day_and_month), (MONTH_DAY, day_and_month)):
        match = pattern.search(text)
        if match is None:
            continue
        if day is None and pattern is not ISO and not match["y"]:
            return None
        found = read(match, day or date(2000, 1, 1))
        return _not_ahead(found[0], day) if found else None
    return None


def _not_ahead(written: date, day: date | None) -> date:
    """A dateline without its year lies before publication, never weeks ahead of it."""
    if day is None or written <= day + timedelta(days=1) or written.year != day.year:
        return written
    return make_day(written.year - 1, written.month, written.day) or written
