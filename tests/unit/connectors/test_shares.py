"""Who owns which partition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.shares import Share, owned
from schemas.errors import ConfigError


@given(st.integers(0, 60), st.integers(1, 6), st.integers(1, 6))
def test_every_partition_has_one_owner_among_all_slots_of_all_shares(
    partitions: int, slots: int, count: int
) -> None:
    parts = [
        owned(range(partitions), slot, slots, Share(index, count))
        for slot in range(slots)
        for index in range(1, count + 1)
    ]
    assert sorted(p for part in parts for p in part) == list(range(partitions))
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


def test_without_shares_a_slot_has_every_nth_partition() -> None:
    assert owned([5, 3, 1, 0, 2, 4], 1, 3) == (1, 4)


@pytest.mark.parametrize(
    ("text", "share"), [("1/1", Share()), ("2/3", Share(2, 3)), (" 3 / 3 ", Share(3, 3))]
)
def test_a_share_is_read_as_it_is_written(text: str, share: Share) -> None:
    assert Share.parse(text) == share
    assert Share.parse(str(share)) == share


@pytest.mark.parametrize("text", ["", "1", "0/2", "3/2", "1/0", "-1/2", "a/b", "1/2/3", "1.5/2"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        Share.parse(text)
