"""What the words right beside a mention make of it: "former soldiers" are civilians, "army aspirants" no army, "(coded as X)" is X.

Source: ACLED codebook, "Actors": former members of a force and members off duty are civilians. Knows nothing of events.
"""

import re
from dataclasses import replace

from pipelines.coding.actors.mention import ActorMention, Group, Use
from pipelines.coding.actors.unlisted import HERE
from schemas.actors import ActorType

_BEFORE, _AFTER = 45, 110
_FORMER = re.compile(
    r"\b(?:former|retired|dismissed|demobili[sz]ed|off[- ]duty|ex)[- ](?:\w+\s+){0,2}(?:(?:of|in|from)\s+(?:the\s+)?(?:\w+\s+)?)?$",
    re.IGNORECASE,
)
# "Anti-army", "the attorney general", "in General Pico": no forces.
_NONE_BEFORE = re.compile(
    r"\b(?:anti|non)-$|\b(?:attorney|secretary|governor|director|consul|solicitor|auditor|surgeon)[- ]$",
    re.IGNORECASE,
)
_TOWN_BEFORE = re.compile(r"\b(?:in|at|near|of)\s+$")
_RANKS = frozenset(("general", "captain", "colonel", "lieutenant", "sergeant"))
_NONE_AFTER = re.compile(
    r"[- ](?:owned|coup|rule|aspirants?|recruitment|station\s+limits|limits|academy|schools?|hospitals?|housing|budget|spending|service\s+law|"
    r"elections?|secretary|strikes?\b(?!\s+(?:on|against))|assembly|public|manager|population)\b",
    re.IGNORECASE,
)
_CIVILIAN_AFTER = re.compile(
    r"\s+(?:informants?|informers?|contractors?|recruits)\b|['’]s?\s+(?:wife|wives|famil(?:y|ies)|son|daughter|relatives?|home|house)\b"
)
_PEOPLE_OF = re.compile(
    r"\b(?:(?:joint|combined|armed|allied|rival)\s+)*(?:forces?|members?|fighters?|militants?|rebels?|gunm[ae]n|elements|soldiers?|troops|guerrillas?|"
    r"cadres?|operatives?|loyalists?|militiam[ae]n|insurgents?|commandos?|combatants?|command)\s+"
    r"(?:of|from|belonging\s+to|loyal\s+to|allied\s+to|affiliated\s+(?:with|to)|linked\s+to)\s+(?:the\s+|an?\s+)?(?:armed\s+|rebel\s+)?$",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"['’\"”]?[\s,]*(?P<open>\()?(?P<how>(?:also\s+)?coded\s+as|(?:believed|presumed|assumed|understood|suspected|thought|alleged)(?:\s+to\s+be)?|"
    r"likely|probably|possibly)\s+(?P<what>[^().;]{2,70})",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:the\s+)?(?P<name>[A-Z][\w'’\-]*(?:\s+(?:of\s+)?[A-Z][\w'’\-]*){0,4})")
_REBELS = re.compile(r"\b(?:Rebels|Insurgents|Guerrillas)$")


def settle(mentions: list[ActorMention], text: str) -> list[ActorMention]:
    """The mentions as the words beside them have them: some are civilians, some none, some are what a note in brackets says."""
    whole = _with_their_people(mentions, text)
    kept = [m for mention in whole if (m := _weighed(mention, text)) is not None]
    return _noted(kept, text)


def _with_their_people(mentions: list[ActorMention], text: str) -> list[ActorMention]:
    """ "The joint forces of X", "four members of the X" are X: its mention begins with them."""
    found: list[ActorMention] = []
    for mention in mentions:
        people = (
            _PEOPLE_OF.search(text, max(0, mention.start - _AFTER), mention.start)
            if mention.is_armed
            else None
        )
        if people is None or (mention.use is not Use.NAMED and not (mention.is_state and mention.country)):
            found.append(mention)
            continue
        found = [m for m in found if m.end <= people.start()]
        start = people.start()
        found.append(replace(mention, start=start, text=text[start : mention.end]))
    return found


def _weighed(mention: ActorMention, text: str) -> ActorMention | None:
    if mention.use is Use.CIVILIAN or mention.is_crowd:
        return mention
    before = text[max(0, mention.start - _BEFORE) : mention.start]
    # "A former FARC fighter" is a civilian; "former FARC territory" is no person
    person = mention.use is not Use.NAMED or mention.text.lower() != mention.noun
    if person and _FORMER.search(before):
        noun = "person" if mention.use is Use.NAMED else mention.noun
        return replace(mention, use=Use.CIVILIAN, noun=noun, groups=())
    if mention.is_state and _is_nobody(mention, before, text):
        return None
    if mention.is_state and _CIVILIAN_AFTER.match(text, mention.end):
        return replace(mention, use=Use.CIVILIAN, noun="person", groups=())
    return mention


def _is_nobody(mention: ActorMention, before: str, text: str) -> bool:
    if mention.noun in _RANKS and _TOWN_BEFORE.search(before) and mention.text[:1].isupper():
        return True
    return bool(_NONE_BEFORE.search(before) or _NONE_AFTER.match(text, mention.end))


def _noted(mentions: list[ActorMention], text: str) -> list[ActorMention]:
    """ "Unidentified militants (coded as X)": the militants are X, and the note names nobody else."""
    if "(" not in text and " to be " not in text:
        return mentions
    found: list[ActorMention] = []
    skip_to = 0
    for mention in mentions:
        if mention.start < skip_to:
            continue
        note = _NOTE.match(text, mention.end) if mention.use is not Use.CIVILIAN else None
        told = (
            _told(note, mentions) if note is not None and (note["open"] or "to be" in note["how"]) else None
        )
        if told is None or note is None:
            found.append(mention)
        else:
            found.append(replace(told, start=mention.start, end=mention.end, text=mention.text))
            skip_to = note.end()
    return found


def _told(note: re.Match[str], mentions: list[ActorMention]) -> ActorMention | None:
    """Who stands in the note: a mention, or a name that only the note gives."""
    inside = next((m for m in mentions if note.start("what") <= m.start < note.end("what")), None)
    name = _NAME.match(note["what"]) if "coded" in note["how"].lower() else None
    if inside is not None and (inside.use is Use.NAMED or inside.is_state or name is None):
        return inside if inside.is_armed else None
    if name is None:
        return None
    rebels = _REBELS.search(name["name"])
    group = Group(
        f"{name['name']} ({HERE})" if rebels else name["name"], (),
        ActorType.REBEL_GROUP if rebels else ActorType.POLITICAL_MILITIA, None, None,
    )  # fmt: skip
    return ActorMention(
        note.start(), note.end(), name["name"], Use.NAMED, name["name"].lower(), True, (group,)
    )
