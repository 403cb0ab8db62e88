"""The gazetteer in memory: names looked up in a trie, rows read from plain columns. Built once, then mapped from files."""

import mmap
from array import array
from functools import cache
from pathlib import Path

import marisa_trie

from pipelines.coding.places.build import COLUMNS, KINDS, SCALE, build, cache_folder, loose_key
from pipelines.coding.places.place import PlaceKind
from schemas.countries import Country, countries


class Gazetteer:
    """All places that are known. Rows are numbers; what a row holds is asked for by method.

    A class, since it owns mapped files for the life of the process. Reading is safe from many threads.
    """

    def __init__(self, folder: Path) -> None:
        self._columns = {name: _column(folder / f"{name}.bin", code) for name, code in COLUMNS.items()}
        self._offsets = _column(folder / "offsets.bin", "I")
        with (folder / "labels.bin").open("rb") as file:
            self._labels = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._names = marisa_trie.Trie()
        self._names.mmap(str(folder / "names.marisa"))
        self._rows = _column(folder / "rows.bin", "I")
        self._bounds = _column(folder / "bounds.bin", "I")
        self._countries = countries()
        self._country_rows = {country.alpha2: row for row, country in enumerate(self._countries)}
        self._kinds = [KINDS[value] for value in self._columns["kind"]]

    def __len__(self) -> int:
        return len(self._kinds)

    def rows(self, name: str) -> list[int]:
        """The rows of a folded name, all its homonyms; empty where there is none."""
        return self._rows_of(f"{name} ")

    def _rows_of(self, key: str) -> list[int]:
        number = self._names.get(key)
        return [] if number is None else list(self._rows[self._bounds[number] : self._bounds[number + 1]])

    def longest(self, words: str) -> list[str]:
        """The names that `words` (folded, single spaces, a space at the end) begins with, shortest first."""
        return [name[:-1] for name in self._names.prefixes(words)]

    def kind(self, row: int) -> PlaceKind:
        """What sort of place a row is."""
        return self._kinds[row]

    def label(self, row: int) -> str:
        """The name as analysts write it."""
        return self._labels[self._offsets[row] : self._offsets[row + 1]].decode()

    def country(self, row: int) -> Country:
        """The country of a row."""
        return self._countries[self._columns["country"][row]]

    def loose_rows(self, country: int, key: str) -> list[int]:
        """The rows of a country (given by its row) whose names have the consonants of a folded name."""
        return self._rows_of(loose_key(country, key))

    def country_rows(self) -> dict[str, int]:
        """Every country's row by its alpha-2 code."""
        return self._country_rows

    def parent(self, row: int) -> int | None:
        """The row of the unit (or country) that holds this one; None for a country."""
        value = self._columns["parent"][row]
        return None if value < 0 else value

    def chain(self, row: int) -> list[int]:
        """The row and all that hold it, smallest first; the last is the country."""
        chain = [row]
        while (above := self._columns["parent"][chain[-1]]) >= 0:
            chain.append(above)
        return chain

    def population(self, row: int) -> int:
        """People in the place; for a unit those of its largest town; 0 where unknown."""
        return self._columns["population"][row]

    def position(self, row: int) -> tuple[float, float] | None:
        """Latitude and longitude with four decimals; for a unit those of its largest town; None where unknown."""
        latitude, longitude = self._columns["latitude"][row], self._columns["longitude"][row]
        if latitude == -1 and longitude == -1:
            return None
        return latitude / SCALE, longitude / SCALE

    def seat(self, row: int) -> int | None:
        """The row of a unit's largest town; None for other rows."""
        value = self._columns["seat"][row]
        return None if value < 0 else value


def _column(path: Path, code: str) -> "array[int]":
    column: array[int] = array(code)
    column.frombytes(path.read_bytes())
    return column


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of this process, built on the first use of this machine (some seconds), mapped later (milliseconds)."""
    folder = cache_folder()
    if not folder.is_dir():
        build(folder)
    return Gazetteer(folder)
