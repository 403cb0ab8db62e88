"""Stored articles as Batches: numbered on from the ledger, whole, and only until a drain is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines import drain, recode
from pipelines.parse import parse_article
from pipelines.recode import LEDGER, as_batch, batches
from schemas.batch import Origin
from tests.kit.lake import MemoryLake, Told, land, new_lander
from warehouse.recoding import StoredArticle, to_recode


@pytest.fixture(autouse=True)
def undrained() -> Iterator[None]:
    drain.clear()
    yield
    drain.clear()


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MemoryLake:
    """Five articles; a Batch holds two."""
    monkeypatch.setattr(recode, "BATCH_RECORDS", 2)
    made = MemoryLake(tmp_path)
    land(new_lander(made), *(Told(n, f"a{n}") for n in range(5)))
    return made


def spans(found: list[Any]) -> list[tuple[int, int]]:
    return [(batch.span.from_offset, batch.span.to_offset) for batch in found]


def test_batches_follow_each_other_from_where_the_ledger_stands(lake: MemoryLake) -> None:
    found = list(batches(to_recode("coder 2"), lake, 7))
    assert spans(found) == [(7, 9), (9, 11), (11, 12)]
    assert {batch.span.ledger for batch in found} == {LEDGER}
    articles = [placed for batch in found for placed in batch.articles]
    assert [p.record.offset for p in articles] == list(range(7, 12))
    assert [p.value.article_id for p in articles] == [f"a{n}" for n in range(5)]


def test_nothing_more_is_read_once_a_drain_is_asked_for(lake: MemoryLake) -> None:
    found = batches(to_recode("coder 2"), lake, 0)
    assert spans([next(found)]) == [(0, 2)]
    drain.request(drain.Reason.STOP)
    assert list(found) == []


def test_a_record_holds_the_whole_article_and_what_it_is_tried_again_for() -> None:
    article, origin = Told(0, "a").article, Origin("articles", 2, 9)
    (placed,) = as_batch([StoredArticle(article, origin, "reject")], 4).articles
    assert parse_article(placed.record.value or b"", placed.record.timestamp_ms) == article
    assert (placed.record.origin, placed.record.reject_id) == (origin, "reject")
