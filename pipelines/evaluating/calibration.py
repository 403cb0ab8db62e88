"""Whether `confidence` keeps its word: of the reports at 0.8 about 80 % should be right.

A report is right when it stands for an event of the gold, due or background, and has its event type.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.evaluating.pairing import Judged
from pipelines.evaluating.share import Share

# Tenths: finer bins would hold too few reports of a small gold.
_BINS = 10
Stated = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Bin:
    """The reports whose confidence lies from `low` up to `high`: what they state on average, and how many are right."""

    low: float
    high: float
    stated: float
    share: Share


@dataclass(frozen=True, slots=True)
class Calibration:
    """The bins that hold reports, and the expected calibration error in points: the mean gap, weighted by reports."""

    bins: tuple[Bin, ...]
    error: float | None


def stated(judged: Iterable[Judged]) -> list[Stated]:
    """Confidence and rightness of every report."""
    found: list[Stated] = []
    for one in judged:
        found += [
            (r.confidence, p.gold.kind is r.event_type) for p in one.pairs() if (r := p.report) is not None
        ]
        found += [(report.confidence, False) for report in one.invented]
    return found


def calibration(told: Sequence[Stated]) -> Calibration:
    """The table of calibration."""
    bins = tuple(b for n in range(_BINS) if (b := _bin(n, told)) is not None)
    gaps = [b.share.of * abs(b.stated * 100 - (b.share.percent or 0)) for b in bins]
    return Calibration(bins, sum(gaps) / len(told) if told else None)


def _bin(number: int, told: Sequence[Stated]) -> Bin | None:
    held = [(c, right) for c, right in told if min(int(c * _BINS + 1e-9), _BINS - 1) == number]
    if not held:
        return None
    mean = sum(c for c, _ in held) / len(held)
    share = Share(sum(right for _, right in held), len(held))
    return Bin(number / _BINS, (number + 1) / _BINS, mean, share)
