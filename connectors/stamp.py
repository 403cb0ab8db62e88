"""Knows the fingerprint of a record, by which another log under the same name is recognised (DESIGN section 4.3)."""

import zlib

from schemas.ledger import RecordStamp


def stamp(offset: int, timestamp_ms: int, key: bytes | None, value: bytes | None) -> RecordStamp:
    """The record's fingerprint."""
    return RecordStamp(offset, timestamp_ms, crc32(key, value))


def crc32(key: bytes | None, value: bytes | None) -> int:
    """CRC-32 of key and value, each behind its length, so that (a, b) and (ab, empty) differ, and null and empty."""
    total = 0
    for part in (key, value):
        total = zlib.crc32(b"-;" if part is None else b"%d;" % len(part), total)
        total = zlib.crc32(part or b"", total)
    return total
