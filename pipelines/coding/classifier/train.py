"""`python -m pipelines.coding.classifier.train`: trains, exports, calibrates and prints the figures of the model card.

Needs the dependency group `train`. Takes some twenty minutes on two cores.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from pipelines.coding.classifier.labels import Aside, Distribution
from pipelines.coding.classifier.model import MODEL, Classifier
from pipelines.coding.classifier.training.calibrate import calibration_error, f1_by_label, fit_temperature
from pipelines.coding.classifier.training.examples import SENTENCES, Example, read_examples
from pipelines.coding.classifier.training.export import export, write_facts
from pipelines.coding.classifier.training.learn import Recipe, learn


def main(sentences: Path, also: Path | None, folder: Path, recipe: Recipe) -> None:
    """Trains on all sentences but those held out, and writes the model into `folder`. `also`: a folder of more sentences,
    which calibrate nothing."""
    examples = read_examples(sentences)
    more = read_examples(also) if also else []
    classes = sorted({e.name for e in examples + more})
    held_out = [e for e in examples if e.held_out]
    network = learn([e for e in examples + more if not e.held_out], classes, recipe)
    export(network, folder)
    write_facts(folder, classes, 1.0)
    write_facts(folder, classes, _temperature(folder, classes, held_out))
    _show(held_out, Classifier(folder).read([e.text for e in held_out]), len(examples))


def _temperature(folder: Path, classes: Sequence[str], held_out: Sequence[Example]) -> float:
    """From the quantised network, as it will read."""
    logits = np.array(Classifier(folder).logits([e.text for e in held_out]))
    return fit_temperature(logits, classes, [e.label for e in held_out])


def _show(held_out: Sequence[Example], found: Sequence[Distribution], n_all: int) -> None:
    wanted = [e.label for e in held_out]
    best = [d.best for d in found]
    right = [w == b for w, b in zip(wanted, best, strict=True)]
    sure = [d.p(b) for d, b in zip(found, best, strict=True)]
    scores = f1_by_label(wanted, best)
    events = [(not isinstance(w, Aside), d.p_event > 0.5) for w, d in zip(wanted, found, strict=True)]
    lines = [
        f"sentences {n_all}, held out {len(held_out)}",
        f"label right {100 * np.mean(right):.1f} %",
        f"macro F1 {100 * np.mean(list(scores.values())):.1f}",
        f"event or not right {100 * np.mean([w == f for w, f in events]):.1f} %",
        f"calibration error {100 * calibration_error(sure, right):.1f}",
        *(f"  {label}: F1 {100 * f1:.0f} of {wanted.count(label)}" for label, f1 in scores.items()),
    ]
    print("\n".join(lines))  # noqa: T201


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the sentence classifier.")
    parser.add_argument("--sentences", type=Path, default=SENTENCES)
    parser.add_argument("--also", type=Path, help="folder with what `training.weak` wrote")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--layers", type=int, default=Recipe().n_layers)
    parser.add_argument("--epochs", type=int, default=Recipe().n_epochs)
    return parser.parse_args()


if __name__ == "__main__":
    told = _arguments()
    main(told.sentences, told.also, told.model, replace(Recipe(), n_layers=told.layers, n_epochs=told.epochs))
