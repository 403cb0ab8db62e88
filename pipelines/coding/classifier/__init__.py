"""The sentence classifier: what one sentence tells of, as a distribution. Trained by `training/`, used by `decide.py`."""

from pipelines.coding.classifier.labels import LABELS, Aside, Distribution, Label
from pipelines.coding.classifier.model import Classifier

__all__ = ["LABELS", "Aside", "Classifier", "Distribution", "Label"]
