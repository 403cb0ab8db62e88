"""The non-events that the classifier learns from: well formed, of known kinds, enough of each."""

from collections import Counter
from pathlib import Path

import pytest

import pipelines.coding

SENTENCES = Path(pipelines.coding.__file__).parent / "classifier" / "sentences"
HEADER = "label\ttext"
# Fewest texts of a kind: what was written, less a small margin for rows that a later reader strikes out.
FLOORS = {
    "none:anniversary": 10,
    "none:averted": 10,
    "none:background": 10,
    "none:conditional": 10,
    "none:court": 10,
    "none:demanded": 10,
    "none:denied": 10,
    "none:disaster_politics": 10,
    "none:drill": 10,
    "none:economy": 10,
    "none:feared": 10,
    "none:fiction": 10,
    "none:generic": 10,
    "none:hoped": 9,
    "none:hypothetical": 10,
    "none:investigation": 10,
    "none:metaphor": 10,
    "none:planned": 10,
    "none:police_routine": 10,
    "none:politics": 10,
    "none:rally": 10,
    "none:relief": 10,
    "none:science_health_culture": 10,
    "none:sport": 10,
    "none:statement": 10,
    "none:strike": 10,
    "none:threatened": 10,
}
FILES = sorted(SENTENCES.glob("nonevents_*.tsv"))


def rows(path: Path) -> list[tuple[str, str]]:
    """Label and text of each line that is neither the header nor a comment."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    assert all(len(cell) == 2 for cell in cells), path.name
    return [(label, text) for label, text in cells]


ROWS = [row for path in FILES for row in rows(path)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_opens_with_the_header(path: Path) -> None:
    assert path.read_text(encoding="utf-8").splitlines()[0] == HEADER


def test_every_label_is_a_known_kind() -> None:
    assert {label for label, _ in ROWS} <= set(FLOORS)


@pytest.mark.parametrize("label", sorted(FLOORS))
def test_each_kind_has_its_floor(label: str) -> None:
    assert Counter(label for label, _ in ROWS)[label] >= FLOORS[label]


def test_no_text_comes_twice() -> None:
    twice = [text for text, n in Counter(text.casefold() for _, text in ROWS).items() if n > 1]
    assert twice == []


def test_every_text_is_clean_and_has_three_words_or_more() -> None:
    poor = [text for _, text in ROWS if text != " ".join(text.split()) or len(text.split()) < 3]
    assert poor == []
