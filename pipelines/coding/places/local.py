"""Local news of the United States, which names its country nowhere and its state seldom: told by its offices, streets and media."""

import re
from collections import Counter
from functools import cache
from importlib.resources import files

from pipelines.coding.places.gazetteer import Gazetteer
from pipelines.coding.places.place import PlaceKind
from schemas.countries import fold_name

# How much of a text is looked at: tips' telephone numbers stand at its end.
_REACH = 6000
_HEAD = 2500
# Offices, ranks, streets and words of the police that local news of the United States uses.
_LOCAL = re.compile(
    r"Sheriff['’]?s\s+(?:Office|Department|Deput)|Police\s+Department|Highway\s+Patrol|\b[Dd]eputies\b|\b911\b|\bblock\s+of\b|-block\b|State\s+Police|"
    r"District\s+Attorney|\bInterstate\s+\d|\bDMV\b|\bSWAT\b|Medical\s+Examiner|County\s+(?:Sheriff|Coroner|Jail|Court)|\bCrime\s*Stoppers\b|"
    r"\bPolice\s+(?:Lt|Sgt|Capt|Det|Cpl)\b|\bSheriff\s+[A-Z]|\bCoroner\b|\b[Ff]elony\b|\bHigh\s+School\b|\bWalmart\b|"
    r"\b(?:Channel|FOX|Fox|NBC|CBS|ABC|CW|NewsChannel|Newschannel)\s?\d+\b|\bNews,?\s+Weather\b|"
    r"\d(?:st|nd|rd|th)\s+(?:Street|Avenue|St|Ave)\b|[A-Z][a-z]+\s+(?:Ave|Blvd|Pkwy|Hwy|Rd|Ln)\b"
)
_EACH, _MOST = 0.8, 3.0
_CALL_SIGN = re.compile(r"\b(?:[KW][A-Z]{3}|[A-Z]{3,5}D|GBI|TBI|FDLE|PBSO|OSBI|HCSO|CBSLA)(?![A-Z])")
_TELEPHONE = re.compile(r"(?<![\d-])(?:1-)?\(?([2-9]\d\d)(?:\)\s?|[-.])\d{3}[-.]\d{4}\b")
_TOLD_EACH = 1.0


def us_weight(title: str, text: str) -> float:
    """How much the words of an article speak for local news of the United States."""
    return min(_MOST, _EACH * (len(_LOCAL.findall(text[:_HEAD])) + len(_LOCAL.findall(title))))


def states_told(title: str, text: str) -> Counter[str]:
    """The states whose stations, police and telephones an article names, with how often (each name counts once)."""
    whole = f"{title}\n{text[:_REACH]}"
    keys = {*_CALL_SIGN.findall(whole), *_TELEPHONE.findall(whole), *_sites(whole)}
    return Counter(_media()[key] for key in keys if key in _media())


def _sites(text: str) -> set[str]:
    """Names of newspapers' sites; most of their names are one word, so that no text need be cut into words for them."""
    lowered = text.lower()
    return {
        site for site in _site_names() if site in lowered and re.search(rf"\b{re.escape(site)}\b", lowered)
    }


@cache
def _site_names() -> tuple[str, ...]:
    return tuple(key for key in _media() if key.islower())


@cache
def _media() -> dict[str, str]:
    table: dict[str, str] = {}
    text = files("pipelines.coding.places").joinpath("data/usmedia.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            state, _, keys = line.partition(": ")
            table |= dict.fromkeys(keys.replace("|", " ").split(), state)
    return table


def state_rows(states: Counter[str], known: Gazetteer) -> dict[int, float]:
    """Rows of states with what the media say for them."""
    return {
        row: _TOLD_EACH * often
        for state, often in states.items()
        for row in known.rows(fold_name(state))
        if known.kind(row) is PlaceKind.ADMIN1 and known.country(row).alpha2 == "US"
    }
