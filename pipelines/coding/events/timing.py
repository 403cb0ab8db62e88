"""What of an article is news and what is background: by the day that is told, by courts, by anniversaries."""

import re
from datetime import date, timedelta

from pipelines.coding.dates import DateKind, DateMention, find_dates
from pipelines.coding.events.mention import Family, Frame
from pipelines.coding.text import Sentence

# Beyond this an event is background: ACLED's own publication lag is under 20 days for nine rows of ten.
_NEWS_DAYS = 100
# A court's case or an anniversary is news of the event itself only when the event is told as this fresh.
_FRESH_DAYS = 31
# A day with its year beyond publication shows that the day of publication is wrong, not that the event is to come.
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def is_news(
    frame: Frame, told: DateMention | None, day: date, headline: frozenset[str] = frozenset()
) -> bool:
    """True if the frame tells of something recent that happened, seen from the article's day.

    `headline`: marks of the article's title. A lead that names its own day is news whatever the day of publication: archives publish old texts late.
    """
    if told is not None and told.first > day + timedelta(days=1) and not _YEAR.search(told.text):
        return False
    lead = frame.sentence.index <= 1 and told is not None and told.kind is DateKind.DAY
    if (
        told is not None
        and (told.kind is DateKind.YEAR or told.last < day - timedelta(days=_NEWS_DAYS))
        and not lead
    ):
        return False
    if frame.marks & {"court", "past"} and _is_of_old(frame, day):
        return False
    fresh = told is not None and told.is_codable and told.last >= day - timedelta(days=_FRESH_DAYS)
    if (
        frame.family in (Family.VIOLENCE, Family.ABDUCTION)
        and frame.marks & {"court", "past"}
        and not fresh
        and not lead
    ):
        return False
    recalls = headline & {"court", "past"} and (frame.sentence.index > 1 or "past" in headline)
    old = frame.family in (Family.VIOLENCE, Family.ABDUCTION) or (
        frame.family is Family.ARREST and frame.sentence.index > _OLD_ARRESTS
    )
    if recalls and not fresh and old and not lead:
        return False  # an article about a trial or an anniversary recalls what was done
    return "drill" not in frame.marks or (fresh and not _is_mock(frame))


def is_recent(told: DateMention, day: date) -> bool:
    """True for a day or range that an article of `day` tells as news."""
    return (
        told.is_codable
        and day - timedelta(days=_NEWS_DAYS) <= told.last
        and told.first <= day + timedelta(days=1)
    )


# Arrests told so late in an article about a trial are those of long ago.
_OLD_ARRESTS = 8
_OLD_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
# A court's "Tuesday" beside a year that lies further back is the day of the verdict.
_OLD_YEARS = 2


def _is_of_old(frame: Frame, day: date) -> bool:
    """A verdict or an anniversary, told with the year of what it is about: "for a bombing in 1992"."""
    if frame.family is Family.DEMONSTRATION:
        return False
    return any(int(year) <= day.year - _OLD_YEARS for year in _OLD_YEAR.findall(frame.lowered))


def _is_mock(frame: Frame) -> bool:
    """Shots and raids of a drill hurt nobody; that a drill was held is a strategic development all the same."""
    return frame.family is not Family.STRATEGIC and not any(c.count.best for c in frame.casualties)


# "The shooting happened at about 10:30 a.m. Sunday", "Police were called to the scene on Friday".
_HAPPENED = re.compile(
    r"\b(?:(?:the|this)\s+(?:[a-z-]+\s+)?(?:incident|shooting|attack|accident|killing|murder|explosion|blast|bombing|assault|stabbing|clash|raid|violence|gunfire)"
    r"|(?:shooting|incident|it)\s+(?:that\s+)?)\s*(?:happened|occurred|took\s+place|was\s+reported|unfolded|erupted)\b[^\n]{0,120}"
    r"|\b(?:officers|police|deputies|troopers)\s+(?:were\s+(?:called|dispatched|sent|summoned)|responded)\b[^\n]{0,140}",
    re.IGNORECASE,
)
# How far below the head it is looked for, and how long ago it may lie.
_TOLD_CHARS, _TOLD_DAYS = 4000, 31
_DAYS = frozenset((DateKind.DAY, DateKind.WEEKDAY, DateKind.RELATIVE))


def day_told_of(text: str, day: date) -> tuple[DateMention, Sentence] | None:
    """The day that an article tells of its attack in a sentence that only says when it happened; None where none does."""
    for match in _HAPPENED.finditer(text[:_TOLD_CHARS]):
        clause = re.split(r"(?<=[a-z]{3})\.\s", match.group())[0]
        for told in find_dates(clause, match.start(), day):
            if told.kind in _DAYS and day - timedelta(days=_TOLD_DAYS) <= told.first <= day:
                end = match.start() + len(clause)
                return told, Sentence("text", 0, match.start(), end, clause)
    return None
