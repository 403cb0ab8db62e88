"""Actors: who is named in a sentence, and the name and type that ACLED's rules give them on a day in a country.

    ActorFinder().find(text, lowered)     mentions of groups, forces and sorts of people in one sentence
    add_references(actors, ...)           "the group" as the armed group named last before it
    strangers(named, lowered)             acronyms that mean no group in this article
    resolve_actor(mention, country, day)  the ACLED name and inter code of a mention

Knows English; knows nothing of events.
"""

from pipelines.coding.actors.find import ActorFinder
from pipelines.coding.actors.home import strangers
from pipelines.coding.actors.mention import ActorMention, Use
from pipelines.coding.actors.refer import add_references
from pipelines.coding.actors.resolve import Actor, generic, resolve_actor

__all__ = [
    "Actor",
    "ActorFinder",
    "ActorMention",
    "Use",
    "add_references",
    "generic",
    "resolve_actor",
    "strangers",
]
