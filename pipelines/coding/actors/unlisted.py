"""Armed groups that no lexicon holds, by what they are called: "the Ye Ogre Group shot", "CDF-Kanpetlet", "Babika communal militiamen".

ACLED codes them under the name that the report gives, local militias with their country in brackets. Knows words for
armed bodies, and no group by name. Reads capitals, so nothing is found in a text that has no small letters.
"""

import re
from collections.abc import Iterator, Sequence

from pipelines.coding.actors.mention import ActorMention, Group, Use
from schemas.actors import ActorType
from schemas.countries import by_demonym, by_name, fold_name

# Stands in a group's name for the country of the event.
HERE = "{country}"

_NAME = r"(?:[A-Z][\w'’.\-]*|[A-Z]+)"
_WORDS = rf"{_NAME}(?:\s+(?:(?:of|for|de|del|al)\s+(?:the\s+)?)?{_NAME}){{0,4}}"
_REBELS = r"(?:Liberation|Revolutionary|Resistance|Rebel)\s+(?:Front|Army|Force|Forces|Movement)|Guerrillas?|Operations?\s+Room"
_LOCAL = (
    r"Brigades?|Battalion|Militias?|Cartel|Gang|(?:People['’]s\s+)?Defen[cs]e\s+(?:Forces?|Team|Army)|L?PDFs?|Warriors?\s+Forces?|"
    r"Guerrilla\s+(?:Force|Army)|Liberation\s+Team|Commandos?|Task\s+Force\s+Militia|Column"
)
_BODY = re.compile(rf"(?P<name>{_WORDS}\s+(?:(?P<rebels>{_REBELS})|(?P<local>{_LOCAL})))\b(?!\s+(?:{_NAME}))")
# A group, a front or a movement may be anything; one that shoots or attacks is armed.
_ACTS = (
    r"(?:(?:fighters|members|militants|gunmen|forces|rebels|men)\s+)?(?:(?:has|have|had|reportedly|allegedly|also|then)\s+)*"
    r"(?:shot|attacked|killed|ambushed|bombed|raided|abducted|kidnapped|clashed|executed|assassinated|shelled|detonated|opened\s+fire|"
    r"exchanged\s+fire|stormed|torched|claimed\s+responsibility)"
)
_ACTING = re.compile(
    rf"(?P<name>{_WORDS}\s+(?:Group|Front|Movement|Army|Forces?|Division|Union|Unit))\s+(?=\(?{_ACTS}\b)"
)
_PDF = re.compile(
    r"\b(?P<name>(?:CDF|PDF|LPDF|KDF|KNDF|LDF|BGF)[-–][A-Z][a-z]\w+(?:\s+B-?\d)?|[A-Z][\w\-]+(?:\s+[A-Z][\w\-]+)?\s+L?PDF)\b"
)
_FOLK = re.compile(
    rf"(?P<folk>{_NAME}(?:\s+{_NAME})?)\s+(?P<sort>communal|tribal|clan|ethnic)\s+(?:militias?|militiam[ae]n|fighters?|gunm[ae]n|youths?|warriors?)\b"
)
_PEOPLES = re.compile(
    rf"\bbetween\s+(?:the\s+)?(?P<one>{_NAME})\s+and\s+(?:the\s+)?(?P<two>{_NAME})\s+"
    r"(?P<sort>villagers|villages|communities|tribes|tribesmen|clans|sub-clans|herders|pastoralists|residents)\b"
)
# "A group calling itself X", "a militia named X"; "members of the Los X gang".
_CALLED = re.compile(
    r"\b(?P<sort>(?:armed|militant|rebel|terror(?:ist)?|insurgent|separatist|guerrilla|extremist|jihadist|paramilitary|shadowy|little-known|vigilante)\s+"
    r"(?:group|organi[sz]ation|faction|movement)|group(?=\s+(?:that\s+|which\s+)?call(?:s|ing|ed\s+(?:itself|themselves))\b)|militia|gang|outfit|cell|brigade|squad|militants|guerrillas|rebels|cartel)"
    r"\s+(?:that\s+|which\s+)?(?:calling\s+(?:itself|themselves)|call(?:s|ed)?\s+(?:itself|themselves)|called|named|known\s+as)"
    r"\s+(?:the\s+)?['\"“‘]?(?P<name>"
    + _WORDS
    + r")"
)  # fmt: skip
_GANG = re.compile(rf"\b(?P<name>{_NAME}(?:\s+{_NAME}){{0,2}})\s+(?P<gang>gang|cartel|cult)\b")
# An acronym before fighters, or before a deed of arms, is a group's.
_INITIALS = re.compile(
    r"\b(?P<name>[A-Z][A-Z/\-]{2,8})\s+(?:(?P<rebels>rebels?|insurgents?|guerrillas?|separatists?)|militants?|fighters?|militiam[ae]n|gunm[ae]n|cadres?)\b"
    rf"|\bthe\s+(?P<actor>[A-Z]{{3,6}})\s+(?={_ACTS}\b)"
)
# In a text with small letters, beside words in small letters, it is no verb.
_IS = re.compile(
    r"(?<![A-Z]\s)\bIS(?=[\s-](?:[a-z]|Sahel))(?![\s-](?:it|he|she|a|an|the|not|going|this|that|there|to)\b)"
)
# Acronyms of states, of the press and of what fights for nobody.
_NO_GROUP = frozenset(
    "US USA UK UN EU AU NATO ECOWAS FBI CIA DEA AFP BBC CNN RAF OSCE IDF NGO NGOS IED VIP COVID ISIS".split()
)

# An army, a police force or an office of a state, and what is no armed body at all.
_NOT_LOCAL = frozenset(
    "armed air special police security military task royal national federal state naval navy marine border ground working media "
    "monitoring crisis contact rights trade labor labour workers teachers european african united nations international advocacy "
    "infantry armored armoured artillery mountain mechanized mechanised motorized motorised rifle tank parachute presidential first second "
    "support study research christian democratic party conservation fire salvation parliamentary".split()
)
# Words at the head of a sentence that are no people's name: "Unknown tribesmen", "Armed herders".
NO_FOLK = frozenset(
    "the a an pro unknown unidentified armed suspected presumed alleged local several some many rival two three four five six dozens "
    "hundreds other more heavily masked hooded government opposition rebel joint combined former mounted".split()
)
# What stands before a name at the head of a sentence: "The", "Fighters of the".
_BEFORE = re.compile(
    r"(?:(?:Fighters|Members|Militants|Soldiers|Gunmen|Rebels|Commanders?|Leaders?|Men|Elements)\s+(?:of|from)\s+(?:the\s+)?|"
    r"(?:The|A|An|On|In|At|When|After|As|By)\s+)+"
)


def find_unlisted(text: str, taken: Sequence[tuple[int, int]]) -> list[ActorMention]:
    """The unlisted armed groups of a sentence, from left to right, none across a span of `taken`."""
    found: list[ActorMention] = []
    spans = list(taken)
    for mention in _all(text):
        if not any(mention.start < end and start < mention.end for start, end in spans):
            found.append(mention)
            spans.append((mention.start, mention.end))
    return sorted(found, key=lambda mention: mention.start)


# Each pattern is only tried where its own word stands: together they took a twentieth of the coder's time.
_FOLK_WORD = re.compile(r"\b(?:communal|tribal|clan|ethnic)\b")
_BODY_WORD = re.compile(rf"\b(?:{_REBELS}|{_LOCAL})\b")
_ACTING_WORD = re.compile(rf"\b(?:Group|Front|Movement|Army|Forces?|Division|Union|Unit)\s+\(?{_ACTS}\b")


def _all(text: str) -> Iterator[ActorMention]:
    if " between " in text:
        for match in _PEOPLES.finditer(text):
            for side in ("one", "two"):
                yield _folk(match, side, match["sort"])
    if _FOLK_WORD.search(text):
        for match in _FOLK.finditer(text):
            if match["folk"].lower() not in NO_FOLK:
                yield _folk(match, "folk", match["sort"], whole=True)
    if "DF" in text or "BGF" in text:
        for match in _PDF.finditer(text):
            yield _mention(match, ActorType.POLITICAL_MILITIA)
    yield from _by_name(text)
    for word, pattern in ((_BODY_WORD, _BODY), (_ACTING_WORD, _ACTING)):
        for match in pattern.finditer(text) if word.search(text) else ():
            if not _is_state(match["name"]):
                rebels = match.groupdict().get("rebels")
                yield _mention(match, ActorType.REBEL_GROUP if rebels else ActorType.POLITICAL_MILITIA)


def _by_name(text: str) -> Iterator[ActorMention]:
    """Groups whose name alone would tell nothing: what they are called, and their initials."""
    for match in _CALLED.finditer(text):
        rebels = match["sort"].startswith(("rebel", "guerrilla", "insurgent", "separatist"))
        yield _mention(match, ActorType.REBEL_GROUP if rebels else ActorType.POLITICAL_MILITIA)
    for match in _GANG.finditer(text):
        first_word = match.start() == 0 and " " not in match["name"]  # "Kidnapping gang held"
        if (
            not first_word
            and not _is_state(f"{match['name']} gang")
            and match["name"].split()[0].lower() not in NO_FOLK
        ):
            group = Group(
                f"{match['name']} {match['gang'].title()}", (), ActorType.POLITICAL_MILITIA, None, None
            )
            yield _of(match.group(), match.start(), match.end(), group)
    for match in _INITIALS.finditer(text):
        part = "name" if match["name"] else "actor"
        if match[part] not in _NO_GROUP and not match[part].startswith(("US-", "UN-", "EU-")):
            kind = ActorType.REBEL_GROUP if match["rebels"] else ActorType.POLITICAL_MILITIA
            yield _of(
                match[part], match.start(part), match.end(part), Group(match[part], (), kind, None, None)
            )
    for match in _IS.finditer(text):
        group = Group("Islamic State", (), ActorType.REBEL_GROUP, None, None)
        yield _of(match.group(), match.start(), match.end(), group)


def _mention(match: re.Match[str], kind: ActorType) -> ActorMention:
    name, start = match["name"], match.start("name")
    before = _BEFORE.match(name)
    if before is not None:
        name, start = name[before.end() :], start + before.end()
    name = name.rstrip("'’.,")
    return _of(name, start, start + len(name), Group(name, (), kind, None, None))


def _folk(match: re.Match[str], part: str, sort: str, *, whole: bool = False) -> ActorMention:
    """ "Babika Communal Militia (Country)", as ACLED names militias of a people or a village."""
    label = {
        "clan": "Clan",
        "sub-clans": "Clan",
        "clans": "Clan",
        "ethnic": "Ethnic",
        "tribal": "Tribal",
        "tribes": "Tribal",
    }
    name = f"{match[part]} {label.get(sort, 'Communal')} Militia ({HERE})"
    end = match.end() if whole else match.end(part)
    return _of(
        match.string[match.start(part) : end],
        match.start(part),
        end,
        Group(name, (), ActorType.IDENTITY_MILITIA, None, None),
    )


def _of(text: str, start: int, end: int, group: Group) -> ActorMention:
    return ActorMention(start, end, text, Use.NAMED, text.lower(), True, (group,))


def _is_state(name: str) -> bool:
    words = [fold_name(word) for word in name.split()]
    if len(words) < 2 or _NOT_LOCAL & set(words[:-1]) or " ".join(words[:2]) in by_name():
        return True
    return any(word in by_demonym() or word in by_name() for word in words[:-1])
