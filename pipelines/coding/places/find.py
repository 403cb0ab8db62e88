"""Places of a sentence: names found, people and groups left out, homonyms settled by what holds them and by the context."""

import re
from dataclasses import dataclass, replace

from pipelines.coding.places.build import skeleton
from pipelines.coding.places.cues import Cues, read_cues
from pipelines.coding.places.gazetteer import Gazetteer, gazetteer
from pipelines.coding.places.names import Name, Token, find_names, state_after, tokenize
from pipelines.coding.places.place import PlaceContext, PlaceKind, PlaceMention
from pipelines.coding.places.rank import rank
from pipelines.coding.places.resolve import place_of, unknown_place
from pipelines.coding.places.words import words
from schemas.countries import fold_name

# "X, Y", "X (Y", "X in Y", "X district of Y": the second holds the first.
_HELD_BY = re.compile(
    r"\s*(?:(?:[a-z-]+\s+)?(?:city|town|village|district|province|governorate|county|region|state|township|municipality|lga|area|commune|cercle|territory|raion|oblast|camp|"
    r"neighbou?rhood|department|locality|locale|barangay|subdistrict|ward|block)s?\b)?\s*"
    r"(?:,\s*(?:a\s+(?:town|village|city)\s+)?(?:in\s+|of\s+)?(?:the\s+)?(?:[a-z-]+(?:ern|\s)\s*)?|\(\s*|in\s+(?:the\s+)?(?:[a-z-]+\s+)?(?:province\s+of\s+|district\s+of\s+|state\s+of\s+|governorate\s+of\s+)?|"
    r"of\s+(?:the\s+)?|[-–]\s*|,\s*(?:in|of)\s+the\s+(?:[a-z]+\s+)?(?:province|district|state|region)\s+of\s+)"
    r"(?:[’'\"]\s*)?",
    re.IGNORECASE,
)
_COMPASS = re.compile(
    r"(?:north|south|east|west|northern|southern|eastern|western|central|northeastern|northwestern|southeastern|southwestern)\s+$",
    re.I,
)
_UNKNOWN = re.compile(
    r"\b(?:in|at|near|on|of|from|to|between|outside)\s+(?:the\s+)?(?:(?:[a-z-]+\s+){0,2}(?:town|village|villages|city|area|locality|settlement|camp|hamlet|municipality|community|neighbou?rhood|district)s?\s+"
    r"(?:of\s+)?)?(?P<n>(?:[A-ZÀ-Þ][\w’'-]+)(?:\s+(?:[A-ZÀ-Þ][\w’'-]+|[a-z]{2}\s+[A-ZÀ-Þ][\w’'-]+)){0,3})"
)
_PROVINCE_WORD = re.compile(
    r"\s+(?:village|town|city|area|locality|hamlet|settlement|neighbou?rhood|camp)\b", re.I
)
# How well a reading must fit: after "in" and the like, and anywhere else.
_FIT_INSIDE, _FIT_ELSEWHERE = 0.40, 0.52
# A name that different spellings share is only read in a country that the article is surely about.
_LOOSE_COUNTRY = 0.4
_SHORTEST_SKELETON = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence while it is read."""

    text: str
    tokens: list[Token]
    context: PlaceContext
    known: Gazetteer
    has_case: bool


def find_places(text: str, offset: int, context: PlaceContext) -> list[PlaceMention]:
    """The places of a sentence, in order, never overlapping, each read as one place of the world.

    `text` is the sentence and `offset` its first character in the article; `context` comes from article_context. Names of
    people, groups and newspapers are left out. A name that the gazetteer lacks but that the text places ("the village of
    X (Y, Z)") is kept under its own name with the position of what holds it, and geo precision 2 or 3. Never raises.
    """
    tokens = tokenize(text)
    lower_case, has_case = _cases(tokens)
    reading = Reading(text, tokens, context, gazetteer(), has_case)
    names = find_names(text, tokens, reading.known, lower_case=lower_case)
    cues = [read_cues(text, tokens, name, has_case=has_case) for name in names]
    mentions = _read_names(reading, names, cues)
    mentions += _read_unknown(reading, mentions) if has_case else []
    return sorted((_shift(m, offset) for m in mentions), key=lambda m: m.start)


def _cases(tokens: list[Token]) -> tuple[bool, bool]:
    """Whether the text has no capitals at all, and whether its capitals tell names from words."""
    upper = sum(token.is_upper and len(token.folded) > 1 for token in tokens)
    lower_case = len(tokens) > 3 and not any(token.is_capital for token in tokens)
    return lower_case, not lower_case and (len(tokens) < 4 or upper < 0.7 * len(tokens))


def _shift(mention: PlaceMention, offset: int) -> PlaceMention:
    return replace(mention, start=mention.start + offset, end=mention.end + offset)


def _read_names(reading: Reading, names: list[Name], cues: list[Cues]) -> list[PlaceMention]:
    """Reads names from the last to the first: what holds a name stands after it and is read before it."""
    mentions: list[PlaceMention] = []
    holders: set[int] = set()
    right: Name | None = None
    for index in range(len(names) - 1, -1, -1):
        name, cue = names[index], cues[index]
        if right is None or not _HELD_BY.fullmatch(reading.text[name.end : right.start]):
            holders = set()
        holders |= _state_rows(reading.text, name.end, reading.known)
        holding = index > 0 and _holds(reading.text[names[index - 1].end : name.start])
        row, score = rank(name.rows, cue, reading.context, holders, reading.known, holding=holding)
        held = any(unit in holders for unit in reading.known.chain(row)[1:])
        if _stands(reading, name, cue, row, score, held=held):
            if held and right is not None and mentions:
                mentions[-1] = replace(mentions[-1], holds=True)
            mentions.append(_mention(reading, name, cue, row, score))
            holders = holders | {row} if held or not holders else {row}
            right = name
        else:
            right, holders = None, set()
    return mentions


def _holds(gap: str) -> bool:
    """Whether the words after a name let the next one be what holds it ("X (Y", "X, Y")."""
    return ("," in gap or "(" in gap) and _HELD_BY.fullmatch(gap) is not None


def _state_rows(text: str, end: int, known: Gazetteer) -> set[int]:
    state = state_after(text, end)
    if state is None:
        return set()
    return {
        row
        for row in known.rows(fold_name(state[0]))
        if known.kind(row) is PlaceKind.ADMIN1 and known.country(row).alpha2 == "US"
    }


def _stands(reading: Reading, name: Name, cue: Cues, row: int, score: float, *, held: bool) -> bool:
    if cue.is_organisation or (cue.is_person and not held):
        return False
    if held:
        return True
    plain = name.first == name.last and name.key in words("person")
    if plain and not cue.is_strictly_in:
        return False
    fit = _FIT_INSIDE if cue.is_inside or cue.kind is not None else _FIT_ELSEWHERE
    if not reading.has_case and reading.known.kind(row) is PlaceKind.TOWN and not cue.is_inside:
        fit += 0.1  # without capitals any word may look like a small town
    return score >= fit


def _mention(reading: Reading, name: Name, cue: Cues, row: int, score: float) -> PlaceMention:
    known, text = reading.known, reading.text
    part = _COMPASS.search(text, max(0, name.start - 16), name.start) is not None
    return PlaceMention(
        start=name.start,
        end=name.end,
        text=text[name.start : name.end],
        kind=known.kind(row),
        place=place_of(row, known, near=cue.is_near, part=part),
        population=known.population(row),
        near=cue.is_near,
        inside=cue.is_inside,
        score=min(1.0, score / 1.5),
    )


def _read_unknown(reading: Reading, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """Names that the gazetteer lacks: read in another spelling, or placed by what the text says holds them."""
    taken = [(m.start, m.end) for m in mentions]
    found = []
    for match in _UNKNOWN.finditer(reading.text):
        start, end = match.span("n")
        if any(start < right and left < end for left, right in taken) or _is_plain(match["n"]):
            continue
        holder = _holder(reading.text, end, mentions)
        mention = _loose(reading, start, end, holder) or _placed(reading.text, start, end, holder)
        if mention is not None:
            found.append(mention)
            taken.append((start, end))
    return found


def _is_plain(phrase: str) -> bool:
    parts = fold_name(phrase).split()
    return (
        not parts
        or all(part in words("ordinary") or part in words("title") for part in parts)
        or len(phrase) < 3
    )


def _holder(text: str, end: int, mentions: list[PlaceMention]) -> PlaceMention | None:
    following = [m for m in mentions if m.start >= end]
    if not following:
        return None
    nearest = min(following, key=lambda m: m.start)
    return nearest if _HELD_BY.fullmatch(text[end : nearest.start]) else None


def _loose(reading: Reading, start: int, end: int, holder: PlaceMention | None) -> PlaceMention | None:
    """A place whose name is spelt differently: searched in the holder's country or in the article's."""
    known, key = reading.known, fold_name(reading.text[start:end])
    if len(skeleton(key)) < _SHORTEST_SKELETON:
        return None
    for country in _likely_countries(reading, holder):
        fitting = [row for row in known.loose_rows(country, key) if _lies_in(row, holder, known)]
        units = {known.chain(row)[-2] for row in fitting if len(known.chain(row)) > 1}
        if fitting and (len(units) == 1 or holder is not None):
            row = max(fitting, key=known.population)
            place = place_of(row, known, near=False, part=False)
            return PlaceMention(
                start,
                end,
                reading.text[start:end],
                known.kind(row),
                place,
                known.population(row),
                False,
                True,
                0.5,
            )
    return None


def _likely_countries(reading: Reading, holder: PlaceMention | None) -> list[int]:
    codes = reading.known.country_rows()
    if holder is not None and holder.place.country_code is not None:
        return [codes[holder.place.country_code]]
    return [codes[code] for code, weight in reading.context.countries.items() if weight >= _LOOSE_COUNTRY]


def _lies_in(row: int, holder: PlaceMention | None, known: Gazetteer) -> bool:
    if holder is None or holder.place.admin1 is None:
        return True
    labels = [known.label(unit) for unit in known.chain(row)]
    return holder.place.admin1 in labels and (
        holder.kind is not PlaceKind.ADMIN2 or holder.place.admin2 in labels
    )


def _placed(text: str, start: int, end: int, holder: PlaceMention | None) -> PlaceMention | None:
    """A place under its own name, at the position of what holds it."""
    if holder is None or holder.kind is PlaceKind.COUNTRY:
        return None
    place = unknown_place(text[start:end], holder.place, holder.kind)
    return PlaceMention(start, end, text[start:end], PlaceKind.TOWN, place, 0, False, True, 0.45)
