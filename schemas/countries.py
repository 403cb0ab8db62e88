"""Countries as ACLED names them: codes, region, capital's time zone, demonyms and other names.

The facts lie in `data/countries.tsv` (its head names their sources). ACLED's spellings win: "Democratic Republic of
Congo", "Ivory Coast", "eSwatini", "Turkey", "Palestine", "Kosovo", "Myanmar". Read once, on first use.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Region(StrEnum):
    """The 17 regions that ACLED uses."""

    WESTERN_AFRICA = "Western Africa"
    MIDDLE_AFRICA = "Middle Africa"
    EASTERN_AFRICA = "Eastern Africa"
    SOUTHERN_AFRICA = "Southern Africa"
    NORTHERN_AFRICA = "Northern Africa"
    SOUTH_ASIA = "South Asia"
    SOUTHEAST_ASIA = "Southeast Asia"
    MIDDLE_EAST = "Middle East"
    EUROPE = "Europe"
    CAUCASUS_AND_CENTRAL_ASIA = "Caucasus and Central Asia"
    CENTRAL_AMERICA = "Central America"
    SOUTH_AMERICA = "South America"
    CARIBBEAN = "Caribbean"
    EAST_ASIA = "East Asia"
    NORTH_AMERICA = "North America"
    OCEANIA = "Oceania"
    ANTARCTICA = "Antarctica"


_INSIDE = re.compile(r"['’‘ʼʻ`.]")  # marks inside a word
_BETWEEN = re.compile(r"[^\w]+|_")  # what stands between words


@dataclass(frozen=True, slots=True)
class Country:
    """One country. `iso` is the ISO 3166-1 numeric code, None where ISO has given none (Kosovo)."""

    name: str
    iso: int | None
    alpha2: str
    alpha3: str
    region: Region
    capital: str
    timezone: str
    demonyms: tuple[str, ...]
    aliases: tuple[str, ...]


def fold_name(name: str) -> str:
    """A name without case, accents, apostrophes and punctuation: how names are compared ("Côte d'Ivoire" = "cote divoire")."""
    if not name.isascii():
        kept = unicodedata.normalize("NFKD", name)
        name = "".join(c for c in kept if not unicodedata.combining(c))
    return " ".join(_BETWEEN.sub(" ", _INSIDE.sub("", name.lower())).split())


@cache
def countries() -> tuple[Country, ...]:
    """All countries and territories, in the order of their ACLED names."""
    text = files("schemas").joinpath("data/countries.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return tuple(_country(row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _country(row: dict[str, str]) -> Country:
    return Country(
        name=row["country"],
        iso=int(row["iso"]) if row["iso"] else None,
        alpha2=row["alpha2"],
        alpha3=row["alpha3"],
        region=Region(row["region"]),
        capital=row["capital"],
        timezone=row["timezone"],
        demonyms=tuple(filter(None, row["demonyms"].split("|"))),
        aliases=tuple(filter(None, row["aliases"].split("|"))),
    )


@cache
def by_alpha2() -> dict[str, Country]:
    """Countries by their ISO 3166-1 alpha-2 code (Kosovo: XK)."""
    return {country.alpha2: country for country in countries()}


@cache
def by_name() -> dict[str, Country]:
    """Countries by folded name, alias or alpha-3 code. An alias never hides another country's name."""
    table: dict[str, Country] = {}
    for country in countries():
        table.setdefault(fold_name(country.alpha3), country)
    for country in countries():
        for alias in country.aliases:
            table[fold_name(alias)] = country
    for country in countries():
        table[fold_name(country.name)] = country
    return table


@cache
def by_demonym() -> dict[str, Country]:
    """Countries by folded demonym, singular and plural ("iraqi", "iraqis"); "congolese" is the Democratic Republic."""
    table: dict[str, Country] = {}
    for country in countries():
        for demonym in country.demonyms:
            word = fold_name(demonym)
            table.setdefault(word, country)
            if not word.endswith(("s", "ese", "ish", "ch", "sh")):
                table.setdefault(f"{word}s", country)
    return table


def find_country(name: str) -> Country | None:
    """The country of that name, alias, demonym or code, whatever its case and accents; None if there is none.

    Names of up to three letters are read only with a capital: "us", "in" and "car" are words.
    """
    if len(name) <= 3 and name.islower():
        return None
    word = fold_name(name)
    found = by_name().get(word) or by_demonym().get(word)
    if found is None and len(name) == 2 and name.isupper():
        return by_alpha2().get(name)
    return found
