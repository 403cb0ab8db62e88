"""Whether a frame only says that people were killed or hurt, and neither by whom nor by what."""

from pipelines.coding.actors import ActorMention
from pipelines.coding.events.mention import Frame
from pipelines.coding.gate import Kind


def is_force(actor: ActorMention) -> bool:
    """True for whoever may use force: the armed, and crowds."""
    return actor.is_armed or actor.is_crowd


# Words that a crash or a storm does as well as a man.
_BARE = frozenset(
    "kill injure wound hurt die casualty fatality death toll victim dead deaths bodies perish succumb body dead body".split()
)


def is_bare_harm(frame: Frame) -> bool:
    """True where people are only said to be killed or hurt, and neither by whom nor by what."""
    if any(is_force(a) for m in frame.mentions for a in m.agents + m.patients):
        return False
    if any(
        a.plural for m in frame.mentions if m.is_verb and m.kind in (Kind.KILL, Kind.WOUND) for a in m.agents
    ):
        return False  # "residents beat and killed a man"
    return all(m.lemma in _BARE or m.kind is Kind.DEATH for m in frame.mentions)
