"""What the words around a name say of it: a place or not, which kind of place, in it or near it, and what holds it."""

import re
from dataclasses import dataclass

from pipelines.coding.numbers.nouns import persons
from pipelines.coding.places.names import Name, Token
from pipelines.coding.places.place import PlaceKind
from pipelines.coding.places.words import words
from schemas.countries import by_demonym, by_name, fold_name

_INSIDE = re.compile(
    r"\b(?:in|at|inside|within|across|throughout|into|from|to|on|of|through|around|over|by|via|against|for|toward|towards|reached|entered|"
    r"captured|seized|shelled|bombed|hit|struck|targeted|targeting|shelling|attacked|retook|stormed|raided|visited)\s+"
    r"(?:the\s+)?(?:(?:[a-z-]+\s+){0,2}(?:city|town|towns|village|villages|hamlet|settlement|settlements|district|province|governorate|region|state|county|area|areas|camp|"
    r"neighbou?rhood|suburb|suburbs|municipality|township|locality|vicinity|port|capital|island|oblast|part|parts|outskirts|countryside)\s+(?:of\s+)?(?:the\s+)?)?"
    r"(?:(?:far\s+)?(?:north|south|east|west|central|upper|lower|downtown|greater|inner)(?:[-\s]?(?:east|west|central))?(?:ern)?\s+)?"
    r"(?:(?:al|el|ar|as|ad|az|an|at|ash)-)?$",
    re.IGNORECASE,
)
_STRICTLY_IN = re.compile(
    r"\b(?:in|at|inside|within|across|throughout|on|of)\s+(?:[a-z'’-]+\s+){0,4}(?:(?:al|el|ar|as|ad|az|an|at|ash)-)?$",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"\b(?:near|outside|close\s+to|around|towards?|north\s+of|south\s+of|east\s+of|west\s+of|northeast\s+of|northwest\s+of|southeast\s+of|southwest\s+of|"
    r"outskirts\s+of|countryside\s+of|vicinity\s+of|kilomet\w+\s+(?:from|\w+\s+of)|km\s+(?:from|\w+\s+of)|miles?\s+(?:from|\w+\s+of)|between|surrounding|off|coast\s+of|"
    r"road\s+(?:to|from|between)|way\s+to)\s+(?:the\s+)?(?:(?:town|city|village|area)\s+of\s+)?(?:(?:al|el)-)?$",
    re.IGNORECASE,
)
_KIND_BEFORE = re.compile(r"\b(?P<k>[a-z]+)\s+of\s+(?:the\s+)?(?:(?:al|el)-)?$", re.IGNORECASE)
_NEXT_WORD = re.compile(r"[\s-]+(?P<w>[^\W\d_][\w.'’]*)")
_VERB_AFTER = re.compile(
    r"\s+(?:said|says|told|added|stated|announced|warned|noted|tweeted|testified|claimed|who|whose|,\s*(?:who|\d\d,|aged))\b",
    re.IGNORECASE,
)
_ROAD = re.compile(r"\s*[-–]\s*[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?\s+(?:road|highway|axis|route)\b")
# Tokens at which well-known names begin, and tokens at which any known name begins.
Starts = tuple[frozenset[int], frozenset[int]]
# Characters before a name in which its cues are looked for.
_REACH = 48


@dataclass(frozen=True, slots=True)
class Cues:
    """What stands around a name. `kind` is the kind of place that a neighbouring word names ("X province")."""

    is_inside: bool
    is_near: bool
    kind: PlaceKind | None
    is_person: bool
    is_organisation: bool
    is_facility: bool
    is_strictly_in: bool
    is_street: bool
    is_longer: bool
    is_attributive: bool
    is_acronym: bool


def read_cues(
    text: str, tokens: list[Token], name: Name, *, has_case: bool, starts: Starts = (frozenset(), frozenset())
) -> Cues:
    """The cues of a name. `has_case` is False for texts all in capitals or all in small letters, where capitals say
    nothing of people and groups; `starts` are the tokens at which
    well-known names begin, and those at which any does."""
    before = text[max(0, name.start - _REACH) : name.start]
    inside, near = _INSIDE.search(before) is not None, _NEAR.search(before) is not None
    following = _NEXT_WORD.match(text, name.end)
    word = following["w"].lower().rstrip(".'’") if following else ""
    kind = _kind(before, word)
    joined = following is not None and "\n" not in text[name.end : following.start("w")]
    capital_next = joined and following is not None and following["w"][0].isupper() and has_case
    organisation = (joined and _next_words(text, name.end) & _TREATIES != frozenset()) or (
        capital_next and word in words("organisation") and word not in ("court", "center", "centre")
    )
    return Cues(
        is_inside=inside or near or (joined and word in words("local")),
        is_near=near or _ROAD.match(text, name.end) is not None,
        kind=kind,
        is_person=_is_person(
            text,
            tokens,
            name,
            capital_next=capital_next and not _is_kind(word),
            inside=inside,
            has_case=has_case,
        ),
        is_organisation=organisation,
        is_facility=word in words("facility"),
        is_strictly_in=_STRICTLY_IN.search(before) is not None,
        is_street=capital_next and word in words("street"),
        is_attributive=joined and word in persons() and not inside,
        is_acronym=has_case and _is_acronym(text, name),
        is_longer=has_case and _is_longer(text, tokens, name, starts),
    )


# "The Geneva Conventions", "the Doha agreement", "the Minsk peace process": named after where they were made.
_TREATIES = frozenset(
    "convention conventions accord accords agreement agreements protocol protocols declaration treaty treaties pact communique".split()
)
_TWO_WORDS = re.compile(r"\s+(?:(?i:peace|i|ii|iii)\s+)?(?P<w>[^\W\d_]+)")


def _next_words(text: str, end: int) -> frozenset[str]:
    match = _TWO_WORDS.match(text, end)
    return frozenset((match["w"].lower(),)) if match else frozenset()


def _is_longer(text: str, tokens: list[Token], name: Name, starts: Starts) -> bool:
    """Whether a name is a piece of a longer one that the gazetteer lacks ("Khan" of "Khan al-Sabeel", "Saida" of "Abu
    Saida"): a capitalised word that is no ordinary one stands straight beside it."""
    after = _LONGER_AFTER.match(text, name.end)
    if after is not None and _is_unusual(after["w"]):
        hyphen = text[name.end] == "-" and after.start("w") == name.end + 1
        if name.last + 1 not in starts[hyphen]:
            return True
    previous = tokens[name.first - 1] if name.first > 0 else None
    if previous is None or not previous.is_capital or previous.is_upper:
        return False
    gap = text[previous.end : name.start]
    return gap in (" ", "-", " al-", " el-") and _is_unusual(text[previous.start : previous.end])


def _is_acronym(text: str, name: Name) -> bool:
    """A few capitals amid ordinary writing are a party or an army ("BJP"), unless they begin a dateline."""
    written = text[name.start : name.end]
    return (
        written.isupper() and len(written) <= 5 and name.start > 3 and text[name.end : name.end + 2] != ", "
    )


def _is_unusual(word: str) -> bool:
    folded = fold_name(word)
    if word.isupper() or folded in words("ordinary") or folded in words("title") or _is_kind(folded):
        return False
    if _names_country(folded):
        return False
    return folded not in by_demonym() and folded not in words("street") and not folded.endswith("ern")


_LONGER_AFTER = re.compile(
    r"(?:[ -]|-(?:e|i|ye)-|\s(?:al|el|ad|ar|as|az|de|del|la)[ -])(?P<w>[A-ZÀ-Þ][^\W\d_]+)"
)


def _kind(before: str, word: str) -> PlaceKind | None:
    told = _KIND_BEFORE.search(before)
    for candidate in (word, told["k"].lower() if told else ""):
        if candidate in words("unit1"):
            return PlaceKind.ADMIN1
        if candidate in words("unit2"):
            return PlaceKind.ADMIN2
        if candidate in words("town"):
            return PlaceKind.TOWN
    return None


def _is_kind(word: str) -> bool:
    return any(word in words(kind) for kind in ("unit1", "unit2", "town", "facility", "organisation"))


def _is_person(
    text: str, tokens: list[Token], name: Name, *, capital_next: bool, inside: bool, has_case: bool
) -> bool:
    """Whether a name is a person's or part of one: after a title, beside another name, before "said"."""
    previous = tokens[name.first - 1] if name.first > 0 else None
    gap = text[previous.end : name.start] if previous else "."
    beside = previous is not None and gap in (" ", ". ", ".", "-")
    if beside and previous is not None:
        if previous.folded in words("title") and (previous.is_capital or not has_case):
            return True
        if previous.folded in words("given") or (
            len(previous.folded) == 1 and previous.is_capital and "." in gap
        ):
            return True
        if has_case and previous.is_capital and gap == " " and _is_name_part(tokens, name.first - 1):
            return True
    if name.first == name.last and name.key in words("person") and not inside:
        return True
    if has_case and _VERB_AFTER.match(text, name.end) and not inside:
        return name.first == name.last
    return capital_next and not inside and name.key in words("given")


def _names_country(folded: str) -> bool:
    """A country's name, or one that lost its apostrophe ("Syrias Aleppo")."""
    return folded in by_name() or folded.removesuffix("s") in by_name()


def _is_name_part(tokens: list[Token], index: int) -> bool:
    """Whether the capitalised word before a name makes it a longer name ("Omar Tripoli"), and not the sentence's first word,
    a compass word or a word for a kind of place."""
    word = tokens[index].folded
    if index == 0 or word in words("ordinary") or _is_kind(word) or _names_country(word):
        return False
    return not word.endswith(("ern", "ese", "ian", "ean", "ish", "ani", "eli", "qi"))
