"""Whether two names mean the same actor or place, as far as spelling tells."""

import re

from schemas.countries import fold_name

_BRACKETS = re.compile(r"\([^)]*\)")
# Words that tell no actor from another.
_EMPTY = frozenset("the of and for group forces force movement unidentified a in".split())
# Least share of common words: "Islamic State (Sahel)" and "Islamic State Sahel Province" are one, "ELN" and "FARC" two.
_COMMON = 0.5


def same_actor(wanted: str, told: str | None) -> bool:
    """Half of the telling words agree, or the acronym does. Years and countries in brackets tell nothing."""
    ours, theirs = _words(wanted), _words(told or "")
    if not ours or not theirs:
        return fold_name(wanted) == fold_name(told or "") != ""
    if len(ours & theirs) / len(ours | theirs) >= _COMMON:
        return True
    acronym, colon, _ = wanted.partition(":")
    return bool(colon) and fold_name(acronym) in fold_name(told or "").split()


def _words(name: str) -> frozenset[str]:
    return frozenset(fold_name(_BRACKETS.sub(" ", name)).split()) - _EMPTY


def same_country(wanted: str, told: str | None) -> bool:
    """The same folded name."""
    return fold_name(wanted) == fold_name(told or "")


def holds(whole: str | None, part: str) -> bool:
    """Whether a name stands in another: "Nord-Kivu" in "Nord-Kivu, Beni"."""
    return fold_name(part) != "" and fold_name(part) in fold_name(whole or "")
