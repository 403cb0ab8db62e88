"""Actors: who is named in a sentence, and the name and type that ACLED's rules give them on a day in a country.

    ActorFinder().find(text, lowered)     mentions of groups, forces and sorts of people in one sentence
    resolve_actor(mention, country, day)  the ACLED name and inter code of a mention

Knows English; knows nothing of events.
"""

from pipelines.coding.actors.find import ActorFinder
from pipelines.coding.actors.mention import ActorMention, Use
from pipelines.coding.actors.resolve import Actor, generic, resolve_actor

__all__ = ["Actor", "ActorFinder", "ActorMention", "Use", "generic", "resolve_actor"]
