"""Fingerprints of records."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from connectors.stamp import crc32, stamp
from schemas.ledger import RecordStamp

PARTS = st.none() | st.binary(max_size=20)


def test_the_fingerprint_is_fixed_for_ever() -> None:
    # Ledgers hold these numbers: another way of counting would take every log for another one.
    assert stamp(7, 1_700_000_000_000, b"paper", b'{"text": "x"}') == RecordStamp(
        7, 1_700_000_000_000, 0xD2689119
    )
    assert crc32(None, None) != crc32(b"", None) != crc32(b"", b"")


@given(PARTS, PARTS, PARTS, PARTS)
def test_records_that_differ_have_other_fingerprints(
    key: bytes | None, value: bytes | None, other_key: bytes | None, other_value: bytes | None
) -> None:
    same = (key, value) == (other_key, other_value)
    assert (crc32(key, value) == crc32(other_key, other_value)) is same
