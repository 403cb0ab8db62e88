"""Actor types (ACLED's inter codes) and the interaction rule.

Source: ACLED codebook, "Inter codes and interaction"; measured on 9,000 published rows (10*min + max, or 10*inter1).
"""

from enum import IntEnum


class ActorType(IntEnum):
    """The eight kinds of actor; a property of (actor, date), not of the actor alone."""

    STATE_FORCES = 1
    REBEL_GROUP = 2
    POLITICAL_MILITIA = 3
    IDENTITY_MILITIA = 4
    RIOTERS = 5
    PROTESTERS = 6
    CIVILIANS = 7
    EXTERNAL_OTHER_FORCES = 8


LABELS: dict[ActorType, str] = {
    ActorType.STATE_FORCES: "State forces",
    ActorType.REBEL_GROUP: "Rebel group",
    ActorType.POLITICAL_MILITIA: "Political militia",
    ActorType.IDENTITY_MILITIA: "Identity militia",
    ActorType.RIOTERS: "Rioters",
    ActorType.PROTESTERS: "Protesters",
    ActorType.CIVILIANS: "Civilians",
    ActorType.EXTERNAL_OTHER_FORCES: "External/Other forces",
}


def interaction(inter1: int, inter2: int | None) -> int:
    """The numeric interaction: `10*min + max`, or `10*inter1` when one-sided (`inter2` None or 0)."""
    if not inter2:
        return 10 * inter1
    return 10 * min(inter1, inter2) + max(inter1, inter2)


def interaction_text(inter1: ActorType, inter2: ActorType | None) -> str:
    """The text form; the pair 7/8 is printed the other way round, as ACLED prints it."""
    if inter2 is None:
        return f"{LABELS[inter1]} only"
    first, second = sorted((inter1, inter2))
    if (first, second) == (ActorType.CIVILIANS, ActorType.EXTERNAL_OTHER_FORCES):
        first, second = second, first
    return f"{LABELS[first]}-{LABELS[second]}"
