"""Special bodies of state forces, which ACLED names after the regime: "Military Forces of India (2014-) Rashtriya Rifles".

Facts in `units.tsv`. A body is found by a name of its own ("Assam Rifles"), or is what a common noun means in its country
("the national guard" of Mexico).
"""

from collections.abc import Iterator
from functools import cache

from pipelines.coding.actors.mention import Group
from pipelines.coding.lexicon import read_rows, split_words
from schemas.actors import ActorType

# In a name of the lexicons it stands for the years of the regime: ACLED appends special units after them.
REGIME_MARK = " (*)"
# Stands for every country that has no line of its own.
_ANY = "*"


def unit_groups() -> Iterator[tuple[str, Group]]:
    """Each name of a body with its group; the group's name has a mark for the regime's years."""
    for row in read_rows("units.tsv"):
        for name in split_words(row["names"]):
            yield name, Group(_name(row), (row["country"],), ActorType.STATE_FORCES, None, None)


def unit_of(noun: str, country: str) -> tuple[str, str] | None:
    """ "Military Forces" or "Police Forces", and the body, that a common noun means in a country; None for plain forces."""
    table = _by_noun()
    return table.get((noun, country)) or table.get((noun, _ANY))


@cache
def _by_noun() -> dict[tuple[str, str], tuple[str, str]]:
    return {
        (noun, country): (f"{row['force']} Forces", row["unit"])
        for row in read_rows("units.tsv")
        for noun in split_words(row["nouns"])
        for country in split_words(row["country"])
    }


def _name(row: dict[str, str]) -> str:
    return f"{row['force']} Forces of {row['country']}{REGIME_MARK} {row['unit']}"
