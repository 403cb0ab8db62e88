"""Bounds and scope of the coder. Light: reading the configuration must not load a language model."""

from dataclasses import dataclass

from schemas.columns import column
from schemas.precision import Scope


@dataclass(frozen=True, slots=True)
class CoderSettings:
    """What the coder lands, and the bounds on one article. Hashable: it names the process's shared coder."""

    scope: frozenset[Scope] = column(
        "Kinds of event that are landed; others are only counted.", default=frozenset((Scope.POLITICAL,))
    )
    max_text_chars: int = column(
        "A text beyond this is not read to its end: a long-read has 30,000 characters, more is a book or a dump.",
        default=100_000,
    )
    max_seconds_per_article: float = column(
        "An article that takes longer becomes a reject, so that the stream goes on.", default=2.0
    )
    max_sentence_words: int = column(
        "Longest sentence; those of speeches have 200 words, a million is an attack or a table.",
        default=2_000,
    )
    max_parsed_sentences: int = column(
        "Sentences with trigger words that are parsed; news tells its event in the first dozen.", default=16
    )
