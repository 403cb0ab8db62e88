"""Places of a sentence: names found, people and groups left out, homonyms settled by what holds them and by the context."""

import itertools
import re
from dataclasses import replace

from pipelines.coding.places.build import kilometres, skeleton
from pipelines.coding.places.cues import Cues, Starts, read_cues
from pipelines.coding.places.gazetteer import Gazetteer, gazetteer
from pipelines.coding.places.names import Name, Token, find_names, state_after, tokenize
from pipelines.coding.places.place import PlaceContext, PlaceKind, PlaceMention
from pipelines.coding.places.rank import rank
from pipelines.coding.places.resolve import place_of, unknown_place
from pipelines.coding.places.stand import LARGE, WELL_KNOWN, Reading, stands
from pipelines.coding.places.words import words
from schemas.countries import by_demonym, fold_name

# "X, Y", "X (Y", "X in Y", "X district of Y": the second holds the first.
_KINDS = (
    r"(?:city|town|village|district|province|governorate|county|region|state|township|municipality|lga|area|commune|cercle|territory|raion|oblast|"
    r"camp|neighbou?rhood|department|locality|barangay|subdistrict|upazila|thana|payam|boma|vereda|corregimiento|colonia|chiefdom|locale|ward|block|woreda|zone|kebele|campus|suburb)s?"
)
_LINK = (
    rf"\s*\)?\s*(?:(?:[a-z-]+\s+)?{_KINDS}\b)?\s*(?:,?\s*\(\s*(?:in\s+)?|,\s*(?:a\s+{_KINDS}\s+)?(?:in\s+|of\s+)?(?:the\s+)?(?:[a-z-]*(?:ern|ity)\s+)?(?:{_KINDS}\s+of\s+)?|"
    rf"in\s+(?:the\s+)?(?:[a-z-]+\s+)?(?:{_KINDS}\s+of\s+)?|of\s+(?:the\s+)?|\s[-–]\s|[-–]\s*)['\"’]?\s*"
)
_CAPITALS = r"[A-ZÀ-Þ][\w’'-]+(?:\s+(?:[A-ZÀ-Þ][\w’'-]+|(?:al|el|de|la)[\s-][A-ZÀ-Þ][\w’'-]+)){0,3}"
# One link, or several over names that the gazetteer lacks ("X village, Unknown township (Y district").
_HELD_BY = re.compile(rf"(?:{_LINK}|\s+{_KINDS}\s+)(?:{_CAPITALS}(?:{_LINK}|\s+{_KINDS}\s+)){{0,3}}")
_INITIAL = re.compile(r"\s+[A-Z]\.")
_LIST = re.compile(r"\s*(?:,|and\b|or\b|&)\s*(?:and\s+)?(?!(?:IN|ON|AT|OF|THE|AND|WHERE)\b)[A-ZÀ-Þ]")
# "the villages of A and B in C": C holds both.
_LISTED = re.compile(rf"(?:,\s+{_CAPITALS})*,?\s+and\s+{_CAPITALS}(?=\s+(?:in|of)\s)")
_POSSESSIVE = re.compile(r"['’]s\s+(?:[a-z-]+\s+){0,2}")
# "the Mir Ali area of North Waziristan": the second name only says where the first lies.
_AREA_OF = re.compile(rf"\s+{_KINDS}\s+of\s+(?:the\s+)?")
_COMPASS = re.compile(
    r"(?:north|south|east|west|northern|southern|eastern|western|central|northeastern|northwestern|southeastern|southwestern)\s+$",
    re.I,
)
_UNKNOWN = re.compile(
    rf"\b(?:in|at|near|on|of|from|to|between|outside|targeting|shelled|hit|entered|over)\s+(?:the\s+)?(?:(?:[a-z-]+\s+){{0,2}}{_KINDS}\s+(?:of\s+)?)?(?P<n>{_CAPITALS})"
)
# What holds a small place lies so near.
_HELD_WITHIN_KILOMETRES = 60.0
_UNITS = frozenset({PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.ADMIN3})
# Characters between a place and what holds it.
_LONGEST_LINK = 90
# A name that different spellings share is only read in a country that the article is surely about.
_LOOSE_COUNTRY = 0.4
_SHORTEST_SKELETON, _SHORTEST_UNHELD = 3, 4
# Countries whose names reach English in many spellings (other scripts, other colonial spellings).
_MANY_SPELLINGS = frozenset(
    "AF AM AZ BD BF BG BH BT BY CD CF CM CN CY DZ EG ER ET GE GR IL IN IQ IR JO JP KE KG KH KP KR KW KZ LA LB LK LY MA MD MK ML MM MN "
    "MR MV NE NG NP OM PK PS QA RS RU SA SD SN SO SS SY TD TH TJ TM TN TR TW UA UG UZ XK YE".split()
)


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
    starts = _starts(names, reading.known)
    cues = [read_cues(text, tokens, name, has_case=has_case, starts=starts) for name in names]
    mentions = _read_names(reading, names, cues)
    mentions += _read_unknown(reading, mentions) if has_case else []
    ordered = _marked_areas(text, sorted(mentions, key=lambda m: m.start))
    return [_shift(m, offset) for m in ordered]


def _marked_areas(text: str, mentions: list[PlaceMention]) -> list[PlaceMention]:
    marked = mentions[:1]
    for left, right in itertools.pairwise(mentions):
        holds = right.holds or _AREA_OF.fullmatch(text[left.end : right.start]) is not None
        marked.append(replace(right, holds=holds))
    return marked


def _starts(names: list[Name], known: Gazetteer) -> Starts:
    large = (
        n.first
        for n in names
        if any(known.population(r) >= LARGE for r in n.rows) or _names_country(n, known)
    )
    return frozenset(large), frozenset(name.first for name in names)


def _names_country(name: Name, known: Gazetteer) -> bool:
    return any(known.kind(row) is PlaceKind.COUNTRY for row in name.rows)


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
    holders: dict[int, int] = {}  # a row that may hold what stands before it, and the index of its mention
    right: Name | None = None
    for index in range(len(names) - 1, -1, -1):
        name, cue = names[index], cues[index]
        if right is None or not _links(reading.text[name.end : right.start]):
            holders = {}
        holders |= dict.fromkeys(_state_rows(reading.text, name.end, reading.known), -1)
        held_rows = (
            names[index - 1].rows
            if index > 0 and _holds(reading.text[names[index - 1].end : name.start])
            else ()
        )
        row, score = rank(name, cue, reading.context, holders, reading.known, held=held_rows)
        holder = next((unit for unit in reading.known.chain(row)[1:] if unit in holders), None)
        holds = any(row in reading.known.chain(other)[1:] for other in held_rows)
        if not stands(reading, name, cue, row, score, tied=holder is not None or holds):
            right, holders = None, {}
            continue
        _mark_holder(reading, mentions, holders, holder)
        mentions.append(replace(_mention(reading, name, cue, row, score), held_by=holder))
        if holder is None and holders:
            mentions[-1] = _moved(reading, mentions, right, row)
        holders = _may_hold(reading, name, row, len(mentions) - 1) | (holders if holder is not None else {})
        right = name
    return mentions


def _holds(gap: str) -> bool:
    """Whether the words after a name let the next one be what holds it ("X (Y", "X, Y")."""
    return ("," in gap or "(" in gap) and _links(gap)


def _links(gap: str) -> bool:
    return len(gap) <= _LONGEST_LINK and _HELD_BY.fullmatch(gap) is not None


def _mark_holder(
    reading: Reading, mentions: list[PlaceMention], holders: dict[int, int], holder: int | None
) -> None:
    """The mention that holds another is read as the unit it is ("Konya" in "Kulu district of Konya")."""
    if holder is None or holders[holder] < 0:
        return
    index = holders[holder]
    place = place_of(holder, reading.known, near=False, part=False)
    mentions[index] = replace(mentions[index], holds=True, kind=reading.known.kind(holder), place=place)


def _may_hold(reading: Reading, name: Name, row: int, index: int) -> dict[int, int]:
    """The rows that a name may stand for as what holds another: its reading, and units of that name in the same country."""
    known, country = reading.known, reading.known.country(row)
    units = (r for r in name.rows if known.kind(r) in _UNITS and known.country(r) is country)
    return dict.fromkeys((row, *units), index)


def _moved(reading: Reading, mentions: list[PlaceMention], right: Name | None, row: int) -> PlaceMention:
    """A small town that lies elsewhere than the text says ("X, Y" where no X of Y is known) is another town of that name: it
    keeps its name and takes the position of what holds it. Lists ("X, Y and Z") say nothing of the kind."""
    mention, holder = mentions[-1], mentions[-2] if len(mentions) > 1 else None
    if (
        right is None
        or holder is None
        or not _is_holder(reading.text, mention, holder)
        or mention.kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1)
    ):
        return mention
    if mention.population >= WELL_KNOWN or _LIST.match(reading.text, right.end):
        return mention
    mentions[-2] = replace(holder, holds=True)
    place = unknown_place(reading.known.label(row), holder.place, holder.kind)
    return replace(mention, place=place, population=0, kind=PlaceKind.TOWN)


def _is_holder(text: str, mention: PlaceMention, holder: PlaceMention) -> bool:
    """A unit holds what stands before it; in brackets a town does too ("X (Y, Z)")."""
    return holder.kind in _UNITS or (
        holder.kind is PlaceKind.TOWN and "(" in text[mention.end : holder.start]
    )


def _state_rows(text: str, end: int, known: Gazetteer) -> set[int]:
    state = state_after(text, end)
    if state is None:
        return set()
    return {
        row
        for row in known.rows(fold_name(state[0]))
        if known.kind(row) is PlaceKind.ADMIN1 and known.country(row).alpha2 == "US"
    }


def _mention(reading: Reading, name: Name, cue: Cues, row: int, score: float) -> PlaceMention:
    known, text = reading.known, reading.text
    part = _COMPASS.search(text, max(0, name.start - 16), name.start) is not None
    return PlaceMention(
        start=name.start,
        end=name.end,
        text=text[name.start : name.end],
        kind=known.kind(row),
        place=place_of(row, known, near=cue.is_near, part=part, written=text[name.start : name.end]),
        population=known.population(row),
        near=cue.is_near,
        inside=cue.is_inside,
        score=min(1.0, score / 1.5),
        attributive=cue.is_attributive,
        row=row,
    )


def _read_unknown(reading: Reading, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """Names that the gazetteer lacks: read in another spelling, or placed by what the text says holds them."""
    taken = [(m.start, m.end) for m in mentions]
    found = []
    for match in _UNKNOWN.finditer(reading.text):
        start, end = match.span("n")
        if any(start < right and left < end for left, right in taken) or _is_plain(match["n"]):
            continue
        if _INITIAL.match(reading.text, end) or fold_name(match["n"]).split()[0] in words("given"):
            continue  # "at the John P. Doe courthouse"
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
        or " ".join(parts) in by_demonym()  # "in the Somali city of"
        or all(part in words("ordinary") or part in words("title") for part in parts)
        or len(phrase) < 3
    )


def _holder(text: str, end: int, mentions: list[PlaceMention]) -> PlaceMention | None:
    following = sorted((m for m in mentions if m.start >= end), key=lambda m: m.start)
    if not following:
        return None
    listed = _LISTED.match(text, end, following[0].start)
    end = listed.end() if listed else end
    nearest = following[0]
    if nearest.kind is PlaceKind.COUNTRY and len(following) > 1 and _links(text[end : nearest.start]):
        gap = text[nearest.end : following[1].start]
        return following[1] if _POSSESSIVE.fullmatch(gap) else nearest  # "Widho in Kenya's Lamu County"
    return nearest if _links(text[end : nearest.start]) else None


def _loose(reading: Reading, start: int, end: int, holder: PlaceMention | None) -> PlaceMention | None:
    """A place whose name is spelt differently: searched in the holder's country or in the article's."""
    known, key = reading.known, fold_name(reading.text[start:end])
    if any(part in words("ordinary") for part in key.split()):
        return None
    if len(skeleton(key)) < (_SHORTEST_SKELETON if holder is not None else _SHORTEST_UNHELD):
        return None
    for country in _likely_countries(reading, holder):
        fitting = [row for row in known.loose_rows(country, key) if _lies_in(row, holder, known)]
        units = {known.chain(row)[-2] for row in fitting if len(known.chain(row)) > 1}
        if fitting and (len(units) == 1 or holder is not None):
            row = max(fitting, key=known.population)
            place = place_of(row, known, near=False, part=False, written=reading.text[start:end])
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
    if holder is not None and holder.place.country_code is not None:
        likely = [holder.place.country_code]
    else:
        likely = [code for code, weight in reading.context.countries.items() if weight >= _LOOSE_COUNTRY]
    return [reading.known.country_rows()[code] for code in likely if code in _MANY_SPELLINGS]


def _lies_in(row: int, holder: PlaceMention | None, known: Gazetteer) -> bool:
    if holder is None or holder.place.admin1 is None:
        return True
    if holder.place.admin1 not in [known.label(unit) for unit in known.chain(row)]:
        return False
    here, there = known.position(row), holder.place
    if holder.kind is PlaceKind.ADMIN1 or here is None or there.latitude is None or there.longitude is None:
        return True
    return kilometres(here, (there.latitude, there.longitude)) <= _HELD_WITHIN_KILOMETRES


def _placed(text: str, start: int, end: int, holder: PlaceMention | None) -> PlaceMention | None:
    """A place under its own name, at the position of what holds it."""
    if holder is None or holder.kind is PlaceKind.COUNTRY:
        return None
    place = unknown_place(text[start:end], holder.place, holder.kind)
    return PlaceMention(start, end, text[start:end], PlaceKind.TOWN, place, 0, False, True, 0.45)
