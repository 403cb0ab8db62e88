"""Assembles the reports of an article from what was read: merges, dates, places, types and ranks the happenings."""

from datetime import date

from pipelines.coding.analysis import Reading
from pipelines.coding.build import Context, When, build_report
from pipelines.coding.dates import DateKind, DateMention
from pipelines.coding.events.happening import Happening
from pipelines.coding.events.mention import Frame
from pipelines.coding.events.merge import merge
from pipelines.coding.events.types import sub_event_type
from pipelines.coding.places.place import Place
from pipelines.coding.scope import scope_of
from schemas.countries import by_name, fold_name
from schemas.precision import TimePrecision
from schemas.report import Report


def assemble(reading: Reading, coder_version: str) -> list[Report]:
    """Reports, the most prominent first."""
    dates = [frame_date(frame, reading.day.day) for frame in reading.frames]
    happenings = merge(reading.frames, dates, reading.places)
    context = Context(reading.article, coder_version)
    reports = []
    for h in happenings:
        sub = sub_event_type(h)
        if sub is None:
            continue
        when = when_of(h, reading)
        place = place_of(h, reading)
        reports.append(build_report(h, sub, when, place, scope_of(h, reading.marks), context))
    return reports


def frame_date(frame: Frame, day: date) -> DateMention | None:
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


def place_of(h: Happening, reading: Reading) -> Place:
    """The place of a happening; only the country where nothing nearer is known."""
    name = reading.countries.most_common(1)[0][0] if reading.countries else None
    country = by_name().get(fold_name(name)) if name else None
    return Place(
        name, country.iso if country else None, country.region if country else None,
        None, None, None, None, None, None, None, country.timezone if country else None,
    )  # fmt: skip
