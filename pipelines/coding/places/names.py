"""Names in a text that the gazetteer knows: words cut into tokens, the longest known name at each place taken."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipelines.coding.places.gazetteer import Gazetteer
from pipelines.coding.places.words import us_states, words
from schemas.countries import by_demonym, fold_name

_TOKEN = re.compile(r"[^\W\d_]+(?:['’ʼ`.][^\W\d_]+)*")
_JOINER = re.compile(r"[ \n]{1,4}|-|–|\.[ \n]")
_SAINT = frozenset({"st", "ste", "mt", "ft", "pt", "sta", "sto"})
_STATE_AFTER = re.compile(r",\s+(?P<s>[A-Z][A-Za-z]{1,4}|[A-Z]\.[A-Z][a-z]?)(?P<dot>\.)?(?=[\s,.;:)(-]|$)")
# The longest names have so many words ("Kohgiluyeh and Boyer-Ahmad" five, "Saint Vincent and the Grenadines" five).
_LONGEST = 6
# A headline of fewer words in capitals may be all names; above this share of capitals a text has no case.
_FEW_WORDS, _SHOUTING = 4, 0.7


class Token(NamedTuple):
    """A word: where it stands, and its folded form (possessive endings left out of both). A tuple, since articles have
    hundreds of them."""

    start: int
    end: int
    folded: str
    is_capital: bool
    is_upper: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A known name in a text. `first` and `last` are its tokens' numbers; `rows` all its homonyms."""

    start: int
    end: int
    first: int
    last: int
    key: str
    rows: tuple[int, ...]


# A sentence, the title and the lead are each read several times while their article is coded.
@lru_cache(maxsize=64)
def tokenize(text: str) -> list[Token]:
    """The words of a text; hyphens part words, "'s" is left out."""
    return [_token(match) for match in _TOKEN.finditer(text)]


def _token(match: re.Match[str]) -> Token:
    word, (start, end) = match.group(), match.span()
    folded = word.lower()
    if not (word.isascii() and word.isalpha()):
        if word[-2:] in ("'s", "’s", "'S", "’S"):
            word, end = word[:-2], end - 2
        folded = fold_name(word)
    capital = word[0].isupper()
    # Past the constructor of a named tuple, which takes as long as all the rest: half of all words come here twice.
    return tuple.__new__(Token, (start, end, folded, capital, capital and word.isupper()))


def find_names(
    text: str, tokens: list[Token], gazetteer: Gazetteer, *, lower_case: bool = False
) -> list[Name]:
    """The known names of a text, in order, never overlapping; the longest wins. Names of ordinary words are kept only where
    more than one word makes them. With `lower_case` (texts without capitals) small letters begin names too."""
    found, position = [], 0
    function = words("function") | (words("acronym") if _shouts(tokens) else frozenset())
    while position < len(tokens):
        token = tokens[position]
        name = None
        if (token.is_capital or lower_case) and len(token.folded) > 1:
            if token.folded not in function:
                name = _longest_at(text, tokens, position, gazetteer)
            elif token.folded in _NUMBERS:
                name = _several(_longest_at(text, tokens, position, gazetteer))
        if name is None:
            position += 1
        else:
            found.append(name)
            position = name.last + 1
    return found


# "Three Rivers", "Two Harbors" are towns; "three" alone is none.
_NUMBERS = frozenset("one two three four five six seven eight nine ten".split())


def _several(name: Name | None) -> Name | None:
    return name if name is not None and name.last > name.first else None


def _shouts(tokens: list[Token]) -> bool:
    """Whether all is in capitals, so that "A CAR BOMB" tells nothing of the Central African Republic."""
    upper = sum(token.is_upper and len(token.folded) > 1 for token in tokens)
    return len(tokens) >= _FEW_WORDS and upper >= _SHOUTING * len(tokens)


def _longest_at(text: str, tokens: list[Token], position: int, gazetteer: Gazetteer) -> Name | None:
    last = position
    while (
        last + 1 < len(tokens)
        and last - position + 1 < _LONGEST
        and _joined(text, tokens[last], tokens[last + 1])
    ):
        last += 1
    phrase = " ".join(token.folded for token in tokens[position : last + 1]) + " "
    known = gazetteer.longest(phrase)
    for key in reversed(known or _in_full(phrase, gazetteer)):
        end = position + key.count(" ")
        if not known and text[tokens[end].end : tokens[end].end + 2] in ("'s", "’s"):
            continue  # "St. Luke's" is a hospital or a school
        if _is_no_name(key, text[tokens[position].start : tokens[end].end]):
            continue
        if not tokens[end].is_capital and tokens[position].is_capital:
            continue
        return Name(tokens[position].start, tokens[end].end, position, end, key, tuple(gazetteer.rows(key)))
    return None


_SHORT = re.compile(r"\b(?:mt|ft|st) (?=[a-z])")
_FULL = {"mt ": "mount ", "ft ": "fort ", "st ": "saint "}


def _in_full(phrase: str, gazetteer: Gazetteer) -> list[str]:
    """Names of more than one word that a phrase begins with once its short words are written in full ("Mt. Oliver")."""
    full = _SHORT.sub(lambda match: _FULL[match.group()], phrase)
    return [name for name in gazetteer.longest(full) if " " in name] if full != phrase else []


def _is_no_name(key: str, written: str) -> bool:
    """Ordinary words, words for a people, and the letters of an acronym that are written as a word ("Car" is no CAR)."""
    if " " in key:
        return key.replace(" ", "_") in words("phrase")
    return (
        key in words("ordinary") or key in by_demonym() or (key in words("acronym") and not written.isupper())
    )


def _joined(text: str, left: Token, right: Token) -> bool:
    gap = text[left.end : right.start]
    if gap == " ":  # nearly always
        return True
    return _JOINER.fullmatch(gap) is not None and (not gap.startswith(".") or left.folded in _SAINT)


def state_after(text: str, end: int) -> tuple[str, int] | None:
    """The state of the United States whose abbreviation follows a town ("Newport News, Va."): its name, and where it ends."""
    match = _STATE_AFTER.match(text, end)
    if match is None:
        return None
    name = us_states().get(match["s"])
    if name is None or (not match["s"].isupper() and not match["dot"] and len(match["s"]) < 4):
        return None
    return name, match.end()
