"""Says which partitions a reader owns: by its share of the topic (`--share i/n`) and its slot in the graph."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from schemas.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Share:
    """Part `index` of `count` of a topic, counted from 1: what one process reads."""

    index: int = 1
    count: int = 1

    def __post_init__(self) -> None:
        """Raises ConfigError unless 1 <= index <= count."""
        if not 1 <= self.index <= self.count:
            raise ConfigError(
                f"There is no share {self.index}/{self.count}.", "Give i/n with i from 1 to n, such as 2/3."
            )

    def __str__(self) -> str:
        """As given on the command line: `2/3`."""
        return f"{self.index}/{self.count}"

    @classmethod
    def parse(cls, text: str) -> "Share":
        """The share of `i/n`; raises ConfigError for anything else."""
        if match := re.fullmatch(r"\s*(\d{1,6})\s*/\s*(\d{1,6})\s*", text):
            return cls(int(match[1]), int(match[2]))
        raise ConfigError(f"{text!r} is not a share.", "Give i/n with i from 1 to n, such as 2/3.")


WHOLE = Share()
"""One process reads the whole topic."""


def owned(partitions: Iterable[int], slot: int, slots: int, share: Share = WHOLE) -> tuple[int, ...]:
    """The partitions of one slot of one share, ascending.

    A share has every n-th partition; its slots take turns in those. So over all slots of all shares each partition
    is owned exactly once, and no slot stays empty because slots and shares have a common divisor.
    """
    mine = (p for p in partitions if p % share.count == share.index - 1)
    return tuple(sorted(p for p in mine if (p // share.count) % slots == slot))
