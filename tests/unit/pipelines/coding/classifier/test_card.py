"""The model card and the model that ships belong together."""

import hashlib
from pathlib import Path

import pipelines.coding
from pipelines.coding.classifier.model import MODEL

CARD = (Path(pipelines.coding.__file__).parents[2] / "docs" / "classifier.md").read_text(encoding="utf-8")


def test_the_card_tells_the_digest_of_the_network_that_ships() -> None:
    assert hashlib.sha256((MODEL / "model.onnx").read_bytes()).hexdigest() in CARD


def test_the_card_says_how_to_train_it_again() -> None:
    assert "python -m pipelines.coding.classifier.train" in CARD
