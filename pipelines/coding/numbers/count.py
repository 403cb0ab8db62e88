"""What a found number is: its bounds, what they rest on, and what it counts."""

from dataclasses import dataclass
from enum import StrEnum

from schemas.precision import CountBasis, FatalitiesBasis


class NumberBasis(StrEnum):
    """How a number was said."""

    EXACT = "exact"  # 11, eleven, a soldier
    AT_LEAST = "at_least"  # at least 20, more than 300
    AT_MOST = "at_most"  # up to 15
    ABOUT = "about"  # about 40, nearly 40
    RANGE = "range"  # between 10 and 15
    WORD = "word"  # dozens, several, "civilians were killed"

    @property
    def for_count(self) -> CountBasis:
        """The basis as `incident_count_basis` writes it: a range of incidents is "about"."""
        return CountBasis.ABOUT if self is NumberBasis.RANGE else CountBasis(self.value)

    @property
    def for_fatalities(self) -> FatalitiesBasis:
        """The basis as `fatalities_basis` writes it: every bound is a range."""
        if self in (NumberBasis.EXACT, NumberBasis.WORD):
            return FatalitiesBasis(self.value)
        return FatalitiesBasis.RANGE


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things or people in a sentence.

    `start` and `end` are character offsets into the article. `best` is the figure ACLED would code: the lowest of a
    range, the figure itself beside "at least" or "about", the word rule's for words (several 3, dozens 12, hundreds
    100). `high` is None where no upper bound is said. `noun` is what is counted, as written ("government soldiers"),
    empty where nothing follows ("killed 11").
    """

    start: int
    end: int
    low: int
    best: int
    high: int | None
    basis: NumberBasis
    text: str
    noun: str = ""


class Harm(StrEnum):
    """What happened to the people counted."""

    KILLED = "killed"
    INJURED = "injured"
    SHOT = "shot"  # hit by bullets, and nothing said of what became of them
    ABDUCTED = "abducted"
    ARRESTED = "arrested"
    PARTICIPANTS = "participants"


@dataclass(frozen=True, slots=True)
class Casualty:
    """One figure of one kind of harm: the counted people and the word that tells what happened to them.

    `trigger_start` and `trigger_end` (into the article) are the telling word ("killed"). `is_part` marks people who are
    already in another figure ("eleven people, including three children"). `is_total` marks a running total ("the death
    toll rose to 40"). `is_implied` marks a figure that no number stands for ("the mayor was shot dead": 1; "civilians
    were killed": the word rule's 3). `is_background` marks the toll of a war or a year ("since 2015", "so far this year"),
    never to be taken for one event's.
    """

    harm: Harm
    count: Count
    trigger_start: int
    trigger_end: int
    is_part: bool = False
    is_total: bool = False
    is_implied: bool = False
    is_background: bool = False


@dataclass(frozen=True, slots=True)
class Toll:
    """Figures of one harm, summed up: what `fatalities_low/best/high` and their basis are filled from."""

    low: int
    best: int
    high: int | None
    basis: NumberBasis
    sources: tuple[Casualty, ...]
