"""Puts the frames of an article together into happenings: headline, lead, detail and recap of one event become one.

Two frames are of one event unless the text holds them apart: by day, by place, by family, or by words such as
"in a separate attack".
"""

import re
from datetime import timedelta

from pipelines.coding.dates import DateKind, DateMention
from pipelines.coding.events.frames import SUPPORT
from pipelines.coding.events.happening import Happening, incident_count
from pipelines.coding.events.mention import Family, Frame
from pipelines.coding.gate import Kind
from pipelines.coding.lexicon import word_set
from pipelines.coding.numbers import Harm
from pipelines.coding.places import PlaceKind, PlaceMention
from schemas.precision import Scope

_APART = re.compile(
    r"\b(?:in (?:a|two|three|another|other) separate|separately|in another|another (?:attack|bomb|blast|incident|explosion|group|protest|clash|strike|raid)|"
    r"elsewhere|also on (?:mon|tues|wednes|thurs|fri|satur|sun)day|in a different|the second (?:attack|incident)|a second (?:attack|incident))\b"
)


# Sentences within which one thing answers another; arrests from which on they are a round-up.
_NEAR, _ROUND_UP = 3, 3
# Releases, agreements and withdrawals follow from politics rather than from the fight told before them.
_OF_THEIR_OWN = frozenset((Kind.RELEASE, Kind.AGREE, Kind.WITHDRAW, Kind.COUP))
_MAIN = frozenset((Family.VIOLENCE, Family.DEMONSTRATION, Family.ABDUCTION))
_PARTICIPANTS = re.compile(
    r"\b(?:participants?|the (?:protest|demonstration|rally|march|event|crowd|group)|activists?|of them)\b"
)


def merge(
    frames: list[Frame], dates: list[DateMention | None], places: list[list[PlaceMention]]
) -> list[Happening]:
    """Happenings in the order of their first frame. The lists run beside the frames: date and places of each."""
    found: list[Happening] = []
    for frame, day, where in zip(frames, dates, places, strict=True):
        home = next((h for h in reversed(found) if _belongs(h, frame, day, where)), None)
        if home is None:
            if not is_follow_up(frame):
                found.append(
                    Happening(frame.family, [frame], day, [] if frame.sentence.is_title else list(where))
                )
            continue
        home.frames.append(frame)
        home.date = home.date or day
        home.places += [p for p in where if p not in home.places]
    return found


def is_follow_up(frame: Frame) -> bool:
    """What the police did to a crowd that another sentence told of: alone it tells of no demonstration."""
    if frame.kinds <= SUPPORT:
        return True
    if frame.family is not Family.DEMONSTRATION or frame.label:
        return False
    crowd = any(a.is_crowd for a in frame.actors)
    return (
        frame.kinds <= {Kind.DISPERSE, Kind.ARREST, Kind.SHOOT, Kind.WOUND, Kind.KILL, Kind.DEATH}
        and not crowd
    )


def _belongs(h: Happening, frame: Frame, day: DateMention | None, where: list[PlaceMention]) -> bool:
    if Scope.ACCIDENT in (h.main.scope, frame.scope) and h.main.scope is not frame.scope:
        return False
    if frame.kinds <= SUPPORT:
        return _is_near(h, frame) and h.family is not Family.STRATEGIC
    if not _is_kin(h, frame) or _counts_apart(h, frame):
        return False
    if _APART.search(frame.lowered) and not frame.sentence.is_title:
        return False
    return _same_time(h.date, day) and _same_place(h.places, where)


def _is_kin(h: Happening, frame: Frame) -> bool:
    """The same family; of strategic developments the same kind; or what answers a crowd."""
    if h.family is not frame.family:
        return _answers_crowd(h, frame)
    return h.family is not Family.STRATEGIC or bool(h.kinds & frame.kinds)


def _counts_apart(h: Happening, frame: Frame) -> bool:
    """Two counts of incidents are two aggregates: "2,162 attacks by X" and "302 operations by Y"."""
    theirs = incident_count(frame)
    ours = next((c for f in h.frames if (c := incident_count(f))), None)
    return ours is not None and theirs is not None and ours.best != theirs.best


def _is_near(h: Happening, frame: Frame) -> bool:
    last = h.frames[-1].sentence
    return last.part == frame.sentence.part and frame.sentence.index - last.index <= _NEAR


def without_aftermath(found: list[Happening]) -> list[Happening]:
    """Leaves out the arrests, seizures and moves that only follow an event of the same day and place: ACLED records the
    highest tactic alone."""
    main = [h for h in found if h.family in _MAIN]
    return [h for h in found if h.family in _MAIN or h.main.label or not any(_follows(h, m) for m in main)]


def _follows(h: Happening, main: Happening) -> bool:
    own, other = h.main.sentence, main.main.sentence
    if h.date is not None and main.date is not None and not _same_time(h.date, main.date):
        return False
    if h.kinds & _OF_THEIR_OWN and own.index != other.index:
        return False
    near = own.part == other.part and any(0 <= own.index - f.sentence.index <= _NEAR for f in main.frames)
    if h.family is Family.ARREST and _many(h):
        return own.index == other.index
    return near and _same_place(h.places, main.places)


def _many(h: Happening) -> bool:
    """A round-up is an event of its own, and so is the arrest of a journalist or an opponent."""
    if any(p.noun in word_set("scope.tsv", "statesman") for p in h.patients()):
        return True
    return any(c.harm is Harm.ARRESTED and c.count.best >= _ROUND_UP for f in h.frames for c in f.casualties)


def _answers_crowd(h: Happening, frame: Frame) -> bool:
    """Arrests and violence told right after a demonstration, against its people, are part of it."""
    if h.family is not Family.DEMONSTRATION or frame.family not in (Family.ARREST, Family.VIOLENCE):
        return False
    if (
        frame.sentence.part != h.frames[-1].sentence.part
        or frame.sentence.index - h.frames[-1].sentence.index > 2
    ):
        return False
    if frame.kinds & {Kind.AIR, Kind.SUICIDE, Kind.SHELL, Kind.SEIZE, Kind.RAPE, Kind.CHEMICAL}:
        return False
    touched = [p for m in frame.mentions for p in m.patients]
    return any(p.is_crowd for p in touched) or bool(_PARTICIPANTS.search(frame.lowered))


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
