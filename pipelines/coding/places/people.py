"""Names of an article's people and streets: a surname stands alone in later sentences, and must not be read as a town of that name."""

import re
from collections.abc import Iterator

from pipelines.coding.matcher import Matcher
from pipelines.coding.places.words import words
from schemas.countries import fold_name

_REACH = 5000
_PART = r"[A-ZÀ-Þ][^\W\d_]+(?:['’-][^\W\d_]+)*"
_FULL = rf"{_PART}(?:\s(?:[A-Z]\.?|{_PART}|de|del|la|al|el|bin|ibn|van|von|da|dos)){{0,3}}?\s{_PART}"
# "Jane Q. Doe, 34," and "Jane Doe (34)"; "34-year-old Jane Doe". Ages are rare and names are not: the age is looked for first.
_AGE_AFTER = re.compile(r",\s(?:aged\s)?\d\d\b[,.;]|\s\(\d\d\)")
_NAME_BEFORE, _LONGEST_NAME = re.compile(rf"\b{_FULL}$"), 60
_AGE_BEFORE = re.compile(r"\b\d\d?[- ]year[- ]old\s")
_NAME = re.compile(_FULL)
# "President Jose Napoleon Duarte", "COLONEL RENE EMILIO PONCE,"
_TITLES = (
    "president minister general colonel major captain lieutenant sergeant officer senator governor mayor judge justice mr mrs ms bishop "
    "archbishop father chief detective sheriff deputy attorney spokesman spokeswoman spokesperson leader commander ambassador secretary "
    "reporter doctor engineer candidate gen col maj capt lt sgt sen gov dr det"
).split()
_TITLED = re.compile(rf"{_PART}(?:\s{_PART}){{0,3}}(?=[,;.:]|\s[a-z(])")
_TITLE = Matcher((title, title) for title in _TITLES)
_STREET = re.compile(
    rf"\b(?P<n>{_PART}(?:\s{_PART})??)\s(?:Street|St\b|Avenue|Ave\b|Road|Rd\b|Drive|Dr\b|Boulevard|Blvd|Lane|Ln\b|Court|Parkway|Pkwy|Terrace|Highway|Hospital|"
    r"Elementary|Middle\sSchool|Apartments)"
)
# A capitalised word and the next one, an initial between them left out; pairs overlap.
_PAIR = re.compile(rf"(?<![^\W_])(?P<first>[A-ZÀ-Þ][^\W\d_]+)(?=\s(?:[A-Z]\.\s)?(?P<last>{_PART}))")
# "San Jose", "St. Louis": such names are towns'.
_SAINT = re.compile(r"\b(?:san|santa|santo|saint|st\.?|port|fort|ft\.?|el|la)\s$", re.IGNORECASE)


def people_of(title: str, text: str) -> frozenset[str]:
    """Folded surnames of the people whom an article introduces by a title, a given name or an age, and given names of the latter."""
    whole = f"{title}.\n{text[:_REACH]}"
    found = {part for name in _aged(whole) for part in fold_name(name).split()}
    found.update(fold_name(name).split()[-1] for name in _titled(whole))
    found.update(_after_given(whole))
    return frozenset(part for part in found if len(part) > 2 and part not in words("ordinary"))


def streets_of(text: str) -> frozenset[str]:
    """Folded names of the streets, hospitals and schools that an article names: "Roosevelt" of "Roosevelt Avenue"."""
    return frozenset(fold_name(match["n"]) for match in _STREET.finditer(text[:_REACH]))


def _aged(text: str) -> Iterator[str]:
    for age in _AGE_AFTER.finditer(text):
        name = _NAME_BEFORE.search(text, max(0, age.start() - _LONGEST_NAME), age.start())
        if name is not None:
            yield name.group()
    for age in _AGE_BEFORE.finditer(text):
        name = _NAME.match(text, age.end())
        if name is not None:
            yield name.group()


def _titled(text: str) -> Iterator[str]:
    lowered = text.lower()
    if len(lowered) != len(text):
        return
    for title in _TITLE.find(lowered):
        name = _TITLED.match(text, title.end + (2 if text.startswith(".", title.end) else 1))
        if name is not None:
            yield name.group()


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
