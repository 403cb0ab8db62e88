"""Who did it and who was hit where the parse gives neither: by the words before and after an actor in the event's sentences.

"A bomb planted by X", "an attack blamed on X", "X claimed responsibility", "fired at the positions of X", "targeting an X convoy".
"""

import re
from collections.abc import Sequence

from pipelines.coding.actors import ActorMention
from pipelines.coding.events.happening import Happening
from pipelines.coding.events.mention import Family, Frame

# Words that may stand between a preposition and the actor.
_BETWEEN = (
    r"(?:(?:the|a|an|some|several|many|suspected|alleged|presumed|unidentified|unknown|armed|local|rebel|joint|combined|forces|members|fighters|"
    r"militants|elements|soldiers|officers|group|groups|of|from|belonging|to|and|two|three|four|five|six|\d+|positions?|sites?|vehicles?|locations?|"
    r"likely|possibly|near|civilians|including)\s+){0,6}$"
)
_DOER = re.compile(
    r"(?P<verb>[\w\-]+)\s+by\s+" + _BETWEEN
    + r"|\b(?:blamed|pinned)\s+(?:the\s+\w+\s+|it\s+|them\s+)?on\s+" + _BETWEEN
    + r"|\b(?:blamed|accused|suspected)\s+" + _BETWEEN,
    re.IGNORECASE,
)  # fmt: skip
_CLAIMS = re.compile(
    r"[\w\s,'’\-]{0,40}?\b(?:(?:has|have|had|later|also|immediately)\s+)*(?:claimed|took|accepted|admitted)\s+(?:full\s+)?(?:responsibility|the\s+\w+)"
    r"|\s+said\s+(?:that\s+)?(?:it|they|its\s+\w+)\s+(?:had\s+|were\s+|was\s+)?(?:carried\s+out|behind|attacked|killed|ambushed|fired|targeted|shot)",
    re.IGNORECASE,
)
# Deeds that are done by someone; of an arrest, a report or an escort no event of violence is told.
_DEEDS = frozenset(
    "killed shot murdered executed assassinated massacred slain attacked ambushed targeted hit struck bombed shelled fired launched dropped planted placed "
    "laid detonated carried out perpetrated committed staged conducted mounted abducted kidnapped captured seized taken raped beaten tortured stabbed "
    "hacked burned torched set looted destroyed raided stormed thrown hurled wounded injured attack attacks strike strikes airstrike airstrikes shelling "
    "bombing bombings bombardment raid ambush killing killings murder massacre assault fire shooting kidnapping abduction assassination".split()
)
_PLANTED = re.compile(r"\b(?:planted|laid|placed|left|buried|emplaced)\s+by\s+" + _BETWEEN, re.IGNORECASE)
_HIT = re.compile(
    r"\b(?:targeting|targeted|against|at|towards?|on|hit|hitting|struck|striking|attacked|attacking|ambushed|shelled|bombed|destroyed|killing|wounding)\s+"
    + _BETWEEN,
    re.IGNORECASE,
)
_REACH = 90
_TOLD = (Family.VIOLENCE, Family.ABDUCTION)


def told_doers(h: Happening, known: Sequence[ActorMention]) -> list[ActorMention]:
    """Armed actors whom the words around them make the doers; none of `known`, whose part the parse tells."""
    return [a for f in _frames(h) for a in f.actors if a not in known and a.is_armed and _does(a, f)]


def planters(h: Happening, known: Sequence[ActorMention]) -> list[ActorMention]:
    """Who planted the bomb that others drove onto: none of `known`."""
    return [a for f in _frames(h) for a in f.actors if a not in known and _PLANTED.search(_before(a, f))]


def told_targets(h: Happening, known: Sequence[ActorMention]) -> list[ActorMention]:
    """Actors whom the words before them make the target; none of `known`."""
    return [
        a
        for f in _frames(h)
        for a in f.actors
        if a not in known and not a.is_crowd and _HIT.search(_before(a, f))
    ]


def _frames(h: Happening) -> list[Frame]:
    return [f for f in h.frames if f.family in _TOLD]


def _before(actor: ActorMention, frame: Frame) -> str:
    return frame.sentence.text[max(0, actor.start - _REACH) : actor.start]


def _does(actor: ActorMention, frame: Frame) -> bool:
    found = _DOER.search(_before(actor, frame))
    if found is not None and (found["verb"] is None or found["verb"].lower() in _DEEDS):
        return True
    return not actor.is_state and _CLAIMS.match(frame.sentence.text, actor.end) is not None


_AND = re.compile(
    r"(?:,|,?\s+and|\s+&|\s+along\s+with|\s+together\s+with)\s+(?:(?:the|some|several|allied|local|other)\s+)*$"
)


def with_partners(
    h: Happening, told: Sequence[ActorMention], known: Sequence[ActorMention]
) -> list[ActorMention]:
    """The armed actors of `told`, each after those that stand before it as "X and Y" and are not of `known`: the parse
    often keeps only one of them."""
    found: list[ActorMention] = []
    for actor in told:
        frame = next((f for f in _frames(h) if actor in f.actors), None)
        found += _partners(actor, frame, known) if frame is not None and actor.is_armed else []
        found.append(actor)
    return list(dict.fromkeys(found))


def _partners(actor: ActorMention, frame: Frame, known: Sequence[ActorMention]) -> list[ActorMention]:
    partners: list[ActorMention] = []
    for other in sorted(frame.actors, key=lambda a: -a.start):
        if other.end > actor.start:
            continue
        if (
            not other.is_armed
            or other in known
            or not _AND.fullmatch(frame.sentence.text, other.end, actor.start)
        ):
            break
        partners.insert(0, other)
        actor = other
    return partners


# "Killed in police firing", "wounded by army shelling": the deed is theirs.
_OWN_DEED = re.compile(
    r"['’]?s?\s+(?:firing|gunfire|fire|bullets?|shelling|shooting|airstrikes?|air\s+strikes?|strikes?|raids?|bombardment|bombing|custody|torture|action)\b"
)
_IN_IT = re.compile(
    r"\b(?:in|by|from|during|of|to|under)\s+(?:an?\s+|the\s+|alleged\s+|heavy\s+|indiscriminate\s+|apparent\s+)*$"
)


def owners_of_deeds(h: Happening, actors: Sequence[ActorMention]) -> list[ActorMention]:
    """Those of `actors`, whom the parse makes sufferers, whose own deed it was: "died in police firing"."""
    return [a for f in _frames(h) for a in f.actors if a in actors and a.is_armed and _owns_deed(a, f)]


def _owns_deed(actor: ActorMention, frame: Frame) -> bool:
    return bool(_OWN_DEED.match(frame.sentence.text, actor.end) and _IN_IT.search(_before(actor, frame)))


_SAID_BEFORE = re.compile(
    r"\b(?:according\s+to|told|citing|cited\s+by|quoting|quoted\s+by|reported\s+by|said|says|confirmed\s+by|announced\s+by)\s+(?:the\s+|an?\s+|local\s+|some\s+|several\s+)*$",
    re.IGNORECASE,
)
_SAID_AFTER = re.compile(
    r"(?:['’]s)?(?:\s+(?:officials?|sources?|spokes\w+|chief|commander|command|officers?|ministry|headquarters|statement|also|later|has|have|had|in|a)){0,4}"
    r"\s+(?:said|says?|saying|reports?|claims?|released\s+a\s+statement|issued\s+a\s+statement|reported|announced|confirmed|stated|told|added|alleged|alleges|claims|believes?|estimated|denied|suspects?|identified)\b"
    r"(?!,?(?:\s+that)?(?:\s+[\"“‘'][\w\s,]{0,40})?\s+(?:it|they|its|their|we)\b)"
)


def speakers(h: Happening, actors: Sequence[ActorMention]) -> list[ActorMention]:
    """Those of `actors` who only say it, and not of themselves: "seventeen rockets landed, according to the army"."""
    return [a for f in _frames(h) for a in f.actors if a in actors and _only_says(a, f)]


def _only_says(actor: ActorMention, frame: Frame) -> bool:
    return bool(
        _SAID_BEFORE.search(_before(actor, frame)) or _SAID_AFTER.match(frame.sentence.text, actor.end)
    )
