"""Places: names of a text, read as places of the world.

    article_context(title, text, ...)     which countries and provinces an article is about
    find_places(text, offset, context)    places of a sentence, homonyms settled, people and groups left out
    resolve(mentions, context)            one Place in ACLED's columns from a sentence's mentions

Knows English; knows nothing of events. Pure functions over a gazetteer that is built once and then mapped into memory.
"""
