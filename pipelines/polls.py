"""The restriction of the unbounded read: a mere counter of polls, because positions come from the ledger alone."""

from collections.abc import Iterator

from apache_beam.io.restriction_trackers import OffsetRange, OffsetRestrictionTracker
from apache_beam.transforms.core import RestrictionProvider

# More polls than a stream can make in a lifetime: claiming this number says that there are no more.
LAST_POLL = 2**62


class Polls(RestrictionProvider):
    """A counter of polls; never split, because a slot's partitions belong to one consumer."""

    def initial_restriction(self, element: int) -> OffsetRange:
        """All polls."""
        return OffsetRange(0, LAST_POLL)

    def create_tracker(self, restriction: OffsetRange) -> OffsetRestrictionTracker:
        """Beam's own tracker."""
        return OffsetRestrictionTracker(restriction)

    def restriction_size(self, element: int, restriction: OffsetRange) -> int:
        """One: no runner can make more of it."""
        return 1

    def split(self, element: int, restriction: OffsetRange) -> Iterator[OffsetRange]:
        """As it is."""
        yield restriction
