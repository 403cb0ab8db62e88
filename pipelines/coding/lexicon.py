"""Reads the lexicons: tab-separated files with a `#` head, and the forms that their lemmas take in a text.

Knows English inflection, and nothing of events.
"""

import csv
import hashlib
from functools import cache
from importlib.resources import files

_DOUBLING = frozenset(
    "control repel transfer patrol cancel kidnap gun stab rob whip nab ram pin swap carjack plan stop plot flog cut run sit bomb-up hit set put get win grab".split()
) - {"carjack"}
_IRREGULAR_PLURALS = {
    "man": "men", "woman": "women", "child": "children", "person": "people persons", "body": "bodies",
    "gunman": "gunmen", "policeman": "policemen", "casualty": "casualties", "fatality": "fatalities",
}  # fmt: skip


@cache
def read_text(name: str) -> str:
    """A lexicon file's whole text."""
    return files("pipelines.coding").joinpath(f"lexicons/{name}").read_text(encoding="utf-8")


def read_rows(name: str) -> list[dict[str, str]]:
    """Rows of a lexicon file; lines that begin with `#` and blank ones are left out."""
    lines = [line for line in read_text(name).splitlines() if line.strip() and not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [{key: (value or "").strip() for key, value in row.items() if key} for row in rows]


def read_folder(name: str) -> list[dict[str, str]]:
    """Rows of all the lexicon files of a folder, file after file in the order of their names."""
    return [row for file in _tables() if file.startswith(f"{name}/") for row in read_rows(file)]


def split_words(cell: str) -> list[str]:
    """The words of a cell, which stand between bars."""
    return [word.strip() for word in cell.split("|") if word.strip()]


@cache
def word_set(name: str, use: str) -> frozenset[str]:
    """All words of a two-column lexicon (`use`, `words`) under one use."""
    return frozenset(w for row in read_rows(name) if row["use"] == use for w in split_words(row["words"]))


def digest() -> str:
    """Eight hex digits over all lexicon files: part of the coder's version."""
    seen = hashlib.sha256()
    for name in _tables():
        seen.update(name.encode() + b"\0" + read_text(name).encode())
    return seen.hexdigest()[:8]


@cache
def _tables() -> tuple[str, ...]:
    """Names of all lexicon files, those of folders with the folder before them, in a fixed order."""
    top = files("pipelines.coding").joinpath("lexicons")
    folders = [("", top), *((f"{entry.name}/", entry) for entry in top.iterdir() if entry.is_dir())]
    return tuple(
        sorted(
            lead + file.name
            for lead, folder in folders
            for file in folder.iterdir()
            if file.name.endswith(".tsv")
        )
    )


def verb_forms(lemma: str) -> set[str]:
    """All forms of a verb; of a phrase ("gun down") the first word bends."""
    head, _, rest = lemma.partition(" ")
    tail = f" {rest}" if rest else ""
    return {form + tail for form in _head_forms(head)}


@cache
def _irregular() -> dict[str, str]:
    return {row["verb"]: row["forms"] for row in read_rows("english/irregular.tsv")}


def _head_forms(head: str) -> set[str]:
    if head in _DOUBLING:
        stem = head + head[-1]
    elif head.endswith("e"):
        stem = head[:-1]
    else:
        stem = head
    third = _plural(head)
    gerund = head[:-2] + "ying" if head.endswith("ie") else stem + "ing"
    if head.endswith("ee"):
        gerund = head + "ing"
    past = _irregular().get(head)
    if past is None:
        past = head[:-1] + "ied" if head.endswith("y") and head[-2] not in "aeiou" else stem + "ed"
    return {head, third, gerund, *past.split()}


def noun_forms(lemma: str) -> set[str]:
    """Singular and plural of a noun; of a phrase the last word bends."""
    front, _, last = lemma.rpartition(" ")
    lead = f"{front} " if front else ""
    plural = _IRREGULAR_PLURALS.get(last, _plural(last))
    return {lemma, *(lead + word for word in plural.split())}


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "ch", "sh", "z")) or word == "go":
        return word + "es"
    if word.endswith("y") and len(word) > 1 and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith("man") and len(word) > 4:
        return word[:-3] + "men"
    return word + "s"
