"""What is told in one place: a mention (one trigger word) and a frame (the mentions of one sentence that belong together)."""

from dataclasses import dataclass, field
from enum import StrEnum

from pipelines.coding.actors import ActorMention
from pipelines.coding.dates import DateMention
from pipelines.coding.factuality import Verdict
from pipelines.coding.gate import Kind
from pipelines.coding.numbers import Casualty, Count
from pipelines.coding.text import Sentence
from schemas.precision import Scope


class Family(StrEnum):
    """Kinds that may be one happening together."""

    VIOLENCE = "violence"
    DEMONSTRATION = "demonstration"
    ABDUCTION = "abduction"
    ARREST = "arrest"
    STRATEGIC = "strategic"


@dataclass(frozen=True, slots=True)
class Mention:
    """One trigger word with its arguments. `causes` are the heads of what acts, in small letters; `by_person` says that someone acts whom only a name tells. `start` and `end` are offsets into the sentence's part of the article."""

    start: int
    end: int
    kind: Kind
    lemma: str
    is_verb: bool
    strong: bool
    verdict: Verdict
    agents: tuple[ActorMention, ...]
    patients: tuple[ActorMention, ...]
    object_uses: frozenset[str]
    is_generic: bool
    is_passive: bool = False
    causes: frozenset[str] = frozenset()
    by_person: bool = False
    is_definite: bool = False


@dataclass(slots=True)
class Frame:
    """The mentions of one sentence that tell of one happening, with the sentence's actors, dates and figures.

    `is_unspoken`: no word of it is read as a trigger; the classifier alone may tell what it is of."""

    sentence: Sentence
    family: Family
    mentions: list[Mention]
    actors: tuple[ActorMention, ...]
    casualties: tuple[Casualty, ...] = ()
    dates: tuple[DateMention, ...] = ()
    counts: tuple[Count, ...] = ()
    marks: frozenset[str] = frozenset()
    lowered: str = ""
    kinds: set[Kind] = field(default_factory=set)
    label: str = ""
    after: str = ""
    scope: Scope = Scope.POLITICAL
    is_unspoken: bool = False

    def has(self, *kinds: Kind) -> bool:
        """True if one of the kinds is told."""
        return any(kind in self.kinds for kind in kinds)
