"""Which happening a word of many meanings tells of: by its part of speech, its object and its subject."""

from collections.abc import Callable
from functools import cache
from typing import Any

from pipelines.coding.actors import ActorMention, Use
from pipelines.coding.gate import Kind, Reading, Readings
from pipelines.coding.grammar import is_verb
from pipelines.coding.lexicon import read_rows, split_words

Token = Any
Actors = tuple[ActorMention, ...]


@cache
def object_uses() -> dict[str, frozenset[str]]:
    """Word to the uses it is listed under in `objects.tsv`."""
    table: dict[str, set[str]] = {}
    for row in read_rows("english/objects.tsv"):
        for word in split_words(row["words"]):
            table.setdefault(word, set()).add(row["use"])
    return {word: frozenset(uses) for word, uses in table.items()}


def fitting(readings: Readings, token: Token) -> list[Reading]:
    """The readings that agree with the parser's part of speech; a participle before a noun is still its verb."""
    verb = is_verb(token)
    fits = [r for r in readings if r.pos == "p" or (r.pos == "v") == verb]
    fits.sort(key=lambda r: r.pos != "p")  # "exchanged fire" is a clash before it is a shot
    if not fits and token.tag_ in ("JJ", "NN", "NNS", "NNP", "NNPS", "VBG", "VBN"):
        fits = [r for r in readings if r.strong]
    return fits


def choose(
    readings: list[Reading], agents: Actors, patients: Actors, objects: frozenset[str]
) -> Reading | None:
    """The reading whose demands on subject and object are met; None if none is."""
    for reading in readings:
        test = _TESTS.get((reading.kind, reading.pos))
        test = _LEMMA_TESTS.get(reading.lemma, test)
        if reading.strong or test is None or test(agents, patients, objects):
            return reading
    return None


def _surrenders(agents: Actors) -> bool:
    """Fighters lay down their arms; a suspect who gives himself up is no agreement."""
    return any(a.use is Use.NAMED or (a.use is Use.ARMED and a.plural) for a in agents)


def _people(patients: Actors) -> bool:
    return bool(patients)


def _armed(actors: Actors) -> bool:
    return any(a.is_armed or (a.is_crowd and a.use is not Use.PROTESTER) for a in actors)


def _crowd(actors: Actors) -> bool:
    """Rivals without arms: worshippers, students, villagers, supporters."""
    return any(a.plural and a.use in (Use.CIVILIAN, Use.PROTESTER, Use.RIOTER) for a in actors)


def _state(actors: Actors) -> bool:
    return any(a.is_state for a in actors)


Test = Callable[[Actors, Actors, frozenset[str]], bool]
_TESTS: dict[tuple[Kind, str], Test] = {
    (Kind.KILL, "v"): lambda a, p, o: _people(p),
    (Kind.DEATH, "v"): lambda a, p, o: _people(a) or _people(p),
    (Kind.WOUND, "v"): lambda a, p, o: _people(p),
    (Kind.ATTACK, "v"): lambda a, p, o: _armed(a) or (_people(p) and bool(a)) or bool(o & {"aircraft"}),
    (Kind.CLASH, "v"): lambda a, p, o: _armed(a) or _armed(p) or "fire" in o,
    (Kind.AIR, "v"): lambda a, p, o: "aircraft" in o and _armed(a),
    (Kind.SHELL, "v"): lambda a, p, o: bool(o & {"ordnance"}) and not any(x.use is Use.POLICE for x in a),
    (Kind.BOMB, "v"): lambda a, p, o: not any(x.use is Use.PROTESTER for x in a),
    (Kind.SEIZE, "v"): lambda a, p, o: "territory" in o and (_armed(a) or _armed(p)),
    (Kind.WITHDRAW, "v"): lambda a, p, o: _armed(a) and "weapons" not in o,
    (Kind.PROTEST, "v"): lambda a, p, o: (
        any(x.use in (Use.PROTESTER, Use.RIOTER, Use.CIVILIAN) for x in a)
        or ("demand" in o and not _armed(a))
    ),
    (Kind.RIOT, "v"): lambda a, p, o: "crowdthrown" in o,
    (Kind.DISPERSE, "v"): lambda a, p, o: (
        (any(x.is_crowd for x in p) or "gathering" in o) and (_state(a) or not a)
    ),
    (Kind.ABDUCT, "v"): lambda a, p, o: (
        any(x.use is Use.CIVILIAN for x in p) and any(x.is_armed and not x.is_state for x in a)
    ),
    (Kind.ARREST, "v"): lambda a, p, o: _state(a) and _people(p) and "territory" not in o,
    (Kind.LOOT, "v"): lambda a, p, o: (
        "property" in o and (any(x.is_armed or x.use is Use.RIOTER for x in a) or not a)
    ),
    (Kind.DISRUPT, "v"): lambda a, p, o: "weapons" in o,
    (Kind.BASE, "v"): lambda a, p, o: "base" in o and (_armed(a) or not a),
    (Kind.AGREE, "v"): lambda a, p, o: "talks" in o and bool(a),
    (Kind.CHANGE, "v"): lambda a, p, o: ("security" in o or _armed(p)) and (_armed(a) or _state(a) or not a),
    (Kind.RELEASE, "v"): lambda a, p, o: (
        "captive" in o or any(x.noun in ("prisoner", "detainee", "hostage", "inmate") for x in p)
    ),
    (Kind.DISPLACE, "v"): lambda a, p, o: any(x.use is Use.CIVILIAN for x in a),
    (Kind.COUP, "v"): lambda a, p, o: _armed(a),
    (Kind.PROTEST, "p"): lambda a, p, o: any(not x.is_armed for x in a) or any(x.is_crowd for x in p),
    (Kind.CHEMICAL, "n"): lambda a, p, o: "fire" in o,
    (Kind.SEIZE, "p"): lambda a, p, o: _armed(a) or (not a and "territory" in o),
    (Kind.WITHDRAW, "p"): lambda a, p, o: _armed(a) or _armed(p),
    (Kind.KILL, "n"): lambda a, p, o: _people(p) or _people(a),
    (Kind.DEATH, "n"): lambda a, p, o: False,
    (Kind.WOUND, "n"): lambda a, p, o: False,
    (Kind.ATTACK, "n"): lambda a, p, o: _armed(a) or _people(p) or "post" in o,
    (Kind.CLASH, "n"): lambda a, p, o: _armed(a) or _armed(p),
    (Kind.SHELL, "n"): lambda a, p, o: "fire" in o,
    (Kind.BOMB, "n"): lambda a, p, o: True,
    (Kind.SEIZE, "n"): lambda a, p, o: "territory" in o and _armed(a),
    (Kind.WITHDRAW, "n"): lambda a, p, o: _armed(a) or _armed(p),
    (Kind.PROTEST, "n"): lambda a, p, o: any(x.use in (Use.PROTESTER, Use.RIOTER) for x in a + p),
    (Kind.ARREST, "n"): lambda a, p, o: False,
    (Kind.LOOT, "n"): lambda a, p, o: "property" in o,
    (Kind.BASE, "n"): lambda a, p, o: False,
    (Kind.AGREE, "n"): lambda a, p, o: "made" in o,
    (Kind.CHANGE, "n"): lambda a, p, o: False,
    (Kind.RELEASE, "n"): lambda a, p, o: (
        "captive" in o or any(x.noun in ("prisoner", "detainee", "hostage", "inmate") for x in p)
    ),
    (Kind.DISPLACE, "n"): lambda a, p, o: False,
}
_OF_WAR = (Use.MILITARY, Use.NAMED, Use.ARMED)
_LEMMA_TESTS: dict[str, Test] = {
    # a shell of a computer, too
    "shell": lambda a, p, o: bool(a) or bool(p) or bool(o),
    # their presence is no intervention, and "riot" in their name no riot
    **dict.fromkeys(("riot police", "riot gear", "riot squad", "anti-riot police"), lambda a, p, o: False),
    # a base or a town is handed over, not a letter
    "hand": lambda a, p, o: bool(o & {"base", "territory"}) and _armed(a),
    "surrender": lambda a, p, o: _surrenders(a),
    "clash": lambda a, p, o: _armed(a) or _armed(p) or "fire" in o or (_crowd(a) and (_crowd(p) or not p)),
    # rescue operations and operations of companies are none
    "operation": lambda a, p, o: (
        (_armed(p) and bool(a)) or ("counted" in o and any(x.use in _OF_WAR for x in a))
    ),
}
