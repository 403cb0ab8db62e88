"""What a sentence may tell of: an event of one of ACLED's 25 sub-event types, a crime, an accident, or no event.

The network tells more classes apart than these: each kind of non-event ("none:court") is one. They are added up here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from schemas.taxonomy import EVENT_TYPE_OF, EventType, SubEventType


class Aside(StrEnum):
    """What is no event of ACLED's."""

    CRIMINAL = "criminal"
    ACCIDENT = "accident"
    NONE = "none"


Label = SubEventType | Aside
LABELS: tuple[Label, ...] = (*SubEventType, *Aside)
_PLACE: dict[Label, int] = {label: n for n, label in enumerate(LABELS)}


def label_of(name: str) -> Label:
    """The label of a class of the network: "none:court" is none. Raises ValueError for a name that is no label."""
    head = name.partition(":")[0]
    return Aside(head) if head in {a.value for a in Aside} else SubEventType(name)


@dataclass(frozen=True, slots=True)
class Distribution:
    """Probabilities of all labels, in the order of LABELS; they sum to one. `kind` is the likeliest kind of non-event."""

    probabilities: tuple[float, ...]
    kind: str = ""

    def p(self, label: Label) -> float:
        """The probability of a label."""
        return self.probabilities[_PLACE[label]]

    @property
    def p_event(self) -> float:
        """That it tells of an event that ACLED codes."""
        return sum(self.probabilities[: len(SubEventType)])

    def p_type(self, event_type: EventType) -> float:
        """That it tells of an event of a type."""
        return sum(self.p(s) for s in SubEventType if EVENT_TYPE_OF[s] is event_type)

    @property
    def best(self) -> Label:
        """The likeliest label."""
        return LABELS[max(range(len(LABELS)), key=self.probabilities.__getitem__)]

    @property
    def best_event(self) -> SubEventType:
        """The likeliest sub-event type, whatever else is likelier."""
        return max(SubEventType, key=self.p)


def gather(classes: Sequence[str], probabilities: Sequence[float]) -> Distribution:
    """The distribution over LABELS from one over the network's classes."""
    sums = dict.fromkeys(LABELS, 0.0)
    for name, p in zip(classes, probabilities, strict=True):
        sums[label_of(name)] += p
    kinds = [
        (p, name) for name, p in zip(classes, probabilities, strict=True) if label_of(name) is Aside.NONE
    ]
    return Distribution(tuple(sums.values()), max(kinds)[1].partition(":")[2] if kinds else "")
