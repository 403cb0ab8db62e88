"""How sure a report is: a weighted sum of what the text says outright."""

from typing import TYPE_CHECKING

from pipelines.coding.events.happening import Happening
from pipelines.coding.events.parties import Parties
from pipelines.coding.numbers import Harm
from pipelines.coding.places import Place

if TYPE_CHECKING:
    from pipelines.coding.build import When


def confidence(h: Happening, sides: Parties, when: "When", place: Place) -> float:
    """Between 0.05 and 0.95, two decimals: the share of such reports that should be right."""
    score = 0.30
    score += 0.12 * any(m.strong for m in h.mentions())
    score += 0.10 * (when.mention is not None)
    score += 0.12 * (place.latitude is not None)
    score += 0.08 * (sides.mention1 is not None)
    score += 0.08 * (h.toll(Harm.KILLED) is not None or h.toll(Harm.PARTICIPANTS) is not None)
    score += 0.10 * (len(h.frames) > 1)
    return round(min(0.95, max(0.05, score)), 2)
