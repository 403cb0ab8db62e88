"""Local news of the United States, which names its country nowhere and its state seldom: told by its offices, streets and media."""

import re
from collections import Counter
from functools import cache
from importlib.resources import files

import ahocorasick_rs

from pipelines.coding.places.gazetteer import Gazetteer
from pipelines.coding.places.place import PlaceKind
from schemas.countries import fold_name

# How much of a text is looked at: tips' telephone numbers stand at its end.
_REACH = 6000
_HEAD = 2500
# Offices, ranks, streets and words of the police that local news of the United States uses.
_OFFICES = ahocorasick_rs.AhoCorasick(
    "Sheriff's Office,Sheriff’s Office,Sheriff's Department,Sheriff’s Department,Sheriff's Deput,Sheriff’s Deput,Sheriff’s deput,Sheriff's deput,"
    "Police Department,Highway Patrol,Deputies,deputies,911,block of,-block,State Police,District Attorney,Interstate ,DMV,SWAT,"
    "Medical Examiner,County Sheriff,County Coroner,County Jail,County Court,Crime Stoppers,CrimeStoppers,Crimestoppers,Police Lt,"
    "Police Sgt,Police Capt,Police Det,Police Cpl,Coroner,coroner,Felony,felony,High School,Walmart,Weather &".split(
        ","
    )
)
_STREETS = re.compile(
    r"\b(?:Channel|FOX|Fox|NBC|CBS|ABC|CW|NewsChannel|Newschannel)\s?\d+\b|\d(?:st|nd|rd|th)\s+(?:Street|Avenue|St|Ave)\b|"
    r"(?<=[a-z]\s)(?:Ave|Blvd|Pkwy|Hwy|Rd|Ln)\b"
)
_EACH, _MOST = 0.8, 3.0
_CALL_SIGN = re.compile(r"\b(?:[KW][A-Z]{3}|[A-Z]{3,5}D|GBI|TBI|FDLE|PBSO|OSBI|HCSO|CBSLA)(?![A-Z])")
_TELEPHONE = re.compile(r"(?<![\d-])(?:1-)?\(?([2-9]\d\d)(?:\)\s?|[-.])\d{3}[-.]\d{4}\b")
_TOLD_EACH = 1.0


def us_weight(title: str, text: str) -> float:
    """How much the words of an article speak for local news of the United States."""
    head = f"{title}\n{text[:_HEAD]}"
    return min(_MOST, _EACH * (len(_OFFICES.find_matches_as_indexes(head)) + len(_STREETS.findall(head))))


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
