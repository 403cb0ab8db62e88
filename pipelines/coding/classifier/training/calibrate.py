"""Temperature scaling: one number that makes the probabilities honest (Guo et al. 2017, "On Calibration of Modern
Neural Networks"). Pure: NumPy alone."""

from collections.abc import Sequence

import numpy as np

from pipelines.coding.classifier.labels import LABELS, Label, gather
from pipelines.coding.classifier.model import softmax

# Tried temperatures: beyond 4 nothing would be known any more.
_GRID = np.geomspace(0.25, 4.0, 81)


def fit_temperature(logits: np.ndarray, classes: Sequence[str], wanted: Sequence[Label]) -> float:
    """The temperature under which the wanted labels are likeliest."""
    return min((float(t) for t in _GRID), key=lambda t: log_loss(logits / t, classes, wanted))


def log_loss(logits: np.ndarray, classes: Sequence[str], wanted: Sequence[Label]) -> float:
    """Mean negative logarithm of the wanted label's probability, kinds of non-event added up."""
    odds = [gather(classes, row) for row in softmax(logits).tolist()]
    return float(-np.mean([np.log(max(1e-9, d.p(label))) for d, label in zip(odds, wanted, strict=True)]))


def calibration_error(confidences: Sequence[float], right: Sequence[bool], n_bins: int = 10) -> float:
    """Expected calibration error: the mean gap between how sure and how often right, over bins of sureness."""
    bins = np.minimum((np.asarray(confidences) * n_bins).astype(int), n_bins - 1)
    sure, hit = np.asarray(confidences), np.asarray(right, dtype=float)
    gaps = [
        abs(sure[bins == b].mean() - hit[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist())
    ]
    return float(sum(gaps))


def f1_by_label(wanted: Sequence[Label], found: Sequence[Label]) -> dict[Label, float]:
    """F1 of each label that was wanted."""
    pairs = list(zip(wanted, found, strict=True))
    scores = {}
    for label in LABELS:
        due = sum(w == label for w, _ in pairs)
        if due:
            hits = sum(w == f == label for w, f in pairs)
            scores[label] = 2 * hits / (due + sum(f == label for _, f in pairs))
    return scores
