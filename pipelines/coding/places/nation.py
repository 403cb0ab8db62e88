"""Which country a sentence speaks of that names no place of its own: by whose minister, whose army, or "in X".

A government condemns abroad what happened at home: the dateline says where it was said. "The foreign ministry condemned the
murder of the Salvadoran minister", written from Guatemala City, tells of El Salvador.
"""

import re
from dataclasses import dataclass
from functools import cache

from pipelines.coding.matcher import Hit, Matcher
from pipelines.coding.places.context import OFTEN_MEANT_OTHERWISE
from pipelines.coding.places.place import PlaceKind, PlaceMention
from pipelines.coding.places.resolve import country_place
from schemas.countries import by_alpha2, by_demonym, by_name

# Offices that are held at home; ambassadors, envoys, tourists and reporters are abroad.
_OFFICE = re.compile(
    r"\s+(?:[a-z-]+\s+){0,2}?(?:presiden\w+|vice|prime|minister|ministry|senator|congressman|deputy|deputies|parliament|congress|government|"
    r"attorney|prosecutor|judge|justice|supreme|bishop|archbishop|mayor|governor|candidate|politician|peasants?|capital|leader|people)\b"
)
# Forces act abroad too: they tell of their own country only where others speak of what they did.
_FORCES = re.compile(
    r"\s+(?:[a-z-]+\s+){0,2}?(?:army|armed|military|police|soldiers?|troops|security|intelligence|guerrillas?|rebels?|insurgents?|paramilitar\w+)\b"
)
_SPOKEN = re.compile(
    r"\b(?:condemn\w*|denounc\w*|accus\w+|deplor\w+|repudiat\w+|lament\w*|blam\w+|condol\w+|solidarity|regret\w*|affirm\w+|outrage|linked)\b"
)
_IN = re.compile(r"\b(?:in|of|inside|across|throughout)\s+(?:(?:north|south|east|west|central)\w*\s+)?$")
# Who speaks is not the one of whom is spoken: "the Mexican president said".
_SPEAKS = re.compile(
    r"[^.;,]{0,60}?\b(?:said|says|told|tells|announced|added|confirmed|condemn\w+|denounced|stated|reported|warned|called|expressed|visit\w*|offered|urged)\b"
)
# Before the event's word a country's people are spoken of as those to whom it happened or to whom it is laid.
_SPOKEN_OF = re.compile(
    r"(?:\b(?:of|against|on|by|at|accus\w+|blam\w+|denounc\w+|condemn\w+)|\b(?:affirm\w+|stat\w+|said|denounc\w+) that)\s+(?:the\s+|a\s+|an\s+)?(?:former\s+)?$"
)
# What happened is told within so many characters of the country's name.
_REACH = 220
_IN_REACH = 90
# Shorter names of countries are words too ("us").
_SHORTEST = 4
# Countries named in a row are those of guests, donors or signatories.
_LISTED = 3


@dataclass(frozen=True, slots=True)
class _Word:
    alpha2: str
    is_people: bool


def nation_told(
    text: str, offset: int, at: int, head: int = 0, here: str | None = None
) -> PlaceMention | None:
    """The country that a sentence's words say an event is of, as a mention of it; None where they say none.

    `at` is where the event's word stands in `text`, `head` where its dateline ends, `here` the alpha-2 code of the
    dateline's country, which needs no telling. The nearest country counts.
    """
    lowered = text.lower() if len(text.lower()) == len(text) else text
    is_spoken = _SPOKEN.search(lowered) is not None
    told = [
        hit
        for hit in _nations().find(lowered)
        if hit.start >= head and _tells(lowered, hit, at, is_spoken=is_spoken)
    ]
    nearest = min(told, key=lambda hit: _distance(hit, at), default=None)
    if nearest is None or nearest.entry.alpha2 == here:
        return None
    return PlaceMention(
        start=nearest.start + offset,
        end=nearest.end + offset,
        text=text[nearest.start : nearest.end],
        kind=PlaceKind.COUNTRY,
        place=country_place(nearest.entry.alpha2),
        population=0,
        near=False,
        inside=True,
        score=1.0,
    )


def _distance(hit: Hit[_Word], at: int) -> int:
    return min(abs(hit.start - at), abs(hit.end - at))


def _tells(lowered: str, hit: Hit[_Word], at: int, *, is_spoken: bool) -> bool:
    if _distance(hit, at) > _REACH:
        return False
    before = lowered[max(0, hit.start - 40) : hit.start]
    if hit.entry.is_people:
        if _SPEAKS.match(lowered, hit.end) or (hit.start < at and not _SPOKEN_OF.search(before)):
            return False
        offices = _OFFICE.match(lowered, hit.end) is not None
        return offices or (is_spoken and _FORCES.match(lowered, hit.end) is not None)
    return at <= hit.start <= at + _IN_REACH and _IN.search(before) is not None


def is_list(mentions: list[PlaceMention]) -> bool:
    """Whether only countries are named, and many: "condemned in Peru, Chile and Bolivia" places nothing."""
    return len({m.place.country_code for m in mentions}) >= _LISTED and all(
        m.kind is PlaceKind.COUNTRY for m in mentions
    )


@cache
def _nations() -> Matcher[_Word]:
    people = [(word, _Word(c.alpha2, True)) for word, c in by_demonym().items()]
    lands = [(word, _Word(c.alpha2, False)) for word, c in by_name().items()]
    return Matcher(
        (word, entry)
        for word, entry in (*lands, *people)
        if len(word) >= _SHORTEST and word not in OFTEN_MEANT_OTHERWISE and entry.alpha2 in by_alpha2()
    )
