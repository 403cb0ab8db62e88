"""What is no article, mixed into what is: through the real stream, each to its own end, and the rest goes through."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import count, zip_longest

import pytest

from connectors.publisher import RawRecord
from schemas.reject import STAGE_OF
from tests.kit.bad_records import BAD_RECORDS
from tests.kit.streams import Stream, article, names, records

pytestmark = pytest.mark.integration

FRENCH = (
    "Des hommes armés ont attaqué lundi le marché de la ville et tué quatre commerçants, a déclaré le gouverneur. "
    "Les assaillants ont pris la fuite avant l'arrivée des soldats."
)
GOOD = 90
# Each good article but a few stands for itself; these come again, with the same or with another text.
COPIES = [RawRecord(article(f"a-{n}"), b"copy", n % 3) for n in range(6)]
REVISIONS = [
    RawRecord(article(f"a-{n}", text=f"Soldiers shot dead two men in Kabul on Monday ({n})."), b"new", n % 3)
    for n in (6, 7)
]
FOREIGN = [
    RawRecord(article(f"fr-{n}", text=f"{FRENCH} ({n})", language=said), b"fr", n % 3)
    for n, said in enumerate(("fr", "en", None))
]
TOMBSTONES = [RawRecord(None, b"withdrawn-%d" % n, n) for n in range(3)]


def mixed() -> list[RawRecord]:
    """Good ones, bad ones and others in turn, over three partitions; what repeats a good one comes after it."""
    bad = [RawRecord(bad.value, b"bad", n % 3) for n, bad in enumerate(BAD_RECORDS)]
    pairs = zip_longest(records(GOOD), bad)
    return [r for pair in pairs for r in pair if r] + COPIES + REVISIONS + FOREIGN + TOMBSTONES


def placed(sent: list[RawRecord]) -> Iterator[tuple[str, int, RawRecord]]:
    """Each record with the partition and offset that the broker gave it: a partition keeps the order of sending."""
    offsets = [count() for _ in range(3)]
    for record in sent:
        assert record.partition is not None
        yield str(record.partition), next(offsets[record.partition]), record


def test_every_bad_record_is_rejected_whole_by_its_name_and_the_rest_goes_through(stream: Stream) -> None:
    sent = mixed()
    stream.publish(sent)
    ended = stream.catch_up()
    assert f"{len(BAD_RECORDS)} rejects" in ended.last_line
    report = stream.audit()
    assert report.differences == ()
    assert {ledger.lag for ledger in report.ledgers} == {0}
    assert sum(ledger.passed for ledger in report.ledgers) == len(sent)
    assert report.skips == {"duplicate": len(COPIES), "tombstone": 3, "unsupported_language": len(FOREIGN)}
    rejected = rejects(stream)
    for partition, offset, record in placed(sent):
        if record.key == b"bad":
            bad = next(b for b in BAD_RECORDS if b.value is record.value)
            found = rejected.pop((partition, offset))
            assert found == (STAGE_OF[bad.code].value, bad.code.value, record.value), bad.name
    assert rejected == {}


def rejects(stream: Stream) -> dict[tuple[str, int], tuple[str, str, bytes]]:
    """Stage, code and payload of each reject by its partition and offset; large payloads lie in their own table."""
    rows = stream.rows(
        """SELECT split_part(ledger, '/', 2), "offset", stage, code, coalesce(r.payload, p.payload), payload_sha256
        FROM rejects AS r LEFT JOIN reject_payloads AS p USING (payload_sha256)"""
    )
    for row in rows:
        assert hashlib.sha256(row[4]).hexdigest() == row[5]
    return {(row[0], row[1]): (row[2], row[3], bytes(row[4])) for row in rows}


def test_good_articles_copies_and_revisions_among_them_end_as_they_should(stream: Stream) -> None:
    stream.publish(records(GOOD) + COPIES + REVISIONS + FOREIGN)
    stream.catch_up()
    current = stream.rows("SELECT article_id FROM codings WHERE superseded_by IS NULL ORDER BY 1")
    assert [name for (name,) in current] == names(GOOD)
    replaced = stream.rows("SELECT article_id FROM codings WHERE superseded_by IS NOT NULL ORDER BY 1")
    assert replaced == [("a-6",), ("a-7",)]
    told = stream.rows("SELECT fatalities FROM reports_latest WHERE article_id IN ('a-6', 'a-7')")
    assert told == [(2,), (2,)]
    skipped = stream.rows("SELECT reason, article_id FROM skips ORDER BY ALL")
    assert skipped == [("duplicate", f"a-{n}") for n in range(6)] + [
        ("unsupported_language", f"fr-{n}") for n in range(3)
    ]
