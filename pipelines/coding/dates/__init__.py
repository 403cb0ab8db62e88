"""Dates: every expression of time in a sentence, resolved to days, with ACLED's time precision.

    find_dates(text, offset, day)         mentions of a sentence, resolved against the article's (or an anchor's) day
    find_dateline(text)                   place and day at the head of an article
    reference_day(published_at, ...)      the article's own day, and what it rests on
    local_day(published_at, timezone)     "today" is a day of the place's time zone, not of UTC

Knows English; knows nothing of events. Pure functions.
"""

from pipelines.coding.dates.dateline import Dateline, find_dateline
from pipelines.coding.dates.find import find_dates
from pipelines.coding.dates.mention import DateKind, DateMention
from pipelines.coding.dates.reference import DayBasis, ReferenceDay, local_day, reference_day

__all__ = [
    "DateKind",
    "DateMention",
    "Dateline",
    "DayBasis",
    "ReferenceDay",
    "find_dateline",
    "find_dates",
    "local_day",
    "reference_day",
]
