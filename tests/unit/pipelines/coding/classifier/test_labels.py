"""Labels and distributions: kinds of non-event add up to none."""

import pytest

from pipelines.coding.classifier.labels import LABELS, Aside, Distribution, gather, label_of
from schemas.taxonomy import EventType, SubEventType

CLASSES = ("Attack", "Armed clash", "criminal", "none:court", "none:feared")


def test_there_is_a_label_for_each_sub_event_type_and_three_besides() -> None:
    assert len(LABELS) == len(SubEventType) + 3


def test_a_kind_of_non_event_is_none() -> None:
    assert label_of("none:court") is Aside.NONE
    assert label_of("Mob violence") is SubEventType.MOB_VIOLENCE


def test_an_unknown_label_is_refused() -> None:
    with pytest.raises(ValueError, match="Brawl"):
        label_of("Brawl")


def test_kinds_of_non_event_add_up() -> None:
    odds = gather(CLASSES, (0.1, 0.2, 0.1, 0.25, 0.35))
    assert odds.p(Aside.NONE) == pytest.approx(0.6)
    assert odds.kind == "feared"
    assert odds.best is Aside.NONE
    assert odds.best_event is SubEventType.ARMED_CLASH


def test_the_probability_of_an_event_leaves_crime_and_none_out() -> None:
    odds = gather(CLASSES, (0.1, 0.2, 0.1, 0.25, 0.35))
    assert odds.p_event == pytest.approx(0.3)
    assert odds.p_type(EventType.BATTLES) == pytest.approx(0.2)


def test_labels_that_the_network_does_not_know_have_no_probability() -> None:
    odds = gather(("Attack",), (1.0,))
    assert isinstance(odds, Distribution)
    assert odds.p(SubEventType.GRENADE) == 0.0
