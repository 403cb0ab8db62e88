"""What a found date is: where it stands, the days it covers, how it was said, and the day that ACLED would code."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from schemas.precision import TimePrecision


class DateKind(StrEnum):
    """How the date was said."""

    DAY = "day"  # 2 March 2022, March 2, 2022-03-02
    WEEKDAY = "weekday"  # on Monday, Monday night
    RELATIVE = "relative"  # yesterday, two days ago, the previous day
    RANGE = "range"  # from 3 March to 7 April, 3-7 April
    SINCE = "since"  # since 22 February, after 22 February: open towards the article's day
    BEFORE = "before"  # until 22 February, before Monday: the event lies earlier
    WEEK = "week"  # last week, over the weekend, in the past three days
    MONTH = "month"  # in March, last month
    MONTH_START = "month_start"  # in early March, at the beginning of March
    MONTH_END = "month_end"  # at the end of March
    YEAR = "year"  # in 2017, last year: too vague to be coded, but tells background from news


@dataclass(frozen=True, slots=True)
class DateMention:
    """One expression of time.

    `start` and `end` are character offsets into the article; `first` and `last` are the days it covers, both
    included. `precision` is ACLED's: 1 the day, 2 the week, 3 the month.
    """

    start: int
    end: int
    first: date
    last: date
    precision: TimePrecision
    kind: DateKind
    text: str

    @property
    def coded_day(self) -> date:
        """The day ACLED codes: the day itself, a range's first day, a week's middle, a month's midpoint or first or
        last day ("beginning", "end")."""
        if self.kind in (DateKind.WEEK, DateKind.MONTH):
            return self.first + timedelta(days=(self.last - self.first).days // 2)
        return self.last if self.kind is DateKind.MONTH_END else self.first

    @property
    def is_codable(self) -> bool:
        """False for years and for bounds that only say "earlier than": ACLED codes nothing vaguer than a month."""
        return self.kind not in (DateKind.YEAR, DateKind.BEFORE)


def precision_of(first: date, last: date) -> TimePrecision:
    """The precision of a span of days: up to three days are as good as a day, up to ten a week, more a month."""
    days = (last - first).days + 1
    if days <= 3:
        return TimePrecision.DAY
    return TimePrecision.WEEK if days <= 10 else TimePrecision.MONTH
