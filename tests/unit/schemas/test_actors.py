"""The interaction rule, against the published pairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.actors import LABELS, ActorType, interaction, interaction_text

TYPES = st.sampled_from(list(ActorType))


@pytest.mark.parametrize(
    ("inter1", "inter2", "number", "text"),
    [
        (1, 2, 12, "State forces-Rebel group"),
        (2, 1, 12, "State forces-Rebel group"),
        (6, None, 60, "Protesters only"),
        (7, 3, 37, "Political militia-Civilians"),
        (8, 8, 88, "External/Other forces-External/Other forces"),
        (7, 8, 78, "External/Other forces-Civilians"),
        (8, 7, 78, "External/Other forces-Civilians"),
    ],
)
def test_known_pairs(inter1: int, inter2: int | None, number: int, text: str) -> None:
    assert interaction(inter1, inter2) == number
    second = None if inter2 is None else ActorType(inter2)
    assert interaction_text(ActorType(inter1), second) == text


@given(TYPES, TYPES)
def test_the_order_of_the_actors_does_not_matter(first: ActorType, second: ActorType) -> None:
    assert interaction(first, second) == interaction(second, first)
    assert interaction_text(first, second) == interaction_text(second, first)


@given(TYPES)
def test_zero_and_none_both_mean_one_sided(inter1: ActorType) -> None:
    assert interaction(inter1, 0) == interaction(inter1, None) == 10 * inter1
    assert interaction_text(inter1, None).endswith(" only")


@given(TYPES, TYPES, TYPES, TYPES)
def test_a_number_means_one_pair(a: ActorType, b: ActorType, c: ActorType, d: ActorType) -> None:
    assert (interaction(a, b) == interaction(c, d)) == (sorted((a, b)) == sorted((c, d)))


def test_every_type_has_a_label() -> None:
    assert set(LABELS) == set(ActorType)
