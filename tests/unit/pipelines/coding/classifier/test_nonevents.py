"""The non-events that the classifier learns from: well formed, of known kinds, enough of each."""

from collections import Counter
from pathlib import Path

import pytest

import pipelines.coding

SENTENCES = Path(pipelines.coding.__file__).parent / "classifier" / "sentences"
HEADER = "label\ttext"
# Fewest texts of a kind: what was written, less a small margin for rows that a later reader strikes out.
FLOORS = {
    "none:anniversary": 155,
    "none:averted": 70,
    "none:background": 165,
    "none:conditional": 65,
    "none:court": 175,
    "none:demanded": 165,
    "none:denied": 85,
    "none:disaster_politics": 70,
    "none:drill": 75,
    "none:economy": 70,
    "none:feared": 65,
    "none:fiction": 75,
    "none:generic": 165,
    "none:hoped": 65,
    "none:hypothetical": 65,
    "none:investigation": 165,
    "none:metaphor": 160,
    "none:planned": 165,
    "none:police_routine": 70,
    "none:politics": 175,
    "none:rally": 155,
    "none:relief": 80,
    "none:science_health_culture": 70,
    "none:sport": 150,
    "none:statement": 180,
    "none:strike": 75,
    "none:threatened": 160,
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
