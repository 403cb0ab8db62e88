"""Finds actors in a sentence: groups of the lexicon, and words for sorts of people with their country beside them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipelines.coding.actors.beside import settle
from pipelines.coding.actors.groups import Name, load_names
from pipelines.coding.actors.mention import ActorMention, Use
from pipelines.coding.actors.unlisted import NO_FOLK, find_unlisted
from pipelines.coding.lexicon import noun_forms, read_rows, split_words
from pipelines.coding.matcher import Hit, Matcher
from schemas.countries import Country, by_demonym, find_country

_LEFT = re.compile(r"((?:[\w'’.\-]+\s+){1,4})$")
_RIGHT_COUNTRY = re.compile(r"\s+(?:of|from|in)\s+(?:the\s+)?([A-Z][\w'’.\-]+(?:\s+[A-Z][\w'’.\-]+){0,3})")
# Words right before a noun: what nobody knows, and what belongs to the state.
_UNKNOWN = re.compile(r"\b(?:un(?:identified|known|named)|masked|hooded)\s+(?:\w+\s+)?$", re.IGNORECASE)
_OF_STATE = re.compile(
    r"\b(?:government(?:al)?|regime|military|army|troops|soldiers)(?:['’]s?)?\s+(?:(?:military|army|armed|fortified|own)\s+)?$",
    re.IGNORECASE,
)
_WORD_REACH = 40
# Characters on each side of a name that show whether it stands among capitals, as in a headline.
_AROUND = 12
_POSSESSIVE = re.compile(r"['’]s?$")
_STOPS = frozenset(
    "and or with by of in on from to against at as but while who which that the a an for after between among over into near said".split()
)
_PLURAL_NOUNS = frozenset(
    "people police troops forces military army personnel staff mob crowd gang cartel".split()
)


class ActorFinder:
    """Holds the automata over the lexicons. Made once, then only read."""

    def __init__(self) -> None:
        self._people: Matcher[tuple[Use, str, bool]] = Matcher(_people_forms())
        self._groups = load_names()

    def find(
        self, text: str, lowered: str, capitals: bool = False, strange: frozenset[str] = frozenset()
    ) -> list[ActorMention]:
        """Actors of a sentence from left to right, none inside another. `capitals`: the text has no small letters;
        `strange`: names that mean no group in this article."""
        named = [m for m in self.find_groups(text, lowered, capitals) if m.noun not in strange]
        if not capitals:
            named += find_unlisted(text, [(m.start, m.end) for m in named])
            named.sort(key=lambda m: m.start)
        sorts = [_sort(hit, text) for hit in self._people.find(lowered)]
        owned = [m for m in map(_owned, _merge(named, sorts, text)) if m is not None]
        return settle(owned, text)

    def find_groups(self, text: str, lowered: str, capitals: bool = False) -> list[ActorMention]:
        """Only the groups of the lexicon, without the nouns beside them."""
        return [m for hit in self._groups.find(lowered) if (m := _named(hit, text, capitals))]


def _people_forms() -> Iterator[tuple[str, tuple[Use, str, bool]]]:
    for row in read_rows("english/people.tsv"):
        for noun in split_words(row["words"]):
            for form in noun_forms(noun):
                yield form, (Use(row["use"]), noun, form != noun or noun in _PLURAL_NOUNS)


def _named(hit: Hit[Name], text: str, capitals: bool) -> ActorMention | None:
    words = text[hit.start : hit.end]
    around = text[max(0, hit.start - _AROUND) : hit.start] + text[hit.end : hit.end + _AROUND]
    if not hit.entry.fits(words, capitals or around.isupper()):
        return None
    return ActorMention(hit.start, hit.end, words, Use.NAMED, words.lower(), True, hit.entry.groups)


def _owned(mention: ActorMention) -> ActorMention | None:
    """ "Ukrainian positions" are Ukraine's forces, "governmental positions" the government's; positions of nobody are no
    actor."""
    if mention.use is Use.MEANS:
        adjective = mention.text.split()[0].lower()
        told = adjective in by_demonym() or adjective in ("us", "u.s.", "american")
        return replace(mention, use=Use.MILITARY) if mention.country and told else None
    if mention.use is not Use.SITE:
        return mention
    owned = mention.country and mention.start < mention.end - len(mention.noun) - 1
    return replace(mention, use=Use.MILITARY) if owned or mention.of_state else None


def _sort(hit: Hit[tuple[Use, str, bool]], text: str) -> ActorMention:
    use, noun, plural = hit.entry
    start, country, people = _left_of(text, hit.start)
    if country is None and (right := _RIGHT_COUNTRY.match(text, hit.end)):
        country = _country_of(right.group(1))
    before = text[max(0, hit.start - _WORD_REACH) : hit.start]
    return ActorMention(
        start, hit.end, text[start : hit.end], use, noun, plural, (), country, people,
        _UNKNOWN.search(before) is not None, use is Use.SITE and _OF_STATE.search(before) is not None,
    )  # fmt: skip


def _left_of(text: str, at: int) -> tuple[int, Country | None, str | None]:
    """Where the noun phrase begins (its demonym or country before the noun), the country, and a capitalised word."""
    left = _LEFT.search(text, max(0, at - 60), at)
    if left is None:
        return at, None, None
    words = [(m.start() + left.start(), m.group()) for m in re.finditer(r"\S+", left.group(1))]
    people = None
    for n in range(len(words) - 1, -1, -1):
        start, word = words[n]
        bare = _POSSESSIVE.sub("", word.strip(",.;:\"'()"))
        pair = f"{words[n - 1][1]} {bare}" if n and words[n - 1][1][0].isalnum() else bare
        for begin, name in ((words[n - 1][0] if n else start, pair), (start, bare)):
            country = _country_of(name)
            if country is not None:
                return begin, country, people
        if word[-1] in ",.;:()" or word.lower() in _STOPS:
            break
        if n == len(words) - 1 and bare == word and _is_folk(word):
            people = bare
    return at, None, people


def _is_folk(word: str) -> bool:
    return word[:1].isupper() and len(word) > 2 and word.lower() not in NO_FOLK


# In a text all in capitals "AND" is no Andorra: of short words only these name a country.
_SHORT_NAMES = frozenset(
    "us u.s uk u.k uae usa drc iran iraq mali chad cuba oman peru fiji togo laos guam ussr prc niue".split()
)


def _country_of(name: str) -> Country | None:
    first = name.split("-", maxsplit=1)[0] if name[:1].isupper() and "-" in name else name
    words = first.split()
    for end in range(len(words), 0, -1):
        part = " ".join(words[:end])
        if len(part) <= 4 and part.lower().strip(".") not in _SHORT_NAMES and not part.istitle():
            continue  # "BY THE ARMY" is not Belarus's
        found = find_country(part)
        if found is not None:
            return found
    return by_demonym().get(name.lower()) if name.islower() else None


# What may follow a group's noun and is still the group: "Taliban forces patrol", "Taliban fighters' positions".
_FORCES = frozenset((Use.ARMED, Use.MILITARY, Use.POLICE, Use.SITE))


def _merge(named: list[ActorMention], sorts: list[ActorMention], text: str) -> list[ActorMention]:
    """A group's name and the noun beside it are one mention ("Taliban fighters"); what lies inside another goes."""
    kept, used = [], set()
    for name in named:
        end = name.end
        for n, sort in enumerate(sorts):
            gap = text[name.end : sort.end]
            if (
                sort.start <= name.end <= sort.end
                and len(gap) < 30
                and "," not in gap
                and sort.use is not Use.GOVERNMENT
            ):
                end = max(end, sort.end)
                used.add(n)
            elif sort.start < name.end and name.start < sort.end:
                used.add(n)
            elif sort.use in (Use.ARMED, Use.COMMUNAL) and text[sort.end : name.start] == " ":
                used.add(n)  # "the paramilitary Rapid Support Forces"
            elif text[name.end : sort.start] == " " or (
                sort.use in _FORCES and text[end : sort.start] == " "
            ):
                end = max(end, sort.end)
                used.add(n)  # "an Arakan Army forces patrol"
        kept.append(
            ActorMention(name.start, end, text[name.start : end], name.use, name.noun, True, name.groups)
        )
    kept += [s for n, s in enumerate(sorts) if n not in used]
    return sorted(kept, key=lambda m: m.start)
