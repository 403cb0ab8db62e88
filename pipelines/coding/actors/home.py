"""Which short names of groups an article cannot mean: "ANA" is an army of Afghanistan, but in news from Johannesburg an agency.

Capitals are shared by many; a group's are believed where the article speaks of a country that the group is at home in, or
names the group in full.
"""

import re
from collections import Counter
from functools import cache

from pipelines.coding.actors.mention import ActorMention
from pipelines.coding.matcher import Matcher
from schemas.countries import by_demonym, by_name, countries

# Three letters are shared most; from six on a row of capitals is hardly anything else.
_SHORT = re.compile(r"[A-Z]{2,5}")
# Names of other countries that make an article one of elsewhere: a single one is often that of a neighbour or a donor.
_ELSEWHERE = 2
# An article of this length (characters) about a country's war names the country.
_LONG = 1500
# Shorter names ("us", "chad") are words or people too.
_SHORTEST = 4


def strangers(named: list[ActorMention], lowered: str) -> frozenset[str]:
    """The acronyms among `named`, in small letters, that are at home in no country of the article. `lowered`: its text."""
    short = [m for m in named if _SHORT.fullmatch(m.text)]
    if not short:
        return frozenset()
    told = {group for m in named if not _SHORT.fullmatch(m.text) for group in m.groups}
    seen = Counter(name for hit in _country_words().find(lowered) for name in hit.entry)
    return frozenset(
        m.noun for m in short if told.isdisjoint(m.groups) and _is_strange(m, seen, len(lowered))
    )


def _is_strange(mention: ActorMention, seen: Counter[str], length: int) -> bool:
    homes = {country for group in mention.groups for country in group.countries}
    if not homes or any(seen[home] for home in homes):
        return False
    return length > _LONG or seen.total() >= _ELSEWHERE


@cache
def _country_words() -> Matcher[set[str]]:
    table: dict[str, set[str]] = {}
    for word, country in (*by_name().items(), *by_demonym().items()):
        table.setdefault(word, set()).add(country.name)
    for country in countries():
        table.setdefault(country.capital.lower(), set()).add(country.name)
    return Matcher((word, names) for word, names in table.items() if len(word) >= _SHORTEST)
