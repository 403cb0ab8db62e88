"""Factuality: what the words around a trigger make of it."""

import functools
from typing import Any

import pytest

from pipelines.coding.factuality import judge
from pipelines.coding.parser import load_parser
from schemas.precision import Factuality


@functools.cache
def parser() -> Any:
    return load_parser()


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Gunmen attacked the village on Monday.", "attacked", Factuality.ASSERTED),
        ("Police said gunmen attacked the village.", "attacked", Factuality.ATTRIBUTED),
        ("The army did not attack the village.", "attack", Factuality.DENIED),
        ("The army denied that it attacked the village.", "attacked", Factuality.DENIED),
        ("The rebels threatened to attack the village.", "attack", Factuality.THREATENED),
        ("The rebels plan to attack the village.", "attack", Factuality.PLANNED),
        ("Officials fear an attack on the village.", "attack", Factuality.FEARED),
        ("The rebels will attack the village.", "attack", Factuality.PLANNED),
        ("The rebels could attack the village.", "attack", Factuality.HYPOTHETICAL),
        ("If they attack the village, we will leave.", "attack", Factuality.CONDITIONAL),
        ("Soldiers foiled an attack on the village.", "attack", Factuality.AVERTED),
        ("The rebels launched an attack on the village.", "attack", Factuality.ASSERTED),
        ("The group, which attacked the village, plans talks.", "attacked", Factuality.ASSERTED),
    ],
)
def test_governors_decide(text: str, trigger: str, expected: Factuality) -> None:
    token = next(t for t in parser()(text) if t.text == trigger)
    assert judge(token).factuality is expected


def test_who_says_so_is_kept() -> None:
    token = next(
        t for t in parser()("A police spokesman said gunmen attacked the village.") if t.text == "attacked"
    )
    assert judge(token).attribution == "A police spokesman"
