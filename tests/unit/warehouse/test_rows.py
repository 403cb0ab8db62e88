"""To rows: nothing that a record holds can fail the Batch."""

import dataclasses
from typing import Any

import pyarrow as pa
import pytest

from schemas.batch import CodedBatch, Placed
from schemas.derive import to_arrow
from schemas.reject import RejectCode
from schemas.tables import REJECTS, REPORTS
from tests.kit.lake import KEY, Told, coded_batch
from warehouse.columnar import arrow_table, with_column
from warehouse.landing import Fate, between
from warehouse.rows import OfCoding, Place, storable, to_landing, whole_reject


def changed(batch: CodedBatch, offset: int, **values: Any) -> CodedBatch:
    """The Batch with fields of one article changed."""
    return _changed(
        batch, offset, lambda c: dataclasses.replace(c, article=dataclasses.replace(c.article, **values))
    )


def report_changed(batch: CodedBatch, offset: int, **values: Any) -> CodedBatch:
    """The Batch with fields of one article's reports changed."""
    return _changed(
        batch,
        offset,
        lambda c: dataclasses.replace(c, reports=tuple(dataclasses.replace(r, **values) for r in c.reports)),
    )


def _changed(batch: CodedBatch, offset: int, change: Any) -> CodedBatch:
    codings = tuple(
        Placed(p.record, change(p.value)) if p.record.offset == offset else p for p in batch.codings
    )
    return dataclasses.replace(batch, codings=codings)


def three() -> CodedBatch:
    return coded_batch([Told(0, "a"), Told(1, "b", reports=2), Told(2, "c")])


BAD = [
    changed(three(), 1, title="a lone \ud800 surrogate"),
    changed(three(), 1, article_id="\udfff"),
    changed(three(), 1, schema_version=2**40),
    changed(three(), 1, published_at="yesterday"),
    report_changed(three(), 1, fatalities=2**40),
    report_changed(three(), 1, fatalities=2**70),
    report_changed(three(), 1, actor1="\ud800"),
    report_changed(three(), 1, tags=(7,)),
    report_changed(three(), 1, evidence=("not evidence",)),
]


@pytest.mark.parametrize("batch", BAD)
def test_a_value_that_arrow_cannot_hold_rejects_its_record_alone(batch: CodedBatch) -> None:
    landing = to_landing(batch)
    assert [e.fate for e in landing.entries] == [Fate.CODING, Fate.REJECT, Fate.CODING]
    reject = landing.entries[1].reject
    assert reject is not None
    assert (reject.stage.value, reject.code.value) == ("land", "not_storable")
    assert reject.payload == b"b: first text"
    assert (landing.codings.num_rows, landing.reports.num_rows) == (2, 2)
    arrow_table(REJECTS, [(reject, Place(str(KEY), None, None, 1))], frozenset({"ingested_at"}))


def test_a_skip_that_cannot_be_stored_becomes_a_reject_too() -> None:
    batch = coded_batch([Told(0, reports=None), Told(1, "b", reports=None)])
    bad = Placed(batch.skips[0].record, dataclasses.replace(batch.skips[0].value, source="\ud800"))
    landing = to_landing(dataclasses.replace(batch, skips=(bad, batch.skips[1])))
    assert [e.fate for e in landing.entries] == [Fate.REJECT, Fate.SKIP]


def test_the_texts_of_rejects_are_made_storable_and_their_bytes_kept() -> None:
    batch = coded_batch([Told(0, fails=True, payload=b"\xff\x00")])
    bad = dataclasses.replace(batch.rejects[0].value, message="two\nlines \ud800", article_id="\ud800")
    landing = to_landing(dataclasses.replace(batch, rejects=(Placed(batch.rejects[0].record, bad),)))
    reject = landing.entries[0].reject
    assert reject is not None
    assert (reject.message, reject.article_id, reject.payload) == ("two lines ?", "?", b"\xff\x00")


def test_a_timestamp_beyond_the_calendar_is_left_out_of_the_reject() -> None:
    record = dataclasses.replace(Told(0).record, timestamp_ms=2**62)
    span = coded_batch([Told(0)]).span
    reject = whole_reject(span, record, RejectCode.NOT_STORABLE, "a test").value
    assert reject.record_timestamp_at is None


def test_a_report_named_twice_by_one_coding_is_landed_once_and_counted() -> None:
    batch = coded_batch([Told(0, reports=2)])
    coding = batch.codings[0].value
    twice = dataclasses.replace(coding, reports=(coding.reports[0], coding.reports[1], coding.reports[0]))
    landing = to_landing(dataclasses.replace(batch, codings=(Placed(batch.codings[0].record, twice),)))
    assert landing.reports.num_rows == 2
    row = landing.codings.to_pylist()[0]
    assert (row["reports_coded"], row["reports_landed"], row["reports_rejected"]) == (3, 2, 1)
    assert [r.report_id for r in landing.entries[0].report_rejects] == [coding.reports[0].report_id]


def test_columns_are_those_of_the_plain_conversion() -> None:
    told = Told(0, reports=2)
    reports = [told.report(n) for n in range(2)]
    rows = [(r, OfCoding("c", None), Place(str(KEY), "articles", 0, 0)) for r in reports]
    quick = arrow_table(REPORTS, rows, frozenset({"ingested_at"}))
    plain = to_arrow([(r,) for r in reports], type(reports[0]))
    assert quick.select(plain.schema.names).equals(plain)


def test_a_column_is_set_or_added() -> None:
    table = pa.table({"a": [1]})
    assert with_column(table, "a", pa.array([2])).to_pydict() == {"a": [2]}
    assert with_column(table, "b", pa.array([2])).to_pydict() == {"a": [1], "b": [2]}


def test_a_cut_keeps_rows_counts_and_stamp_of_its_part() -> None:
    batch = coded_batch([Told(2, "a"), Told(4, "b", reports=3), Told(6, "c", fails=True)], 8, from_offset=0)
    batch = dataclasses.replace(batch, span=dataclasses.replace(batch.span, lost=2))
    landing = to_landing(batch)
    first, second = between(landing, 0, 3), between(landing, 3, 8)
    assert ([e.offset for e in first.entries], first.reports.num_rows, first.batch.span.lost) == ([2], 1, 2)
    assert ([e.offset for e in second.entries], second.reports.num_rows, second.batch.span.lost) == (
        [4, 6],
        3,
        0,
    )
    assert first.batch.span.last is None
    assert second.batch.span.last == batch.span.last
    assert between(landing, 1, 8).batch.span.lost == 1


def test_the_parts_of_a_record_agree_on_its_coding() -> None:
    landing = to_landing(coded_batch([Told(0, reports=3, failing=(1,))]))
    (entry,) = landing.entries
    ids = {*landing.codings.column("coding_id").to_pylist(), *landing.reports.column("coding_id").to_pylist()}
    assert ids == {entry.coding_id}
    assert {r.coding_id for r in entry.report_rejects} == ids


def test_storable_text_is_one_line() -> None:
    assert storable("a\n\ud800  b") == "a ? b"
