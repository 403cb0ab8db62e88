"""Loads the sentence classifier and reads sentences with it. Knows nothing of articles and events.

The network is an ONNX file and the tokenizer a JSON file: neither can hold code.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from pipelines.coding.classifier.labels import Distribution, gather, label_of
from schemas.errors import InputError

MODEL = Path(__file__).parent / "model"
# Word pieces that are read: a sentence of news has 35, and its event stands in the first half of a longer one.
MAX_TOKENS = 64
# Longer texts are cut before they are split into words: 64 pieces are never more than 64 x 20 characters of prose.
_MAX_CHARS = 1_300


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands beside the network: its classes in order, and the temperature that calibrates them."""

    classes: tuple[str, ...]
    temperature: float

    @classmethod
    def read(cls, folder: Path) -> "Facts":
        """From labels.json. Raises InputError where it is missing or names an unknown label."""
        try:
            told = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            facts = cls(tuple(told["classes"]), float(told["temperature"]))
            for name in facts.classes:
                label_of(name)
        except (OSError, ValueError, KeyError, TypeError) as failure:
            message = f"The classifier's labels in {folder} cannot be read ({failure})."
            raise InputError(message, "Install Tocsin again.") from failure
        return facts


class Classifier:
    """Holds the network. Reading the same sentence twice gives the same figures, alone or among others."""

    def __init__(self, folder: Path = MODEL) -> None:
        self.facts = Facts.read(folder)
        try:
            network = (folder / "model.onnx").read_bytes()
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session = onnxruntime.InferenceSession(
                network, _options(), providers=["CPUExecutionProvider"]
            )
        except Exception as failure:  # both libraries raise bare Exceptions
            message = f"The classifier's network in {folder} cannot be read ({failure})."
            raise InputError(message, "Install Tocsin again.") from failure
        self.digest = hashlib.sha256(network).hexdigest()[:8]
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def read(self, texts: Sequence[str]) -> list[Distribution]:
        """The distribution of each text, in order.

        One text a call of the network: its int8 arithmetic takes its scale from all that it reads at once, so a sentence
        among others would read a little differently; and on one thread a batch is no faster.
        """
        odds = softmax(np.array(self.logits(texts)) / self.facts.temperature) if texts else np.empty((0, 0))
        return [gather(self.facts.classes, row) for row in odds.tolist()]

    def logits(self, texts: Sequence[str]) -> list[np.ndarray]:
        """What the network says of each text before calibration, one row of its classes each."""
        return [self._logits(text) for text in texts]

    def _logits(self, text: str) -> np.ndarray:
        tokens = self._tokenizer.encode(text[:_MAX_CHARS]).ids
        (logits,) = self._session.run(["logits"], {"input_ids": np.array([tokens], dtype=np.int64)})
        return np.asarray(logits[0], dtype=np.float64)


def softmax(logits: np.ndarray) -> np.ndarray:
    """Probabilities from logits, along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def _options() -> onnxruntime.SessionOptions:
    """One thread: the stream's parallelism lies in its processes."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options
