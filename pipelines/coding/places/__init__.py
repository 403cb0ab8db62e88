"""Places: names of a text, read as places of the world.

    article_context(title, text, ...)     which countries and provinces an article is about
    find_places(text, offset, context)    places of a sentence, homonyms settled, people and groups left out
    resolve(mentions, context)            one Place in ACLED's columns from a sentence's mentions
    gazetteer()                           all places known: built on a machine's first use (some seconds), then mapped

Knows English; knows nothing of events. Pure functions over a gazetteer that is built once and then mapped into memory.
"""

from pipelines.coding.places.article import article_context
from pipelines.coding.places.context import likeliest_country
from pipelines.coding.places.find import find_places
from pipelines.coding.places.gazetteer import gazetteer
from pipelines.coding.places.place import Place, PlaceContext, PlaceKind, PlaceMention
from pipelines.coding.places.resolve import country_place, resolve

__all__ = [
    "Place",
    "PlaceContext",
    "PlaceKind",
    "PlaceMention",
    "article_context",
    "country_place",
    "find_places",
    "gazetteer",
    "likeliest_country",
    "resolve",
]
