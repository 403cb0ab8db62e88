"""Puts the frames of an article together into happenings: headline, lead, detail and recap of one event become one.

Two frames are of one event unless the text holds them apart: by day, by place, by family, or by words such as
"in a separate attack".
"""

import re
from datetime import timedelta

from pipelines.coding.dates import DateKind, DateMention
from pipelines.coding.events.frames import SUPPORT
from pipelines.coding.events.happening import Happening, incident_count
from pipelines.coding.events.harm import is_bare_harm
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
    """Happenings in the order of their first frame. The lists run beside the frames: date and places of each.

    What can stand alone is put together first; what only speaks of it ("the attack", tolls, claims, trials) joins the
    nearest of them, and is left out where there is none.
    """
    found: list[Happening] = []
    rest: list[tuple[Frame, DateMention | None, list[PlaceMention]]] = []
    for frame, day, where in zip(frames, dates, places, strict=True):
        if is_follow_up(frame):
            rest.append((frame, day, where))
            continue
        home = next((h for h in reversed(found) if _belongs(h, frame, day, where)), None)
        if home is None:
            found.append(
                Happening(frame.family, [frame], day, [] if frame.sentence.is_title else list(where))
            )
            continue
        home.frames.append(frame)
        home.date = home.date or day
        home.places += [p for p in where if p not in home.places]
    for frame, day, where in rest:
        _join(found, frame, day, where)
    return found


def _join(found: list[Happening], frame: Frame, day: DateMention | None, where: list[PlaceMention]) -> None:
    kin = [h for h in found if _takes(h, frame)]
    if not kin and _is_told_in_full(frame):
        found.append(Happening(frame.family, [frame], day, [] if frame.sentence.is_title else list(where)))
    elif kin:
        home = min(kin, key=lambda h: min(_distance(frame, f) for f in h.frames))
        if frame.has(Kind.CLAIM):  # "it claimed Monday's bombing"
            home.date = home.date or day
        home.frames = sorted([*home.frames, frame], key=lambda f: (not f.sentence.is_title, f.sentence.index))


def _is_told_in_full(frame: Frame) -> bool:
    """ "The murder of six priests" and "the protest was part of a strike" say enough where nothing else tells of it."""
    if frame.family is Family.DEMONSTRATION:
        told = any(m.kind is Kind.PROTEST and m.lemma not in _PEOPLE_OF_PROTEST for m in frame.mentions)
        return told and _position(frame) <= _NEAR  # later it is background
    if frame.family is not Family.VIOLENCE or "court" in frame.marks:
        return False
    return any(m.patients and m.kind not in SUPPORT for m in frame.mentions)


def _takes(h: Happening, frame: Frame) -> bool:
    if frame.kinds <= {Kind.DEATH}:
        return (
            h.family not in (Family.STRATEGIC, Family.ARREST)
            and min(_distance(frame, f) for f in h.frames) <= _NEAR
        )
    return h.family is frame.family and (h.main.scope is frame.scope or frame.has(Kind.CLAIM))


def _distance(one: Frame, other: Frame) -> int:
    """Sentences between two frames; the headline stands before the first sentence."""
    return abs(_position(one) - _position(other))


def _position(frame: Frame) -> int:
    return -1 if frame.sentence.is_title else frame.sentence.index


_LATER_TOLL = re.compile(
    r"\b(?:by reports|toll|victims?|have died|has died|later died|in hospital|hospitals?|so far)\b"
)
_PEOPLE_OF_PROTEST = frozenset(
    ("protester", "protestor", "demonstrator", "marcher", "picketer", "striker", "activist")
)


def is_follow_up(frame: Frame) -> bool:
    """What only speaks of an event that other sentences tell: tolls, claims, trials, "the attack", and what the police did
    to a crowd."""
    if frame.label:
        return False
    if frame.kinds <= SUPPORT or frame.has(Kind.CLAIM):
        return True
    if frame.family is Family.DEMONSTRATION:
        return _is_of_crowd(frame)
    if frame.family is not Family.VIOLENCE or _position(frame) <= 0:
        return False
    own = [m for m in frame.mentions if m.kind not in SUPPORT]
    if is_bare_harm(frame) and (not frame.dates or _LATER_TOLL.search(frame.lowered)):
        return True
    return "court" in frame.marks or (not frame.dates and all(m.is_definite for m in own))


def _is_of_crowd(frame: Frame) -> bool:
    told = [m for m in frame.mentions if m.kind in (Kind.PROTEST, Kind.RIOT)]
    if not told:
        return not any(a.is_crowd for a in frame.actors)
    only_people = all(m.lemma in _PEOPLE_OF_PROTEST for m in told)
    spoken_of = not frame.dates and all(
        m.is_definite and not m.is_verb for m in told
    )  # "the march went peacefully"
    return frame.kinds <= {Kind.PROTEST} and (only_people or spoken_of) and _position(frame) > 0


def _belongs(h: Happening, frame: Frame, day: DateMention | None, where: list[PlaceMention]) -> bool:
    if Scope.ACCIDENT in (h.main.scope, frame.scope) and h.main.scope is not frame.scope:
        return False
    if not _is_kin(h, frame) or _counts_apart(h, frame):
        return False
    if _APART.search(frame.lowered) and not frame.sentence.is_title:
        return False
    return _same_time(h.date, day) and (_same_place(h.places, where) or _walks_on(h, frame, where))


# Sentences within which a march is told on.
_MARCH_ON = 2


def _walks_on(h: Happening, frame: Frame, where: list[PlaceMention]) -> bool:
    """A march that sets out at one park and ends at another is one, as long as it stays in the province."""
    if frame.family is not Family.DEMONSTRATION or _position(frame) - _position(h.frames[-1]) > _MARCH_ON:
        return False
    if not h.places or not where or PlaceKind.COUNTRY in (h.places[0].kind, where[0].kind):
        return False
    mine, other = h.places[0].place, where[0].place
    return mine.country == other.country and mine.admin1 is not None and mine.admin1 == other.admin1


def _is_kin(h: Happening, frame: Frame) -> bool:
    """The same family; of strategic developments the same kind; or what answers a crowd."""
    if h.family is not frame.family:
        return _answers_crowd(h, frame) or _same_crowd(h, frame)
    return h.family is not Family.STRATEGIC or bool(h.kinds & frame.kinds)


_OF_CROWDS = frozenset((Kind.MOB, Kind.RIOT, Kind.CLASH))


def _same_crowd(h: Happening, frame: Frame) -> bool:
    """Two mobs that clash, then "the rioters" who throw stones: one event, though one is told as a fight and one as a riot."""
    if {h.family, frame.family} != {Family.VIOLENCE, Family.DEMONSTRATION} or frame.dates:
        return False
    near = 0 <= _position(frame) - _position(h.frames[-1]) <= 1
    return near and bool(h.kinds & _OF_CROWDS) and bool(frame.kinds & _OF_CROWDS) and not _has_rebels(h)


def _has_rebels(h: Happening) -> bool:
    return any(a.is_armed and not a.is_state for m in h.mentions() for a in m.agents + m.patients)


def _counts_apart(h: Happening, frame: Frame) -> bool:
    """Two counts of incidents are two aggregates: "2,162 attacks by X" and "302 operations by Y"."""
    theirs = incident_count(frame)
    ours = next((c for f in h.frames if (c := incident_count(f))), None)
    return ours is not None and theirs is not None and ours.best != theirs.best


# An analyst's note on what another note of his tells.
_CODED_APART = re.compile(r"[\[(](?:event )?coded separately[\])]")


def without_aftermath(found: list[Happening]) -> list[Happening]:
    """Leaves out the arrests, seizures and moves that only follow an event of the same day and place: ACLED records the
    highest tactic alone."""
    main = [h for h in found if h.family in _MAIN]
    found = [h for h in found if not _CODED_APART.search(h.main.lowered) or h is found[0]]
    return [h for h in found if h.family in _MAIN or h.main.label or not any(_follows(h, m) for m in main)]


def _follows(h: Happening, main: Happening) -> bool:
    own, other = h.main.sentence, main.main.sentence
    if h.date is not None and main.date is not None and not _same_time(h.date, main.date):
        return False
    if h.kinds & _OF_THEIR_OWN and own.index != other.index:
        return False
    near = any(
        own.part == f.sentence.part and 0 <= own.index - f.sentence.index <= _NEAR for f in main.frames
    )
    if h.family is Family.ARREST and _of_suspects(h) and main.family is not Family.DEMONSTRATION:
        return True
    if h.family is Family.ARREST and _many(h):
        return own.index == other.index
    return near and _same_place(h.places, main.places)


# Who is arrested for what the article tells.
_SUSPECTS = re.compile(
    r"\b(?:suspects?|suspected (?:attackers?|gunm[ae]n|killers?|shooters?)|attackers?|assailants?|shooters?|perpetrators?|culprits?|the accused|"
    r"in connection with the|for the (?:murder|killing|attack|shooting|bombing|stabbing))\b"
)


def _of_suspects(h: Happening) -> bool:
    return _SUSPECTS.search(h.main.lowered) is not None and not any(
        p.noun in word_set("english/scope.tsv", "statesman") for p in h.patients()
    )


def _many(h: Happening) -> bool:
    """A round-up is an event of its own, and so is the arrest of a journalist or an opponent."""
    if any(p.noun in word_set("english/scope.tsv", "statesman") for p in h.patients()):
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
    if not frame.dates and _is_outcome(h, frame):
        return True
    touched = [p for m in frame.mentions for p in m.patients]
    return any(p.is_crowd for p in touched) or bool(_PARTICIPANTS.search(frame.lowered))


def _is_outcome(h: Happening, frame: Frame) -> bool:
    """ "Eighteen people were arrested" after a march; "twelve were hurt and shops set on fire" after a riot: nobody is said
    to have done it, and no other day."""
    if any(m.agents or m.by_person for m in frame.mentions):
        return False
    if frame.family is Family.ARREST:
        return all(m.is_passive for m in frame.mentions)
    if Kind.RIOT in h.kinds:
        return frame.kinds <= {Kind.WOUND, Kind.LOOT, Kind.KILL, Kind.DEATH}
    return frame.kinds <= {Kind.WOUND}


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
