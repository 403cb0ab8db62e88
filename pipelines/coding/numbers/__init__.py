"""Numbers: what a sentence counts, and how many people were killed, hurt, abducted, arrested or present.

    parse_number_words(text)              "twenty-one" -> 21, "two dozen" -> 24; None for other words
    find_counts(text, offset)             every count of a sentence (never ages, dates, money, distances)
    find_casualties(text, offset)         figures of killed, injured, abducted, arrested, participants
    sum_up(casualties, harm)              one Toll from a sentence's figures: parts left out, sides added
    is_besides(casualty)                  whether its people come to others told before ("two others")
    sum_injured(casualties)               the injured; those shot of whom no more is said, less the dead

Knows English; knows nothing of events. Pure functions.
"""

from pipelines.coding.numbers.casualties import find_casualties
from pipelines.coding.numbers.count import Casualty, Count, Harm, NumberBasis, Toll
from pipelines.coding.numbers.find import find_counts
from pipelines.coding.numbers.nouns import is_crowd, is_people
from pipelines.coding.numbers.tolls import is_besides, sum_injured, sum_up
from pipelines.coding.numbers.words import parse_number_words

__all__ = [
    "Casualty",
    "Count",
    "Harm",
    "NumberBasis",
    "Toll",
    "find_casualties",
    "find_counts",
    "is_besides",
    "is_crowd",
    "is_people",
    "parse_number_words",
    "sum_injured",
    "sum_up",
]
