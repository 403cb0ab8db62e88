"""Assembles the reports of an article from what was read: merges, dates, places, types and ranks the happenings."""

import re
from dataclasses import replace

from pipelines.coding.analysis import Reading
from pipelines.coding.build import Context, When, build_report
from pipelines.coding.classifier.consult import consult, finding_of, overhear
from pipelines.coding.classifier.decide import decide
from pipelines.coding.classifier.model import Classifier
from pipelines.coding.dates import DateKind, Dateline, DateMention
from pipelines.coding.events.frames import is_vague
from pipelines.coding.events.happening import Happening, incident_count
from pipelines.coding.events.harm import is_bare_harm
from pipelines.coding.events.mention import Family, Frame
from pipelines.coding.events.merge import merge, without_aftermath
from pipelines.coding.events.timing import day_told_of, is_news, is_recent
from pipelines.coding.events.types import sub_event_type
from pipelines.coding.events.victims import leave_victims_to_violence
from pipelines.coding.gate import Kind
from pipelines.coding.places import Place, PlaceKind, PlaceMention, resolve
from pipelines.coding.scope import in_calm_country, scope_of
from pipelines.coding.text import LAST_OF_LEAD
from schemas.countries import by_name
from schemas.precision import Scope, TimePrecision
from schemas.report import Report

# Families in the order of prominence where one sentence tells of several.
_RANK = {
    f: n
    for n, f in enumerate(
        (Family.VIOLENCE, Family.DEMONSTRATION, Family.ABDUCTION, Family.ARREST, Family.STRATEGIC)
    )
}


Told = list[tuple[Frame, DateMention | None, list[PlaceMention]]]


def assemble(reading: Reading, coder_version: str, classifier: Classifier | None) -> list[Report]:
    """Reports, the most prominent first."""
    context = Context(reading.article, coder_version, reading.groups)
    reports = _reports(_news(reading), reading, context, classifier)
    return reports or _reports(_overheard(reading, classifier), reading, context, classifier)


def _reports(told: Told, reading: Reading, context: Context, classifier: Classifier | None) -> list[Report]:
    happenings = merge([f for f, _, _ in told], [d for _, d, _ in told], [w for _, _, w in told])
    leave_victims_to_violence(happenings)
    found = sorted(without_aftermath(happenings), key=_prominence)
    reports = []
    for h, odds in zip(found, consult(found, _head(reading), classifier), strict=True):
        sub = sub_event_type(h)
        if sub is not None:
            place = place_of(h, reading)
            scope = min((f.scope for f in h.frames), key=list(Scope).index)
            scope = in_calm_country(h, place.country, reading.marks, scope)
            ruling = decide(finding_of(h, sub, scope), odds)
            if ruling is not None:
                when = when_of(h, reading)
                reports.append(
                    build_report(h, ruling.sub, when=when, place=place, scope=ruling.scope, context=context)
                )
    return reports


def _head(reading: Reading) -> int:
    return reading.dateline.end if reading.dateline else 0


def _overheard(reading: Reading, classifier: Classifier | None) -> Told:
    """Where the rules have left out all that headline and lead tell: what the classifier is sure of, unless it is old."""
    rows = [
        (frame, [d for d in frame.dates if is_recent(d, reading.day.day)], where)
        for frame, where in zip(reading.frames, reading.places, strict=True)
        if frame.sentence.index <= LAST_OF_LEAD and not frame.label
    ]
    fresh = [row for row in rows if row[1] or not row[0].dates]
    named = {id(f) for f in overhear([frame for frame, _, _ in fresh], _head(reading), classifier)}
    told: Told = []
    for frame, dates, where in fresh:
        if id(frame) in named:
            frame.dates = tuple(dates)
            told.append((frame, frame_date(frame, reading.dateline), where))
    return told


def _news(reading: Reading) -> Told:
    """The frames that tell of something that happened lately, each with its scope set."""
    told: Told = []
    for frame, where in zip(reading.frames, reading.places, strict=True):
        scope, date = scope_of(frame, reading.marks), frame_date(frame, reading.dateline)
        if date is None and told and _SAME_PERIOD.search(frame.lowered):
            date = told[-1][1]
        if (
            scope is None
            or not is_news(frame, date, reading.day.day, reading.headline)
            or is_vague(frame)
            or _is_war_toll(frame, date)
        ):
            continue
        frame.scope = scope
        told.append((frame, date, where))
    told = _without_echoes(told)
    deliberate = any(f.family is Family.VIOLENCE and not is_bare_harm(f) for f, _, _ in told)
    if not deliberate:
        for frame, _, _ in told:
            if frame.family is Family.VIOLENCE and is_bare_harm(frame):
                frame.scope = Scope.ACCIDENT
    return told


# Arms that a headline only names: "army counts 41 roadside bombs".
_ARMS = frozenset((Kind.BOMB, Kind.GRENADE, Kind.SHELL, Kind.SUICIDE))


def _without_echoes(told: Told) -> Told:
    """Leaves out headlines that only shorten what a lead of another family says: "looting after strike" for rioters who
    looted, "41 bombs" for bombs that were defused."""
    leads = [f for f, _, _ in told if not f.sentence.is_title and f.sentence.index <= LAST_OF_LEAD]
    return [t for t in told if not (t[0].sentence.is_title and any(_echoes(t[0], f) for f in leads))]


def _echoes(headline: Frame, lead: Frame) -> bool:
    if headline.family is lead.family or headline.casualties:
        return False
    if lead.family is Family.DEMONSTRATION and headline.kinds == {Kind.CLASH}:
        return not any(a.is_armed for m in headline.mentions for a in m.agents + m.patients)
    return headline.kinds <= lead.kinds or (lead.has(Kind.DISRUPT) and headline.kinds <= _ARMS)


_SAME_PERIOD = re.compile(
    r"\b(?:in|over|during|within) (?:the same|that|this same) (?:period|time|span|time span)\b"
)


def _is_war_toll(frame: Frame, date: DateMention | None) -> bool:
    """ "Hundreds have been killed since April", "the protests began in June": a campaign, told without any one event."""
    vague = date is not None and (date.kind is DateKind.SINCE or date.precision is TimePrecision.MONTH)
    if frame.sentence.is_title or frame.sentence.index == 0:
        return False
    if frame.family is Family.DEMONSTRATION:
        return vague and frame.sentence.index > 2
    bare = frame.family is Family.VIOLENCE and is_bare_harm(frame)
    return bare and (vague or any(c.is_background for c in frame.casualties))


def _prominence(h: Happening) -> tuple[int, int, int]:
    s = h.main.sentence
    return (0 if s.is_title else 1, s.index, _RANK[h.family])


# "Officials said on Friday": the day of the saying, not of the event.
_SAID = re.compile(
    r"\b(?:said|says|told(?:\s+\w+){1,3}|reported|announced|added|confirmed|stated|revealed|disclosed)\s+(?:here\s+|late\s+|early\s+|on\s+|this\s+)*$",
    re.IGNORECASE,
)
_SAID_REACH = 40
# "He appeared in court yesterday", "was charged on Friday": the day of the court, unless what was done stands between.
_COURT = re.compile(
    r"\b(?:appear\w*|arraign\w*|sentenc\w+|plead\w*|pled|convict\w+|charged|indict\w+|testif\w+|court|hearing)\b[^.;]{0,50}$",
    re.IGNORECASE,
)
_COURT_REACH = 80


def frame_date(frame: Frame, dateline: Dateline | None = None) -> DateMention | None:
    """The date of a frame: of several the one nearest to its first trigger. The dateline's own day, and the day on which
    somebody said so, count only where no other day is told."""
    if not frame.dates:
        return None
    head = dateline.end if dateline is not None and not frame.sentence.is_title else -1
    dates = [d for d in frame.dates if d.start >= head]
    own = [d for d in dates if not _is_said(d, frame)] or dates
    if not own:
        return None
    at = frame.mentions[0].start
    return min(own, key=lambda d: (not d.is_codable, min(abs(d.start - at), abs(d.end - at))))


def _is_said(date: DateMention, frame: Frame) -> bool:
    text, at = frame.sentence.text, date.start - frame.sentence.start
    if _SAID.search(text, max(0, at - _SAID_REACH), at) is not None:
        return True
    court = _COURT.search(text, max(0, at - _COURT_REACH), at)
    if court is None:
        return False
    begins = court.start() + frame.sentence.start
    return not any(begins < m.start < date.start for m in frame.mentions)


def when_of(h: Happening, reading: Reading) -> When:
    """The day or range of a happening; without a date of its own the article's day, marked by `mention` None."""
    mention = h.date
    if mention is None or not mention.is_codable:
        return _when_untold(h, reading)
    sentence = next((f.sentence for f in h.frames if mention in f.dates), None)
    summed = mention.kind is DateKind.MONTH and any(incident_count(f) for f in h.frames)
    first = mention.first if summed else mention.coded_day  # "45 attacks in January" fill the month
    last = max(first, mention.last)
    if mention.kind is DateKind.SINCE:
        last = max(first, min(mention.last, reading.day.day))
    return When(first, last, mention.precision, mention, sentence)


def _when_untold(h: Happening, reading: Reading) -> When:
    """Where no sentence of an attack tells its day: what a sentence of its kind tells ("the shooting happened on Sunday")."""
    day = reading.day.day
    told = day_told_of(reading.article.text, day) if h.family is Family.VIOLENCE and h.date is None else None
    if told is None:
        return When(day, day, TimePrecision.DAY, None, None)
    mention, sentence = told
    return When(mention.first, mention.last, mention.precision, mention, sentence)


_NOWHERE = Place(None, None, None, None, None, None, None, None, None, None)


# ACLED writes these cities as provinces of China.
_OF_CHINA = {"Hong Kong": "Hong Kong", "Macau": "Macau", "Macao": "Macau"}


def place_of(h: Happening, reading: Reading) -> Place:
    """The place of a happening: named in its sentences, else in headline and lead, else the country alone."""
    place = _place_of(h, reading)
    if place.country not in _OF_CHINA:
        return place
    china = by_name()["china"]
    return replace(
        place, country=china.name, iso=china.iso, region=china.region, admin1=_OF_CHINA[place.country]
    )


def _place_of(h: Happening, reading: Reading) -> Place:
    anchor = h.main.mentions[0].start
    own = resolve(h.places, reading.context, anchor) if h.places else None
    if own is not None and own.latitude is not None:
        return _town_within(own, reading)
    near = resolve(reading.around, reading.context) if reading.around else None
    if near is not None and (own is None or own.country in (None, near.country)):
        return near
    return own or near or resolve([], reading.context) or _NOWHERE


def _town_within(own: Place, reading: Reading) -> Place:
    """The town of headline or lead that lies in the district which a sentence names: the smaller place says more."""
    if own.location is None or own.location != own.admin2 or own.admin3 is not None:
        return own
    towns = [m for m in reading.around if m.kind is PlaceKind.TOWN and m.place.location != own.location]
    inside = [m for m in towns if (m.place.admin1, m.place.admin2) == (own.admin1, own.admin2)]
    return inside[0].place if inside else own
