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
        hits = (
            Hit(start, end - 1, self._entries[n])
            if not padded[end].isalnum()
            else self._shorter(padded, start, end)
            for n, start, end in self._automaton.find_matches_as_indexes(padded)
        )
        return [hit for hit in hits if hit is not None]

    def _shorter(self, padded: str, start: int, end: int) -> Hit[Entry] | None:
        """ "Seized the villages" begins as "seized the village" does: then "seized" stands for itself."""
        cut = padded.rfind(" ", start + 1, end)
        while cut > start:
            entry = self._table.get(padded[start:cut])
            if entry is not None:
                return Hit(start, cut - 1, entry)
            cut = padded.rfind(" ", start + 1, cut)
        return None
