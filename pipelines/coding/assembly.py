"""Assembles the reports of an article from what was read: merges, dates, places, types and ranks the happenings."""

from pipelines.coding.analysis import Reading
from pipelines.coding.build import Context, When, build_report
from pipelines.coding.dates import DateKind, DateMention
from pipelines.coding.events.happening import Happening
from pipelines.coding.events.mention import Frame
from pipelines.coding.events.merge import merge
from pipelines.coding.events.timing import is_news
from pipelines.coding.events.types import sub_event_type
from pipelines.coding.places import Place, resolve
from pipelines.coding.scope import scope_of
from schemas.precision import Scope, TimePrecision
from schemas.report import Report


def assemble(reading: Reading, coder_version: str) -> list[Report]:
    """Reports, the most prominent first."""
    day = reading.day.day
    told = [(f, frame_date(f), w, scope_of(f, reading.marks)) for f, w in zip(reading.frames, reading.places, strict=True)]
    told = [row for row in told if row[3] is not None and is_news(row[0], row[1], day)]
    happenings = merge([row[0] for row in told], [row[1] for row in told], [row[2] for row in told])
    scopes = {id(row[0]): row[3] for row in told}
    context = Context(reading.article, coder_version)
    reports = []
    for h in happenings:
        sub = sub_event_type(h)
        if sub is None:
            continue
        when = when_of(h, reading)
        place = place_of(h, reading)
        reports.append(build_report(h, sub, when, place, _scope(h, scopes), context))
    return reports


def _scope(h: Happening, scopes: dict[int, Scope | None]) -> Scope:
    """Political if any of its frames is."""
    found = {scopes[id(frame)] for frame in h.frames}
    return next((s for s in (Scope.POLITICAL, Scope.CRIMINAL) if s in found), Scope.ACCIDENT)


def frame_date(frame: Frame) -> DateMention | None:
    """The date of a frame: of several the one nearest before or after its first trigger."""
    if not frame.dates:
        return None
    at = frame.mentions[0].start
    return min(frame.dates, key=lambda d: (not d.is_codable, min(abs(d.start - at), abs(d.end - at))))


def when_of(h: Happening, reading: Reading) -> When:
    """The day or range of a happening; without a date of its own the article's day, marked by `mention` None."""
    mention = h.date
    if mention is None or not mention.is_codable:
        day = reading.day.day
        return When(day, day, TimePrecision.DAY, None, None)
    sentence = next((f.sentence for f in h.frames if mention in f.dates), None)
    first = mention.coded_day
    last = max(first, mention.last)
    if mention.kind is DateKind.SINCE:
        last = max(first, min(mention.last, reading.day.day))
    return When(first, last, mention.precision, mention, sentence)


_NOWHERE = Place(None, None, None, None, None, None, None, None, None, None)


def place_of(h: Happening, reading: Reading) -> Place:
    """The place of a happening: named in its sentences, else in headline and lead, else the country alone."""
    anchor = h.main.mentions[0].start
    own = resolve(h.places, reading.context, anchor) if h.places else None
    if own is not None and own.latitude is not None:
        return own
    near = resolve(reading.around, reading.context) if reading.around else None
    if near is not None and (own is None or own.country in (None, near.country)):
        return near
    return own or near or resolve([], reading.context) or _NOWHERE
