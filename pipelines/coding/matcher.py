"""Finds thousands of words and phrases in one pass over a text, at word boundaries (Aho-Corasick)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import ahocorasick_rs

Entry = TypeVar("Entry")

# Everything but letters, digits and the signs inside words becomes a space, so that every word begins after one.
_TABLE = {i: " " for i in range(128) if not chr(i).isalnum() and chr(i) not in "'-."} | {
    ord("’"): "'", ord("‘"): " ", ord("“"): " ", ord("”"): " ", ord("—"): " ", ord("–"): "-", 0xA0: " ",
}  # fmt: skip


# Characters of the longest phrase that is looked for where a longer one was cut off.
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Hit(Generic[Entry]):
    """One phrase found: offsets into the searched text, and what the lexicon says of it."""

    start: int
    end: int
    entry: Entry


class Matcher(Generic[Entry]):
    """An automaton over a lexicon. Made once; looking up changes nothing, so it may be shared by threads."""

    def __init__(self, entries: Iterable[tuple[str, Entry]]) -> None:
        table: dict[str, Entry] = {}
        for phrase, entry in entries:
            table.setdefault(f" {phrase.translate(_TABLE)}", entry)
        self._table = table
        self._entries = list(table.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(table) or [" \0"], matchkind=ahocorasick_rs.MATCHKIND_LEFTMOST_LONGEST
        )

    def find(self, lowered: str) -> list[Hit[Entry]]:
        """Longest phrases from left to right, none overlapping; `lowered` is in small letters, offsets are its own."""
        padded = " " + lowered.translate(_TABLE) + " "
        found: list[Hit[Entry]] = []
        for n, start, end in self._automaton.find_matches_as_indexes(padded):
            if not padded[end].isalnum():
                found.append(Hit(start, end - 1, self._entries[n]))
            else:
                found += self._within(padded, start, end)
        return found

    def _within(self, padded: str, start: int, end: int) -> list[Hit[Entry]]:
        """What a phrase hid that ends inside a word: "seized the villages" is no "seized the village" but "seized", and
        "artillery shelled" no "artillery shell" but "artillery" and "shelled"."""
        found, at = [], start
        while at != -1 and at < end:
            hit = self._at(padded, at)
            if hit is not None:
                found.append(hit)
            at = hit.end + 1 if hit is not None else padded.find(" ", at + 1, end)
        return found

    def _at(self, padded: str, start: int) -> Hit[Entry] | None:
        """The longest phrase of whole words that begins here."""
        cut = padded.find(" ", start + _LONGEST) if start + _LONGEST < len(padded) else len(padded) - 1
        while cut > start:
            entry = self._table.get(padded[start:cut])
            if entry is not None:
                return Hit(start, cut - 1, entry)
            cut = padded.rfind(" ", start + 1, cut)
        return None
