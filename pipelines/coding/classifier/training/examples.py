"""The sentences that the classifier learns from, and the part of them that is held out."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.coding.classifier.labels import Aside, Label, label_of
from schemas.errors import InputError

SENTENCES = Path(__file__).parent.parent / "sentences"
# One sentence of ten is never trained on: it calibrates the probabilities and gives the card's figures.
_HELD_OUT_OF = 10


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the class that its writer gave it ("Attack", "none:court")."""

    text: str
    name: str

    @property
    def label(self) -> Label:
        """The label that its class belongs to."""
        return label_of(self.name)

    @property
    def held_out(self) -> bool:
        """By the sentence's digest alone: a sentence stays on its side when others are added."""
        digest = hashlib.sha256(" ".join(self.text.lower().split()).encode()).digest()
        return digest[0] % _HELD_OUT_OF == 0


def read_examples(folder: Path = SENTENCES) -> list[Example]:
    """All examples, by file and line. Raises InputError where a line is not a known label, a tab and a text."""
    return [example for path in sorted(folder.glob("*.tsv")) for example in _read(path)]


def _read(path: Path) -> list[Example]:
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    return [_example(path, n, line) for n, line in rows if line != "label\ttext"]


def _example(path: Path, number: int, line: str) -> Example:
    name, tab, text = line.partition("\t")
    try:
        label_of(name)
    except ValueError as failure:
        raise InputError(f"{path.name}:{number}: {name!r} is no label.") from failure
    if not tab or not text.strip():
        raise InputError(f"{path.name}:{number}: a label without a sentence.")
    return Example(" ".join(text.split()), name)


def with_company(examples: Sequence[Example], share: float, chance: random.Random) -> list[Example]:
    """The examples, a share of them followed by a second sentence that tells of no event, as in a text: the label stays."""
    idle = [e for e in examples if e.label is Aside.NONE]
    if not idle:
        return list(examples)
    return [_joined(e, chance.choice(idle)) if chance.random() < share else e for e in examples]


def _joined(first: Example, second: Example) -> Example:
    stop = "" if first.text.endswith((".", "!", "?", '"')) else "."
    return Example(f"{first.text}{stop} {second.text}", first.name)
