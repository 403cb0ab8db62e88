"""The index of known articles answers as a dict would, and counts digests as DuckDB does."""

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse import known_index
from warehouse.known_index import KnownIndex, digest64

NUMBERS = st.integers(0, 40)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_digests_are_those_of_duckdb(text: str) -> None:
    ((there,),) = duckdb.execute("SELECT md5_number_upper($t)", {"t": text}).fetchall()
    assert digest64(text) == there


def test_a_text_that_no_table_can_hold_has_a_digest_all_the_same() -> None:
    assert digest64("\ud800") != digest64("?")


@given(
    loaded=st.lists(st.tuples(NUMBERS, NUMBERS)),
    put=st.lists(st.dictionaries(NUMBERS, NUMBERS, max_size=6), max_size=8),
)
def test_it_answers_as_a_dict_would(loaded: list[tuple[int, int]], put: list[dict[int, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(known_index, "FOLD_AT", 5)
        index, model = KnownIndex(), dict(loaded)
        index.load(np.array([i for i, _ in loaded], np.uint64), np.array([t for _, t in loaded], np.uint64))
        for more in put:
            index.put(more)
            model |= more
        assert {n: index.text_of(n) for n in range(41)} == {n: model.get(n) for n in range(41)}


def test_a_million_articles_take_16_bytes_each() -> None:
    index = KnownIndex()
    ids = np.arange(1_000_000, dtype=np.uint64)
    index.load(ids, ids)
    assert index.nbytes == 16_000_000
    assert index.text_of(999_999) == 999_999
    assert index.text_of(1_000_000) is None
