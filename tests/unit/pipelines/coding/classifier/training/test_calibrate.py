"""Calibration: temperature, its error, and F1."""

import numpy as np
import pytest

from pipelines.coding.classifier.labels import Aside
from pipelines.coding.classifier.training.calibrate import (
    calibration_error,
    f1_by_label,
    fit_temperature,
    log_loss,
)
from schemas.taxonomy import SubEventType

CLASSES = ("Attack", "none:court", "none:feared")
ATTACK, NONE = SubEventType.ATTACK, Aside.NONE


def test_boasting_logits_get_a_temperature_above_one() -> None:
    logits = np.array([[8.0, 0.0, 0.0], [8.0, 0.0, 0.0], [8.0, 0.0, 0.0], [0.0, 8.0, 0.0]])
    assert fit_temperature(logits, CLASSES, [ATTACK, ATTACK, NONE, NONE]) > 2


def test_shy_logits_get_a_temperature_below_one() -> None:
    logits = np.array([[0.5, 0.0, 0.0], [0.0, 0.5, 0.0]])
    assert fit_temperature(logits, CLASSES, [ATTACK, NONE]) < 1


def test_kinds_of_none_count_together() -> None:
    logits = np.array([[-9.0, 1.0, 1.0]])
    assert log_loss(logits, CLASSES, [NONE]) == pytest.approx(0.0, abs=1e-3)


def test_the_calibration_error_is_the_gap_between_sure_and_right() -> None:
    assert calibration_error([0.8] * 10, [True] * 8 + [False] * 2) == pytest.approx(0.0)
    assert calibration_error([0.95] * 10, [True] * 5 + [False] * 5) == pytest.approx(0.45)


def test_f1_is_given_for_each_label_that_was_wanted() -> None:
    assert f1_by_label([ATTACK, ATTACK, NONE], [ATTACK, NONE, NONE]) == {
        ATTACK: pytest.approx(2 / 3),
        NONE: pytest.approx(2 / 3),
    }
