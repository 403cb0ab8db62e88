"""The article's own day: what "today" and "Monday" are counted from, and what that rests on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pipelines.coding.dates.dateline import Dateline


class DayBasis(StrEnum):
    """Where an article's day comes from."""

    DATELINE = "dateline"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class ReferenceDay:
    """The day an article speaks from."""

    day: date
    basis: DayBasis


def local_day(published_at: datetime, timezone: str) -> date:
    """The day at the place of the event when the article was published.

    `published_at` carries a zone (a naive one is taken as UTC); `timezone` is an IANA name such as "Asia/Kabul".
    Raises ZoneInfoNotFoundError for an unknown zone.
    """
    aware = published_at if published_at.tzinfo else published_at.replace(tzinfo=ZoneInfo("UTC"))
    return aware.astimezone(ZoneInfo(timezone)).date()


def reference_day(
    published_at: datetime, dateline: Dateline | None = None, timezone: str = "UTC"
) -> ReferenceDay:
    """The day the article speaks from: its dateline's, where it has one that is not after publication.

    An archive gives old texts a late `published_at`, so an earlier dateline always wins; a dateline more than a day
    later than publication is a misreading or a date announced, and is not used.
    """
    published = local_day(published_at, timezone)
    if dateline is not None and dateline.day is not None and dateline.day <= published + timedelta(days=1):
        return ReferenceDay(dateline.day, DayBasis.DATELINE)
    return ReferenceDay(published, DayBasis.PUBLISHED)
