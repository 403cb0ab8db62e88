"""A share of right ones, with the interval that its number allows."""

from dataclasses import dataclass

from scipy.stats import binomtest

CONFIDENCE_LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `of`."""

    right: int
    of: int

    @property
    def percent(self) -> float | None:
        """In per cent; None of nothing."""
        return 100 * self.right / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval in per cent; None of nothing."""
        if not self.of:
            return None
        found = binomtest(self.right, self.of).proportion_ci(CONFIDENCE_LEVEL, method="wilson")
        return 100 * float(found.low), 100 * float(found.high)
