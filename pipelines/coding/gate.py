"""The gate: which sentences may tell of an event at all. Only they reach the parser.

Three quarters of a news stream hold no word of violence, protest or armed politics and cost one pass of an automaton.
"""

from dataclasses import dataclass
from enum import StrEnum

from pipelines.coding.lexicon import noun_forms, read_rows, split_words, verb_forms
from pipelines.coding.matcher import Hit, Matcher


class Kind(StrEnum):
    """Sorts of happening that a trigger word tells of; sub-event types are worked out from them later."""

    KILL = "kill"
    DEATH = "death"
    WOUND = "wound"
    SHOOT = "shoot"
    ATTACK = "attack"
    CLASH = "clash"
    AIR = "air"
    SHELL = "shell"
    BOMB = "bomb"
    SUICIDE = "suicide"
    GRENADE = "grenade"
    CHEMICAL = "chemical"
    SEIZE = "seize"
    WITHDRAW = "withdraw"
    PROTEST = "protest"
    RIOT = "riot"
    DISPERSE = "disperse"
    MOB = "mob"
    ABDUCT = "abduct"
    RAPE = "rape"
    ARREST = "arrest"
    LOOT = "loot"
    DISRUPT = "disrupt"
    BASE = "base"
    AGREE = "agree"
    CHANGE = "change"
    RELEASE = "release"
    DISPLACE = "displace"
    CLAIM = "claim"
    COUP = "coup"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a trigger word: as a verb ("v"), a noun ("n") or a fixed phrase ("p")."""

    kind: Kind
    pos: str
    strong: bool
    opens: bool
    lemma: str


Readings = tuple[Reading, ...]


def load_triggers() -> Matcher[Readings]:
    """The automaton over all forms of all trigger words, each with all its readings."""
    table: dict[str, list[Reading]] = {}
    for row in read_rows("english/triggers.tsv"):
        for lemma in split_words(row["words"]):
            reading = Reading(
                Kind(row["kind"]), row["pos"], row["strength"] == "s", row["strength"] in "sg", lemma
            )
            for form in _forms(lemma, row["pos"]):
                table.setdefault(form, []).append(reading)
    return Matcher((form, tuple(readings)) for form, readings in table.items())


def _forms(lemma: str, pos: str) -> set[str]:
    if pos == "v":
        return verb_forms(lemma)
    return noun_forms(lemma) if pos == "n" else {lemma}


def is_strong(hits: list[Hit[Readings]]) -> bool:
    """True if one of the words opens the gate by itself."""
    return any(reading.opens for hit in hits for reading in hit.entry)
