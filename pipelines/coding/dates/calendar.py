"""Calendar rules in news direction: news tells of the past, so a date without its year is the nearest that fits."""

import calendar
from datetime import date, timedelta

# A day ahead counts as five days back: a day up to about two months ahead may be a plan, a later one is last year's.
FUTURE_WEIGHT = 5
# "6 NOV 89": two digits below this are of this century
CENTURY_PIVOT = 50


def full_year(text: str) -> int:
    """1989 for "1989", "89" and "'89"; 2017 for "17"."""
    digits = text.lstrip("'’")
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < CENTURY_PIVOT else 1900)


def make_day(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has none (30 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest_day(month: int, day: int, today: date) -> date | None:
    """The day of that month and day that a text of `today` means, looking back rather than ahead."""
    found = (make_day(today.year + shift, month, day) for shift in (-4, -3, -2, -1, 0, 1))
    return min((d for d in found if d is not None), key=lambda d: distance(d, today), default=None)


def distance(day: date, today: date) -> int:
    """Days between, a day ahead weighing as `FUTURE_WEIGHT` days back."""
    days = (day - today).days
    return days * FUTURE_WEIGHT if days > 0 else -days


def last_weekday(weekday: int, today: date) -> date:
    """The latest such weekday that is not after `today`; `today` itself counts."""
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def month_span(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """Year and month, `by` months later (negative: earlier)."""
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def shift_months(day: date, by: int) -> date:
    """The day `by` months later (negative: earlier), at the month's end where it has fewer days."""
    year, month = shift_month(day.year, day.month, by)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def clamp_shift(day: date, days: int) -> date:
    """`days` later (negative: earlier), held within the calendar's bounds: a text may say "9999 years ago"."""
    bounded = max(date.min.toordinal(), min(date.max.toordinal(), day.toordinal() + days))
    return date.fromordinal(bounded)
