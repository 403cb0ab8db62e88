"""Points in time as people give them on a command line."""

import re
from datetime import UTC, datetime, timedelta

from schemas.errors import InputError


def instant(text: str | None, now: datetime | None = None) -> datetime | None:
    """A time as given: RFC 3339 (UTC where no zone is said), or so many minutes, hours or days ago.

    Raises InputError for anything else.
    """
    if text is None:
        return None
    if ago := re.fullmatch(r"(\d{1,6})([mhd])", text):
        unit = {"m": "minutes", "h": "hours", "d": "days"}[ago[2]]
        return (now or datetime.now(UTC)) - timedelta(**{unit: int(ago[1])})
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(
            f"{text!r} is not a time.", "Give 2026-03-01, 2026-03-01T12:00:00Z, 90m, 24h or 7d."
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
