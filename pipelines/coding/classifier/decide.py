"""What the classifier may change in what the rules have found. Pure; every override has its reason beside it.

The rules read words and their grammar, the classifier reads the sentence as a whole. Each is right where the other is
weak, so neither rules alone: the classifier must be the surer, the more the rules have to show.
"""

from dataclasses import dataclass

from pipelines.coding.classifier.labels import Aside, Distribution
from schemas.precision import Scope
from schemas.taxonomy import SubEventType


@dataclass(frozen=True, slots=True)
class Finding:
    """What the rules found, and how much they have to show for it: `evidence` from 0 (bare words) up.

    `mishap`: the sentences name what kills without intent, a crash, a fire, a flood, an animal.
    """

    sub: SubEventType
    scope: Scope
    evidence: int
    organised: bool = False
    mishap: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is coded in the end."""

    sub: SubEventType
    scope: Scope


# Probability of "no event" from which on it is dropped, by the rules' evidence: what has all of it is never dropped.
# Settled while looking at all sets and our own gold: lower ones make MUC more precise, and lose events of dated reports.
_NONE_FROM = (0.7, 0.7, 0.92, 0.95, 1.01)
# Probability of a crime or an accident from which on it is one.
_ASIDE_FROM = 0.95
# Probability of an event from which on what the rules take for an accident is one.
_EVENT_FROM = 0.95
# A type that replaces the rules' must be this likely, and theirs this unlikely.
_SWITCH_FROM, _SWITCH_BELOW = 0.8, 0.1
# Without any word that the rules know, the sentence must be a plain case.
_UNSPOKEN_FROM = 0.85

_S = SubEventType
# What the rules take for what, and why the whole sentence knows better. Elsewhere the rules read more sentences than it.
_SWITCHES = frozenset(
    (
        (_S.ARMED_CLASH, _S.SHELLING),  # "attacked the post with mortars": one side alone fires
        (_S.SHELLING, _S.ARMED_CLASH),  # "exchanged rocket fire"
        (_S.ARMED_CLASH, _S.AIR_DRONE_STRIKE),  # "jets attacked the rebels"
        (_S.CHEMICAL_WEAPON, _S.AIR_DRONE_STRIKE),  # missiles on a chemical plant
        (_S.ARMED_CLASH, _S.ARRESTS),  # "troops captured four rebels"
        (_S.ARMED_CLASH, _S.AGREEMENT),  # "exchanged the bodies of their dead"
        (_S.REMOTE_EXPLOSIVE, _S.CHEMICAL_WEAPON),  # "chlorine bombs"
        (_S.REMOTE_EXPLOSIVE, _S.ARRESTS),  # "held for last week's bombing"
        (_S.SHELLING, _S.ARRESTS),  # "caught the man who fired the rockets"
        (_S.ATTACK, _S.MOB_VIOLENCE),  # "beaten to death by villagers"
    )
)


def decide(found: Finding, odds: Distribution | None) -> Ruling | None:
    """What is coded of what the rules found; None drops it. Without odds the rules stand."""
    if odds is None:
        return Ruling(found.sub, found.scope)
    if (
        found.scope is Scope.POLITICAL
        and odds.p(Aside.NONE) >= _NONE_FROM[min(found.evidence, len(_NONE_FROM) - 1)]
    ):
        return None
    return Ruling(_sub(found, odds), _scope(found, odds))


def _scope(found: Finding, odds: Distribution) -> Scope:
    if found.scope is Scope.ACCIDENT and odds.p_event >= _EVENT_FROM and not found.mishap:
        return Scope.POLITICAL  # "fourteen were hurt when supporters of both parties fought with chairs"
    if found.scope is not Scope.POLITICAL or found.organised:
        return found.scope
    if odds.p(Aside.ACCIDENT) >= _ASIDE_FROM:
        return Scope.ACCIDENT
    return Scope.CRIMINAL if odds.p(Aside.CRIMINAL) >= _ASIDE_FROM else found.scope


def _sub(found: Finding, odds: Distribution) -> SubEventType:
    best = odds.best_event
    sure = odds.p(best) >= _SWITCH_FROM and odds.p(found.sub) <= _SWITCH_BELOW
    return best if sure and (found.sub, best) in _SWITCHES else found.sub


def unspoken(odds: Distribution) -> SubEventType | None:
    """The event that a sentence tells of without any word that the rules read as one. Of peaceful gatherings the rules know
    every word, and what they leave out they have reason to: vigils, rallies of parties, protests in parliament."""
    best = odds.best_event
    return best if odds.p(best) >= _UNSPOKEN_FROM and best is not SubEventType.PEACEFUL_PROTEST else None
