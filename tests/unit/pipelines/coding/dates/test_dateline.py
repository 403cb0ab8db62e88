"""The head of an article: place, day, agency; and the day an article speaks from."""

from datetime import UTC, date, datetime

import pytest

from pipelines.coding.dates import DayBasis, find_dateline, local_day, reference_day

PUBLISHED = date(2022, 3, 9)


@pytest.mark.parametrize(
    ("text", "place", "day", "source"),
    [
        ("KABUL, March 8 (Agency) — The ministry", "KABUL", date(2022, 3, 8), "Agency"),
        (
            "  SANTA LUCIA, 6 NOV 89 (RADIO ONE) -- [TEXT] THE ARMY",
            "SANTA LUCIA",
            date(1989, 11, 6),
            "RADIO ONE",
        ),
        ("PORT LINDEN, Va. (WXYZ) — A man was hurt", "PORT LINDEN, Va.", None, "WXYZ"),
        ("BEIJING, Jan. 3 (Agency) -- The ministry", "BEIJING", date(2022, 1, 3), "Agency"),
        ("SANTA LUCIA, NO DATE -- [SPEECH] WE HAVE", "SANTA LUCIA", None, None),
        ("Kabul (Agency) - Six guards", "Kabul", None, "Agency"),
        ("lakhanpur: two shops were burned", "lakhanpur", None, None),
        ("Wed 05 Apr 2017 Market shelled", None, date(2017, 4, 5), None),
        ("This story is from March 10, 2002\n\nthe town", None, date(2002, 3, 10), None),
        ("PARIS, May 8 (Agency) — The", "PARIS", date(2021, 5, 8), "Agency"),
    ],
)
def test_datelines_are_read(text: str, place: str | None, day: date | None, source: str | None) -> None:
    found = find_dateline(text, PUBLISHED)
    assert found is not None
    assert (found.place, found.day, found.source) == (place, day, source)
    assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    "text", ["A bridge fell on Monday - and two men died.", "", "Update: the road is open", "He said: go"]
)
def test_ordinary_heads_are_no_datelines(text: str) -> None:
    assert find_dateline(text, PUBLISHED) is None


def test_a_day_without_its_year_needs_the_day_of_publication() -> None:
    found = find_dateline("KABUL, March 8 (Agency) — The ministry")
    assert found is not None
    assert found.day is None


def test_an_old_dateline_wins_over_a_late_publication() -> None:
    dateline = find_dateline("SANTA LUCIA, 6 NOV 89 (RADIO) -- [TEXT] THE ARMY")
    found = reference_day(datetime(2020, 1, 1, tzinfo=UTC), dateline)
    assert (found.day, found.basis) == (date(1989, 11, 6), DayBasis.DATELINE)


def test_a_dateline_ahead_of_publication_is_not_used() -> None:
    dateline = find_dateline("SANTA LUCIA, 6 NOV 1999 (RADIO) -- [TEXT] THE ARMY")
    found = reference_day(datetime(1990, 1, 1, tzinfo=UTC), dateline)
    assert (found.day, found.basis) == (date(1990, 1, 1), DayBasis.PUBLISHED)


def test_today_is_a_day_of_the_place() -> None:
    late = datetime(2022, 3, 9, 20, 0, tzinfo=UTC)
    assert local_day(late, "Asia/Kabul") == date(2022, 3, 10)
    assert local_day(late, "America/New_York") == date(2022, 3, 9)
    assert local_day(datetime(2022, 3, 9, 20, 0), "Asia/Kabul") == date(2022, 3, 10)
