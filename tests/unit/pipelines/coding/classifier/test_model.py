"""The classifier that ships: it loads, gives the same figures each time, and knows plain cases."""

import json
import shutil
from functools import cache
from pathlib import Path

import pytest

from pipelines.coding.classifier import Aside, Classifier
from pipelines.coding.classifier.labels import LABELS, label_of
from pipelines.coding.classifier.model import MODEL, Facts
from schemas.errors import InputError
from schemas.taxonomy import EventType, SubEventType

TEXTS = (
    "Gunmen on motorcycles shot dead four farmers in a field outside the village on Tuesday.",
    "The minister said talks on the new budget would go on next week.",
    "Hundreds of nurses marched through the capital to demand better pay.",
)


@cache
def classifier() -> Classifier:
    return Classifier()


def test_every_class_of_the_network_is_a_known_label_and_none_is_missing() -> None:
    assert {label_of(name) for name in classifier().facts.classes} == set(LABELS)


def test_probabilities_sum_to_one() -> None:
    for odds in classifier().read(TEXTS):
        assert sum(odds.probabilities) == pytest.approx(1.0)


def test_a_sentence_reads_the_same_alone_among_others_and_in_another_classifier() -> None:
    together = classifier().read(TEXTS)
    assert [classifier().read([text])[0] for text in TEXTS] == together
    assert Classifier().read(TEXTS) == together


def test_plain_cases_are_known() -> None:
    attack, budget, march = classifier().read(TEXTS)
    assert attack.best is SubEventType.ATTACK
    assert budget.best is Aside.NONE
    assert march.p_type(EventType.PROTESTS) > 0.5


def test_an_endless_text_an_empty_one_and_other_scripts_are_read_too() -> None:
    assert len(classifier().read(["bomb " * 100_000, "", "Взрыв в городе 爆炸 🙂"])) == 3
    assert classifier().read([]) == []


@pytest.mark.parametrize(
    "labels", ["{", "[]", '{"classes": ["Brawl"], "temperature": 1}', '{"classes": ["Attack"]}']
)
def test_broken_labels_are_an_error_of_ours(labels: str, tmp_path: Path) -> None:
    (tmp_path / "labels.json").write_text(labels, encoding="utf-8")
    with pytest.raises(InputError, match="labels"):
        Facts.read(tmp_path)


def test_a_broken_network_is_an_error_of_ours(tmp_path: Path) -> None:
    for name in ("labels.json", "tokenizer.json"):
        shutil.copy(MODEL / name, tmp_path / name)
    (tmp_path / "model.onnx").write_bytes(b"no network")
    with pytest.raises(InputError, match="network"):
        Classifier(tmp_path)


def test_the_model_is_small_and_holds_no_pickle() -> None:
    assert sorted(p.name for p in MODEL.iterdir()) == ["labels.json", "model.onnx", "tokenizer.json"]
    assert sum(p.stat().st_size for p in MODEL.iterdir()) < 30_000_000
    assert json.loads((MODEL / "tokenizer.json").read_text(encoding="utf-8"))["model"]["type"] == "WordPiece"
