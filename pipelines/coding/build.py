"""Makes the report of a happening: every column, the evidence behind it, and a note composed from the fields."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from pipelines.coding.actors import ActorMention
from pipelines.coding.confidence import confidence
from pipelines.coding.dates import DateMention
from pipelines.coding.events.happening import Happening, incident_count
from pipelines.coding.events.mention import Family, Frame
from pipelines.coding.events.parties import Parties, parties
from pipelines.coding.events.types import crowd_killed, crowd_was_hurt
from pipelines.coding.gate import Kind
from pipelines.coding.lexicon import read_rows
from pipelines.coding.numbers import Count, Harm, Toll
from pipelines.coding.places import Place
from pipelines.coding.text import Sentence
from schemas.actors import ActorType, interaction
from schemas.article import Article
from schemas.countries import by_name, fold_name
from schemas.precision import CountBasis, Factuality, FatalitiesBasis, Scope, TimePrecision
from schemas.report import Evidence, Report, report_id
from schemas.taxonomy import EVENT_TYPE_OF, EventType, SubEventType, disorder_type

# Sub-event types that ACLED defines as without deaths: the happening's type has changed already where people died.
# A protest has three people or more (codebook).
_SMALLEST_CROWD = 3
_BLOODLESS = frozenset((SubEventType.PEACEFUL_PROTEST, SubEventType.ABDUCTION))


@dataclass(frozen=True, slots=True)
class When:
    """The event's day or range, its precision, and the words it rests on (None: the article's own day)."""

    first: date
    last: date
    precision: TimePrecision
    mention: DateMention | None
    sentence: Sentence | None


@dataclass(frozen=True, slots=True)
class Context:
    """What the coder knows of the article besides the happening."""

    article: Article
    coder_version: str
    groups: tuple[ActorMention, ...] = ()


def build_report(
    h: Happening, sub: SubEventType, *, when: When, place: Place, scope: Scope, context: Context
) -> Report:
    """The report. Holds ACLED's invariants for every input (schema notes, section 9)."""
    sides = parties(h, sub, place.country, when.first, context.groups)
    if sub is SubEventType.GOVERNMENT_REGAINS and sides.actor1.type is ActorType.EXTERNAL_OTHER_FORCES:
        sub = SubEventType.NON_STATE_OVERTAKES  # a foreign army regains nothing for the government
    tolls = {harm: h.toll(harm) for harm in Harm}
    if h.family is Family.DEMONSTRATION and not (crowd_was_hurt(h) or crowd_killed(h)):
        tolls[Harm.KILLED] = None
    deaths = None if sub in _BLOODLESS else tolls[Harm.KILLED]
    frame = h.frames[0] if not h.frames[0].sentence.is_title or len(h.frames) == 1 else h.frames[1]
    anchor = frame.mentions[0]
    count = next((c for f in h.frames if (c := incident_count(f))), None)
    country = by_name().get(fold_name(place.country)) if place.country else None
    attribution = next((m.verdict.attribution for m in h.mentions() if m.verdict.attribution), None)
    injured, crowd = tolls[Harm.INJURED], tolls[Harm.PARTICIPANTS]
    if crowd is not None and crowd.best < _SMALLEST_CROWD:
        crowd = None  # one protester was counted, not the crowd
    report = Report(
        report_id=report_id(context.article.article_id, context.article.text_sha256, *_span(anchor.start, anchor.end, frame), sub),
        article_id=context.article.article_id, text_sha256=context.article.text_sha256,
        coder_version=context.coder_version, event_date=when.first, event_date_end=when.last,
        year=when.first.year, time_precision=when.precision, disorder_type=disorder_type(sub),
        event_type=EVENT_TYPE_OF[sub], sub_event_type=sub, actor1=sides.actor1.name,
        assoc_actor_1=sides.assoc1, inter1=sides.actor1.type,
        actor2=sides.actor2.name if sides.actor2 else None, assoc_actor_2=sides.assoc2,
        inter2=sides.actor2.type if sides.actor2 else None,
        interaction=interaction(sides.actor1.type, sides.actor2.type if sides.actor2 else None),
        civilian_targeting=_civilian_targeting(sub, sides),
        iso=place.iso if place.iso is not None else (country.iso if country else None),
        region=country.region.value if country else None, country=place.country, admin1=place.admin1,
        admin2=place.admin2, admin3=place.admin3, location=place.location, latitude=place.latitude,
        longitude=place.longitude, geo_precision=place.geo_precision, source=context.article.source,
        source_scale=context.article.source_scale,
        notes=note(sub, sides, when=when, place=place, deaths=deaths, count=count),
        fatalities=deaths.best if deaths else 0, tags=_tags(sub, crowd),
        incident_count=count.best if count else 1,
        incident_count_basis=count.basis.for_count if count else CountBasis.NONE,
        fatalities_low=_low(deaths), fatalities_best=deaths.best if deaths else None,
        fatalities_high=deaths.high if deaths else None,
        fatalities_basis=deaths.basis.for_fatalities if deaths else FatalitiesBasis.NONE,
        injuries_low=_low(injured), injuries_best=injured.best if injured else None,
        injuries_high=injured.high if injured else None, abducted=_best(tolls[Harm.ABDUCTED]),
        arrested=_best(tolls[Harm.ARRESTED]), participants=_best(crowd), attribution=attribution,
        factuality=Factuality.ATTRIBUTED if attribution else Factuality.ASSERTED, scope=scope,
        confidence=0.0,
        evidence=tuple(_evidence(h, sides, when, tolls, count)), quality_flags=_flags(when, place),
    )  # fmt: skip
    return replace(report, confidence=confidence(report, context.article))


def _span(start: int, end: int, frame: Frame) -> tuple[int, int]:
    """Spans in the title are counted below zero, so that they never meet one of the text."""
    return (-end - 1, -start - 1) if frame.sentence.is_title else (start, end)


def _low(toll: Toll | None) -> int | None:
    return toll.low if toll else None


def _best(toll: Toll | None) -> int | None:
    return toll.best if toll else None


def _civilian_targeting(sub: SubEventType, sides: Parties) -> str | None:
    if EVENT_TYPE_OF[sub] is EventType.BATTLES:
        return None
    hit = sides.actor2 is not None and sides.actor2.type is ActorType.CIVILIANS
    strategic = EVENT_TYPE_OF[sub] is EventType.STRATEGIC
    excessive = sub is SubEventType.EXCESSIVE_FORCE
    return "Civilians targeted" if (hit and not strategic) or excessive else None


def _tags(sub: SubEventType, crowd: Toll | None) -> tuple[str, ...]:
    if EVENT_TYPE_OF[sub] not in (EventType.PROTESTS, EventType.RIOTS):
        return ()
    if crowd is None:
        return ("crowd size=no report",)
    about = {"exact": "", "at_least": "at least ", "at_most": "up to ", "about": "around "}.get(
        crowd.basis.value, "around "
    )
    return (f"crowd size={about}{crowd.best}",)


def _flags(when: When, place: Place) -> tuple[str, ...]:
    flags = []
    if when.mention is None:
        flags.append("date_from_publication")
    if place.country is None:
        flags.append("country_unknown")
    elif place.latitude is None:
        flags.append("unplaced")
    return tuple(flags)


@cache
def _note_templates() -> dict[str, tuple[str, str]]:
    return {row["sub_event_type"]: (row["two"], row["one"]) for row in read_rows("english/notes.tsv")}


def note(
    sub: SubEventType, sides: Parties, *, when: When, place: Place, deaths: Toll | None, count: Count | None
) -> str:
    """A sentence or two composed from the coded fields, in ACLED's manner; no word of the article is in it."""
    two, one = _note_templates()[sub.value]
    what = (two if sides.actor2 else one).format(
        a=sides.actor1.name, b=sides.actor2.name if sides.actor2 else ""
    )
    start = _day(when.first)
    if when.last != when.first:
        opening = f"Between {start} and {_day(when.last)}, "
    else:
        opening = f"{'On' if when.precision is TimePrecision.DAY else 'Around'} {start}, "
    names = [n for n in (place.location, place.admin1, place.country) if n]
    where = f" in {', '.join(dict.fromkeys(names))}" if names else ""
    times = f" ({count.best} incidents)" if count else ""
    dead = "" if deaths is None else f" {deaths.best} {'fatality' if deaths.best == 1 else 'fatalities'}."
    return f"{opening}{what}{times}{where}.{dead}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _tells_of(frame: Frame, side: ActorMention) -> bool:
    return side in frame.actors or any(side in m.agents + m.patients for m in frame.mentions)


def _evidence(
    h: Happening, sides: Parties, when: When, tolls: dict[Harm, Toll | None], count: Count | None
) -> list[Evidence]:
    found: list[Evidence] = []
    for frame in h.frames[:4]:
        mention = next((m for m in frame.mentions if m.kind is not Kind.DEATH), frame.mentions[0])
        found.append(_quote("sub_event_type", frame.sentence, mention.start, mention.end))
    for name, side in (("actor1", sides.mention1), ("actor2", sides.mention2)):
        home = next((f for f in h.frames if side is not None and _tells_of(f, side)), None)
        if home is not None and side is not None:
            base = home.sentence.start
            found.append(_quote(name, home.sentence, base + side.start, base + side.end))
    if when.mention is not None and when.sentence is not None:
        found.append(_quote("event_date", when.sentence, when.mention.start, when.mention.end))
    for harm, name in _TOLL_FIELDS.items():
        found += _toll_evidence(h, name, tolls[harm])
    if count is not None:
        home = next(f for f in h.frames if count in f.counts)
        found.append(_quote("incident_count", home.sentence, count.start, count.end))
    if h.places:
        named = h.places[0]
        text = [f.sentence for f in h.frames if not f.sentence.is_title]
        around = next((s for s in text if s.start <= named.start < s.end), None)
        if around is not None:
            found.append(_quote("location", around, named.start, named.end))
    return found


_TOLL_FIELDS = {
    Harm.KILLED: "fatalities",
    Harm.INJURED: "injuries",
    Harm.ABDUCTED: "abducted",
    Harm.ARRESTED: "arrested",
    Harm.PARTICIPANTS: "participants",
}


def _toll_evidence(h: Happening, name: str, toll: Toll | None) -> list[Evidence]:
    if toll is None:
        return []
    found = []
    for source in toll.sources:
        home = next((f for f in h.frames if source in f.casualties), None)
        if home is not None:
            start, end = (
                min(source.count.start, source.trigger_start),
                max(source.count.end, source.trigger_end),
            )
            found.append(_quote(name, home.sentence, start, end))
    return found


def _quote(name: str, sentence: Sentence, start: int, end: int) -> Evidence:
    return Evidence(name, sentence.text, sentence.part, start, end)
