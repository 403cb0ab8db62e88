"""Names of an article's people: a surname stands alone in later sentences, and must not be read as a town of that name."""

import re
from collections.abc import Iterator

from pipelines.coding.places.words import words
from schemas.countries import fold_name

_REACH = 5000
_PART = r"[A-ZÀ-Þ][^\W\d_]+(?:['’-][^\W\d_]+)*"
_FULL = rf"{_PART}(?:\s(?:[A-Z]\.?|{_PART}|de|del|la|al|el|bin|ibn|van|von|da|dos)){{0,3}}?\s{_PART}"
# "Jane Q. Doe, 34", "Jane Doe (34)", "34-year-old Jane Doe"
_AGED = re.compile(
    rf"(?P<a>{_FULL})(?=,\s(?:aged\s)?\d\d\b[,.;]|\s\(\d\d\))|\b\d\d?[- ]year[- ]old\s(?P<b>{_FULL})"
)
# "President Jose Napoleon Duarte", "COLONEL RENE EMILIO PONCE,"
_TITLED = re.compile(
    rf"\b(?i:president|minister|general|gen\.|colonel|col\.|major|maj\.|captain|capt\.|lieutenant|lt\.|sergeant|sgt\.|officer|senator|sen\.|governor|gov\.|mayor|"
    rf"judge|justice|dr\.|mr\.?|mrs\.?|ms\.?|bishop|archbishop|father|chief|detective|det\.|sheriff|deputy|attorney|spokes(?:man|woman|person)|leader|commander|"
    rf"ambassador|secretary|deputy|reporter|doctor|engineer|candidate)\s(?P<n>{_PART}(?:\s{_PART}){{0,3}})(?=[,;.:]|\s[a-z(])"
)
# A capitalised word and the next one, an initial between them left out; pairs overlap.
_PAIR = re.compile(rf"(?<![^\W_])(?P<first>[A-ZÀ-Þ][^\W\d_]+)(?=\s(?:[A-Z]\.\s)?(?P<last>{_PART}))")
# "San Jose", "St. Louis": such names are towns'.
_SAINT = re.compile(r"\b(?:san|santa|santo|saint|st\.?|port|fort|ft\.?|el|la)\s$", re.IGNORECASE)


def people_of(title: str, text: str) -> frozenset[str]:
    """Folded surnames of the people whom an article introduces by a title, a given name or an age, and given names of the latter."""
    whole = f"{title}.\n{text[:_REACH]}"
    found = {part for match in _AGED.finditer(whole) for part in fold_name(match["a"] or match["b"]).split()}
    found.update(fold_name(match["n"]).split()[-1] for match in _TITLED.finditer(whole))
    found.update(_after_given(whole))
    return frozenset(part for part in found if len(part) > 2 and part not in words("ordinary"))


def _after_given(text: str) -> Iterator[str]:
    """ "RUBEN ZAMORA", "Jose Napoleon Duarte": the word after a given name, and the one after it."""
    end = -1
    for match in _PAIR.finditer(text):
        is_given = (
            match["first"].lower() in words("given")
            and _SAINT.search(text[max(0, match.start() - 7) : match.start()]) is None
        )
        if is_given or match.start() == end:
            yield fold_name(match["last"])
        end = match.start("last") if is_given else -1
