"""Puts the frames of an article together into happenings: headline, lead, detail and recap of one event become one.

Two frames are of one event unless the text holds them apart: by day, by place, by family, or by words such as
"in a separate attack".
"""

import re
from datetime import timedelta

from pipelines.coding.dates import DateKind, DateMention
from pipelines.coding.events.happening import Happening
from pipelines.coding.events.mention import Family, Frame
from pipelines.coding.places import PlaceKind, PlaceMention

_APART = re.compile(
    r"\b(?:in (?:a|two|three|another|other) separate|separately|in another|another (?:attack|bomb|blast|incident|explosion|group|protest|clash|strike|raid)|"
    r"elsewhere|also on (?:mon|tues|wednes|thurs|fri|satur|sun)day|in a different|the second (?:attack|incident)|a second (?:attack|incident))\b"
)


def merge(
    frames: list[Frame], dates: list[DateMention | None], places: list[list[PlaceMention]]
) -> list[Happening]:
    """Happenings in the order of their first frame. The lists run beside the frames: date and places of each."""
    found: list[Happening] = []
    for frame, day, where in zip(frames, dates, places, strict=True):
        home = next((h for h in reversed(found) if _belongs(h, frame, day, where)), None)
        if home is None:
            found.append(Happening(frame.family, [frame], day, list(where)))
            continue
        home.frames.append(frame)
        home.date = home.date or day
        home.places += [p for p in where if p not in home.places]
    return found


def _belongs(h: Happening, frame: Frame, day: DateMention | None, where: list[PlaceMention]) -> bool:
    if h.family is not frame.family:
        return False
    if h.family is Family.STRATEGIC and not (h.kinds & frame.kinds):
        return False
    if _APART.search(frame.lowered):
        return False
    return _same_time(h.date, day) and _same_place(h.places, where)


def _same_time(one: DateMention | None, other: DateMention | None) -> bool:
    if one is None or other is None:
        return True
    vague = {DateKind.YEAR, DateKind.BEFORE}
    slack = timedelta(days=0 if one.kind not in vague and other.kind not in vague else 1)
    return one.first - slack <= other.last and other.first - slack <= one.last


def _same_place(ours: list[PlaceMention], theirs: list[PlaceMention]) -> bool:
    """Places agree unless both name a town and share none, or lie in different countries or provinces."""
    if not ours or not theirs:
        return True
    mine, other = ours[0].place, theirs[0].place
    if mine.country and other.country and mine.country != other.country:
        return False
    if PlaceKind.COUNTRY in (ours[0].kind, theirs[0].kind):
        return True
    if mine.admin1 and other.admin1 and mine.admin1 != other.admin1:
        return False
    towns = {p.place.location for p in ours if p.kind is PlaceKind.TOWN}
    others = {p.place.location for p in theirs if p.kind is PlaceKind.TOWN}
    return not towns or not others or bool(towns & others)
