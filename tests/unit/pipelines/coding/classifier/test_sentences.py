"""The training sentences: known labels, no text twice, enough of each."""

import re
from collections import Counter
from pathlib import Path

import pytest

import pipelines.coding
from schemas.taxonomy import SubEventType

FOLDER = Path(pipelines.coding.__file__).parent / "classifier" / "sentences"
HEADER = "label\ttext"
OUTSIDE = ("criminal", "accident")
FREQUENT = (
    SubEventType.ARMED_CLASH,
    SubEventType.PEACEFUL_PROTEST,
    SubEventType.VIOLENT_DEMONSTRATION,
    SubEventType.MOB_VIOLENCE,
    SubEventType.AIR_DRONE_STRIKE,
    SubEventType.SHELLING,
    SubEventType.ATTACK,
    SubEventType.ABDUCTION,
    SubEventType.ARRESTS,
    SubEventType.LOOTING,
)
# A rare kind needs some 100 texts to be told from its neighbours, a frequent one more, for it is told in more ways.
FLOORS = (
    dict.fromkeys((s.value for s in SubEventType), 100)
    | dict.fromkeys((s.value for s in FREQUENT), 150)
    | dict.fromkeys(OUTSIDE, 200)
)


def _lines() -> list[tuple[str, str]]:
    paths = sorted(FOLDER.glob("events_*.tsv"))
    return [(p.name, line) for p in paths for line in p.read_text(encoding="utf-8").splitlines()]


def _rows() -> list[list[str]]:
    return [line.split("\t") for _, line in _lines() if line != HEADER and not line.startswith("#")]


def test_every_file_begins_with_the_header() -> None:
    paths = list(FOLDER.glob("events_*.tsv"))
    assert paths
    assert all(p.read_text(encoding="utf-8").startswith(HEADER + "\n") for p in paths)


def test_every_line_is_a_known_label_and_one_text() -> None:
    assert [r for r in _rows() if len(r) != 2 or r[0] not in FLOORS] == []


def test_every_text_has_three_words_or_more_and_no_stray_space() -> None:
    assert [t for _, t in _rows() if len(t.split()) < 3 or t != " ".join(t.split())] == []


def test_no_text_comes_twice() -> None:
    words = Counter(" ".join(re.findall(r"\w+", text.lower())) for _, text in _rows())
    assert [t for t, n in words.items() if n > 1] == []


@pytest.mark.parametrize(("label", "floor"), FLOORS.items())
def test_every_label_has_its_floor(label: str, floor: int) -> None:
    assert sum(1 for row in _rows() if row[0] == label) >= floor
