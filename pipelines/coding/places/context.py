"""What an article is about, before its sentences are read: the weight of each country, and the provinces it names.

Countries are told by their names, by the names of their people ("Iraqi forces"), by large towns and by provinces; the
title and the head of the text weigh most.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from pipelines.coding.places.gazetteer import Gazetteer, gazetteer
from pipelines.coding.places.local import state_rows, states_told, us_weight
from pipelines.coding.places.names import Token, find_names, state_after, tokenize
from pipelines.coding.places.people import people_of, streets_of
from pipelines.coding.places.place import PlaceContext, PlaceKind
from pipelines.coding.places.words import words
from schemas.countries import by_alpha2, by_demonym, by_name, fold_name

# How much of a text is looked at: news tells where it is at its head.
_HEAD = 2500
_LEAD = 350
_TITLE_WEIGHT, _DATELINE_WEIGHT, _LEAD_WEIGHT, _REST_WEIGHT, _SOURCE_WEIGHT = 3.0, 2.0, 2.0, 1.0, 0.7
# The people of a country act abroad too; its towns lie in it.
_DEMONYM_SHARE, _TOWN_SHARE, _UNIT_SHARE, _STATE_SHARE = 0.6, 0.7, 0.8, 1.5
# How much a large town speaks for the other towns of its province.
_TOWN_UNIT = 0.5
# Words of the longest phrase that tells of countries ("Islamic State of Iraq and the Levant").
_LONGEST = 7
# What a station, police force or telephone of a state says for the United States, and how many of them count.
_MEDIA_WEIGHT, _MOST_MEDIA = 1.5, 2
# News with so much of that is local, and its towns are American where one of that name is; of this share a street bears
# the names of towns elsewhere.
_SURELY_US, _MOSTLY_US = 1.6, 0.5
# A town of this size is told by its name alone, unless the context says otherwise.
_KNOWN_TOWN = 250_000
_LARGE_TOWN = 100_000
# Countries whose names are also names of people or of provinces elsewhere, and weigh less.
OFTEN_MEANT_OTHERWISE = frozenset(
    {"georgia", "jordan", "chad", "guinea", "jersey", "america", "congo", "niger", "dominica"}
)

Weights = defaultdict[str, float]
Units = defaultdict[int, float]


@dataclass(frozen=True, slots=True)
class _Tally:
    """What the names of an article add up to, and what they are read with."""

    known: Gazetteer
    people: frozenset[str]
    weights: Weights = field(default_factory=lambda: defaultdict(float))
    units: Units = field(default_factory=lambda: defaultdict(float))
    is_us: bool = False


def first_context(
    title: str, text: str, dateline: str, source: str, actors: Mapping[str, float]
) -> PlaceContext:
    """Weights of countries (summing up to 1) and provinces, from names alone; empty where nothing is named."""
    known, states = gazetteer(), states_told(title, text)
    local = us_weight(title, text) + _MEDIA_WEIGHT * min(states.total(), _MOST_MEDIA)
    tally = _Tally(known, people_of(title, text), is_us=local >= _SURELY_US)
    weights, units = tally.weights, tally.units
    _weigh(title, _TITLE_WEIGHT, tally)
    _weigh(dateline, _DATELINE_WEIGHT, replace(tally, people=frozenset()), is_place=True)
    _weigh(text[:_LEAD], _LEAD_WEIGHT, tally)
    _weigh(text[_LEAD:_HEAD], _REST_WEIGHT, tally)
    _weigh(source, _SOURCE_WEIGHT, replace(tally, units=defaultdict(float)))
    weights["US"] += local + (weights.pop("GE", 0.0) if local else 0.0)  # the state of Georgia
    for row, told in state_rows(states, known).items():
        units[row] += told
    for alpha2, weight in actors.items():
        weights[alpha2] += weight
    total = sum(weights.values())
    shares = {code: weight / total for code, weight in weights.items() if weight > 0 and code}
    streets = streets_of(text) if shares.get("US", 0.0) >= _MOSTLY_US else frozenset()
    return PlaceContext(shares, dict(units), people=tally.people | streets)


# Names of seas, groups and peoples that hold a country's name and tell of none.
_NO_COUNTRY = (
    "gulf of guinea,gulf of mexico,south china sea,east china sea,sea of japan,bay of bengal,indian ocean,persian gulf,english channel,"
    "irish sea,islamic state of iraq and syria,islamic state of iraq and the levant,islamic state in iraq and syria,latin american,"
    "latin americans,central american,south american,north american,african american,african americans,native american,native americans,"
    "asian american,american indian,west indian,english language"
).split(",")


@cache
def country_words() -> dict[str, tuple[str, float]]:
    """Folded names and demonyms of countries to (alpha-2, share): a name weighs 1, a demonym less."""
    table = {word: (c.alpha2, _DEMONYM_SHARE) for word, c in by_demonym().items() if len(word) > 3}
    table |= {word: (c.alpha2, 1.0) for word, c in by_name().items() if len(word) > 3}
    table |= {f"{word}s": entry for word, entry in table.items() if entry[1] == 1.0 and word.isalpha()}
    table |= {word: (table[word][0], 0.5) for word in OFTEN_MEANT_OTHERWISE if word in table}
    table |= dict.fromkeys(("niger state", "niger governor", "niger delta", "niger police"), ("NG", 1.0))
    table |= dict.fromkeys(_NO_COUNTRY, ("", 0.0))
    return table | {"uk": ("GB", 1.0), "usa": ("US", 1.0), "uae": ("AE", 1.0), "drc": ("CD", 1.0)}


def _weigh(text: str, weight: float, tally: _Tally, *, is_place: bool = False) -> None:
    """Adds what a piece of text names. `is_place`: it is the name of a place, so that no name in it is a person's."""
    tokens, known = tokenize(text), tally.known
    lower_case = not any(token.is_capital for token in tokens[1:40])
    taken = _weigh_countries(text, tokens, weight, tally.weights, lower_case=lower_case)
    for name in find_names(text, tokens, known, lower_case=lower_case):
        is_person = not is_place and (name.key in words("person") or name.key in tally.people)
        if not is_person and not taken & set(range(name.first, name.last + 1)):
            _weigh_name(name.rows, weight, tally)
        state = state_after(text, name.end)
        if state is not None:
            tally.weights["US"] += weight * _STATE_SHARE
            for row in known.rows(fold_name(state[0])):
                tally.units[row] += _is_us_state(known, row)


def _is_us_state(known: Gazetteer, row: int) -> bool:
    return known.kind(row) is PlaceKind.ADMIN1 and known.country(row).alpha2 == "US"


def _weigh_countries(
    text: str, tokens: list[Token], weight: float, weights: Weights, *, lower_case: bool
) -> set[int]:
    table, firsts, taken = country_words(), _first_words(), set()
    position = 0
    while position < len(tokens):
        token, step = tokens[position], 1
        if (token.is_capital or lower_case) and token.folded in firsts:
            entry, step = _country_at(tokens, position, table)
            if entry is not None:
                weights[entry[0]] += (
                    weight * entry[1]
                )  # "" gathers nothing: such a phrase tells of no country
                taken |= set(range(position, position + step))
        if position not in taken and token.is_upper and text[token.start : token.end] in ("US", "U.S"):
            weights["US"] += weight * 0.5
            taken.add(position)
        position += step
    return taken


def _country_at(
    tokens: list[Token], position: int, table: dict[str, tuple[str, float]]
) -> tuple[tuple[str, float] | None, int]:
    """The longest country's name (or demonym) that begins at a word, and how many words it has."""
    for size in range(min(_LONGEST, len(tokens) - position), 0, -1):
        phrase = " ".join(token.folded for token in tokens[position : position + size])
        if phrase in table:
            return table[phrase], size
    return None, 1


@cache
def _first_words() -> frozenset[str]:
    return frozenset(phrase.partition(" ")[0] for phrase in country_words())


def _weigh_name(rows: tuple[int, ...], weight: float, tally: _Tally) -> None:
    known, weights, units = tally.known, tally.weights, tally.units
    if tally.is_us:
        american = tuple(row for row in rows if known.country(row).alpha2 == "US")
        rows = american or rows
    provinces = [row for row in rows if known.kind(row) is PlaceKind.ADMIN1]
    largest = max(rows, key=known.population)
    if known.population(largest) >= _KNOWN_TOWN or len(provinces) == 1:
        chosen = largest if known.population(largest) >= _KNOWN_TOWN else provinces[0]
        share = _TOWN_SHARE if known.kind(chosen) is PlaceKind.TOWN else _UNIT_SHARE
        weights[known.country(chosen).alpha2] += weight * share
        for unit in known.chain(chosen)[1:]:
            if known.kind(unit) is PlaceKind.ADMIN1 and not _is_ambiguous(rows, known):
                units[unit] += _TOWN_UNIT
    for row in provinces:
        if not _is_ambiguous(rows, known):
            units[row] += 1


def _is_ambiguous(rows: tuple[int, ...], known: Gazetteer) -> bool:
    """Whether a name stands for large places of several countries (Tripoli): it must not speak for its own province."""
    large = (r for r in rows if known.kind(r) is PlaceKind.ADMIN1 or known.population(r) >= _LARGE_TOWN)
    return len({known.country(r).alpha2 for r in large}) > 1


def likeliest_country(context: PlaceContext) -> str | None:
    """The alpha-2 code of the country that an article is most likely about; None where it names none."""
    if not context.countries:
        return None
    code, weight = max(context.countries.items(), key=lambda item: item[1])
    return code if weight >= 0.3 and code in by_alpha2() else None
