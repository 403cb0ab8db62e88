"""The word lists that steer the reading of names, from `data/words.txt`."""

from functools import cache
from importlib.resources import files


@cache
def _blocks() -> dict[str, frozenset[str]]:
    blocks: dict[str, set[str]] = {}
    current: set[str] = set()
    text = files("pipelines.coding.places").joinpath("data/words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            current = blocks.setdefault(line.strip("[]"), set())
        elif line and not line.startswith("#"):
            current.update(line.split())
    return {name: frozenset(words) for name, words in blocks.items()}


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one block (`unit1`, `unit2`, `town`, `facility`, `organisation`, `title`, `ordinary`, `person`,
    `given`); units also in the plural. Raises KeyError for another name."""
    block = _blocks()[kind]
    if kind in ("unit1", "unit2", "town"):
        return block | {f"{word[:-1]}ies" if word.endswith("y") else f"{word}s" for word in block}
    return block


@cache
def us_states() -> dict[str, str]:
    """Abbreviations of the states of the United States as written, without the last dot ("Va", "N.C", "OH"), to names."""
    pairs = (entry.split("=") for entry in _blocks()["usstates"])
    return {
        (short if short.isupper() else short.capitalize()): name.replace("_", " ") for short, name in pairs
    }
