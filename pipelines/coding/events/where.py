"""Where the events of an article may have happened: the places of each sentence, and those of headline and lead for the rest."""

from pipelines.coding.dates import Dateline
from pipelines.coding.events.mention import Family, Frame
from pipelines.coding.places import PlaceContext, PlaceKind, PlaceMention, find_places, likeliest_country
from pipelines.coding.places.nation import is_list, nation_told

# Headline and lead name the place of what follows.
_LEAD_CHARS = 600
# How far below them a place is looked for that they do not name.
_BELOW_CHARS = 3000


def places_of(
    frames: list[Frame], context: PlaceContext, dateline: Dateline | None
) -> list[list[PlaceMention]]:
    """The places of each frame's sentence; a sentence with two frames is read once."""
    read: dict[tuple[str, int], list[PlaceMention]] = {}
    head = dateline.end if dateline else 0
    for frame in frames:
        s = frame.sentence
        if (s.part, s.start) not in read:
            read[s.part, s.start] = find_places(s.text, s.start, context)
    return [_told_of(f, read[f.sentence.part, f.sentence.start], head, context) for f in frames]


# What is told of a country from abroad: of demonstrations and arrests the place of telling is the likelier one.
_OF_NATIONS = frozenset((Family.VIOLENCE, Family.ABDUCTION))


def _told_of(frame: Frame, found: list[PlaceMention], head: int, context: PlaceContext) -> list[PlaceMention]:
    """The places of a frame: those of its sentence; where it names none but the dateline's, the country that it tells of."""
    s = frame.sentence
    own = found if s.is_title else [p for p in found if p.start >= head]
    if any(p.kind is not PlaceKind.COUNTRY for p in own):
        return own
    here = next((p.place.country_code for p in found if p not in own), None)
    own = [] if is_list(own) else [p for p in own if p.inside or not _is_hardly_told(p, context)]
    if frame.family in _OF_NATIONS:
        begins = 0 if s.is_title else max(0, head - s.start)
        nation = nation_told(s.text, s.start, frame.mentions[0].start - s.start, begins, here)
        if nation is not None:
            return [nation]
        if {p.place.country_code for p in own if p.inside} - {here}:
            return own
    return own if s.is_title or here is None else found


# A country of less than this share of the article's likeliest one is hardly told of.
_HARDLY_TOLD = 0.2


def _is_hardly_told(mention: PlaceMention, context: PlaceContext) -> bool:
    most = max(context.countries.values(), default=0.0)
    return context.countries.get(mention.place.country_code or "", 0.0) < _HARDLY_TOLD * most


def _without_strangers(
    around: list[PlaceMention], dateline: list[PlaceMention], context: PlaceContext
) -> list[PlaceMention]:
    """Headline's and lead's places; those of the dateline instead of others that all lie in countries told of much less."""
    home = max((context.countries.get(p.place.country_code or "", 0.0) for p in dateline), default=0.0)
    placed = [p for p in around if _is_placed(p)]
    if (
        not home
        or not placed
        or any(2 * context.countries.get(p.place.country_code or "", 0.0) > home for p in placed)
    ):
        return around
    return [*dateline, *(p for p in around if p not in placed)]


def _without_dateline(found: list[PlaceMention], head: int) -> list[PlaceMention]:
    """The place that a report was written from is that of its event only where the sentence names no other."""
    told = [p for p in found if p.start >= head]
    return told if any(p.kind is not PlaceKind.COUNTRY for p in told) else found


def places_around(title: str, text: str, context: PlaceContext, head: int) -> list[PlaceMention]:
    """Places of headline and lead, for events whose own sentences name none; where these name none either, those of the
    first part of the text that does. Their offsets are not used as evidence."""
    found = find_places(text[:_LEAD_CHARS], 0, context)
    lead = _without_dateline(found, head)
    around = [*find_places(title, 0, context), *lead]
    around = _without_strangers(around, [p for p in found if p.start < head], context)
    return around if any(_is_placed(p) for p in around) else [*around, *_places_below(text, context)]


def _is_placed(mention: PlaceMention) -> bool:
    return mention.place.latitude is not None


def _places_below(text: str, context: PlaceContext) -> list[PlaceMention]:
    """The places below the lead, where those in the article's country all lie in one province: else they tell of many things."""
    country = likeliest_country(context)
    if country is None:
        return []
    found = find_places(text[_LEAD_CHARS:_BELOW_CHARS], _LEAD_CHARS, context)
    inside = [p for p in found if _is_placed(p) and p.place.country_code == country]
    return inside if len({p.place.admin1 for p in inside}) == 1 else []
