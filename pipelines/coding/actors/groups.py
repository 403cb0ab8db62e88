"""The lexicon of armed groups: which groups a name may mean, in all its spellings, and where capitals decide.

The facts lie in `lexicons/groups/`. Knows nothing of the words beside a name.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.coding.actors.mention import Group
from pipelines.coding.actors.units import unit_groups
from pipelines.coding.lexicon import read_folder, split_words
from pipelines.coding.matcher import Matcher
from schemas.actors import ActorType

# A short name with two capitals is read only as it is written or in capitals: "AA", "ETA" and "LeT" are words in small letters.
_ACRONYM = re.compile(r"^(?=.*[A-Z].*[A-Z0-9])[A-Z][A-Za-z0-9/\-]{0,5}$")
_ARTICLE = re.compile(r"\b(al|el)([ -])(?=\w)")
# British and American spellings: the news writes both.
_BOTH_WAYS = (
    ("defence", "defense"), ("organisation", "organization"), ("mobilisation", "mobilization"),
    ("stabilisation", "stabilization"), ("armoured", "armored"),
)  # fmt: skip


# Short names that are words: among capitals nothing tells one from the other ("THE WAR IS OVER").
_WORDS = frozenset("is let mend".split())
# What has another spelling; most names have nothing of it, and the lexicon is read at each start.
_VARIES = re.compile(r"[^\x00-\x7f]|'|\b[ae]l[ -]|defen[cs]e|i[sz]ation|armou?red", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """One name: the groups that go by it, and how the lexicon writes it."""

    groups: tuple[Group, ...]
    written: frozenset[str]
    is_acronym: bool
    is_common: bool
    is_word: bool

    def fits(self, words: str, capitals: bool) -> bool:
        """True if `words` of a text are this name and no common words. `capitals`: what stands around has no small
        letters."""
        if capitals:
            return not self.is_word
        if self.is_acronym:
            return words.isupper() or words in self.written
        return self.is_common or not words.islower()


def load_names() -> Matcher[Name]:
    """All names of the lexicon in all spellings."""
    groups: defaultdict[str, list[Group]] = defaultdict(list)
    written: defaultdict[str, set[str]] = defaultdict(set)
    for alias, group in _aliases():
        for spelling in spellings(alias):
            groups[spelling].append(group)
            written[spelling].add(alias)
    return Matcher((key, _name(groups[key], written[key])) for key in groups)


def _name(groups: list[Group], written: set[str]) -> Name:
    is_acronym = all(_ACRONYM.match(alias) for alias in written)
    is_common = any(alias.islower() for alias in written)
    is_word = is_acronym and any(alias.lower() in _WORDS for alias in written)
    return Name(tuple(dict.fromkeys(groups)), frozenset(written), is_acronym, is_common, is_word)


def _aliases() -> Iterator[tuple[str, Group]]:
    yield from unit_groups()
    for row in read_folder("groups"):
        countries = () if row["country"] == "*" else tuple(split_words(row["country"]))
        first, last = (int(row[key]) if row[key] else None for key in ("from", "to"))
        group = Group(row["name"], countries, ActorType(int(row["type"])), first, last)
        for alias in dict.fromkeys((row["name"], *split_words(row["aliases"]))):
            yield alias, group


def spellings(alias: str) -> set[str]:
    """A name in small letters and the ways that news agencies write it: without accents or apostrophes, with "al-" or
    "al ", in British and American English."""
    found = {alias.lower()}
    if _VARIES.search(alias) is None:
        return found
    found |= {_plain(word) for word in found}
    for british, american in _BOTH_WAYS:
        found |= {word.replace(british, american) for word in found}
        found |= {word.replace(american, british) for word in found}
    found |= {_ARTICLE.sub(rf"\1{sign}", word) for word in found for sign in "- "}
    return found | {word.replace("'", "") for word in found}


def _plain(word: str) -> str:
    if word.isascii():
        return word
    kept = unicodedata.normalize("NFKD", word.replace("ı", "i").replace("’", "'"))
    return "".join(c for c in kept if not unicodedata.combining(c))
