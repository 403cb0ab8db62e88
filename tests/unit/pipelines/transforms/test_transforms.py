"""Parsing and coding a Batch: every record ends as exactly one thing, in order, whatever it holds."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.settings import ParseSettings
from pipelines.transforms.code_reports import code_batch
from pipelines.transforms.parse_articles import parse_batch
from schemas.article import Article
from schemas.batch import Batch, ParsedBatch, Record, Span
from schemas.coding import Coding
from schemas.errors import CodingError
from schemas.ledger import LedgerKey, LedgerKind
from schemas.reject import RejectCode, Stage
from schemas.skip import SkipReason
from tests.kit.bad_records import GOOD_TEXT, article

LEDGER = LedgerKey(LedgerKind.KAFKA, "articles", 1)
FRENCH = (
    "Des hommes armés ont attaqué lundi le marché de la ville et tué quatre commerçants, selon la préfecture."
)


def batch(*values: bytes | None) -> Batch:
    records = tuple(Record(n + 5, 1_700_000_000_000, b"key", value) for n, value in enumerate(values))
    return Batch(Span(LEDGER, 5, 5 + len(values)), records)


def test_records_become_articles_skips_and_rejects() -> None:
    parsed = parse_batch(batch(article(), None, b"no json", article(text=FRENCH)), ParseSettings())
    assert [p.record.offset for p in parsed.articles] == [5]
    assert [(p.record.offset, p.value.reason) for p in parsed.skips] == [
        (6, SkipReason.TOMBSTONE),
        (8, SkipReason.UNSUPPORTED_LANGUAGE),
    ]
    assert [(p.record.offset, p.value.code) for p in parsed.rejects] == [(7, RejectCode.NOT_JSON)]


def test_a_tombstone_names_its_article_by_its_key() -> None:
    parsed = parse_batch(batch(None), ParseSettings())
    assert parsed.skips[0].value.article_id == "key"


def test_a_reject_holds_the_original_bytes() -> None:
    (reject,) = parse_batch(batch(b"\xff\x00 not text"), ParseSettings()).rejects
    assert reject.value.payload == b"\xff\x00 not text"
    assert reject.value.stage is Stage.PARSE
    assert reject.value.record_key == b"key"


def test_other_languages_are_coded_when_they_are_let_through() -> None:
    parsed = parse_batch(batch(article(text=FRENCH)), ParseSettings(), english_only=False)
    assert len(parsed.articles) == 1


@given(st.lists(st.none() | st.binary(max_size=60) | st.just(article()), max_size=8))
def test_every_record_ends_as_exactly_one_thing(values: list[bytes | None]) -> None:
    given_batch = batch(*values)
    parsed = parse_batch(given_batch, ParseSettings())
    offsets = [p.record.offset for part in (parsed.articles, parsed.skips, parsed.rejects) for p in part]
    assert sorted(offsets) == [r.offset for r in given_batch.records]


class Moody:
    """A coder that fails in every way on request."""

    version = "moody 1"

    def code_all(self, articles: Sequence[Article]) -> Iterator[Coding | CodingError]:
        for one in articles:
            if "timeout" in one.title:
                yield CodingError(RejectCode.CODING_TIMEOUT, "too slow")
            elif "crash" in one.title:
                yield CodingError(RejectCode.CODING_FAILED, "a library broke")
            else:
                yield Coding(one, self.version, (), 0, 0.0)


def parsed(*titles: str) -> ParsedBatch:
    return parse_batch(batch(*(article(title=title) for title in titles)), ParseSettings())


@pytest.mark.parametrize(
    ("title", "code"), [("timeout", RejectCode.CODING_TIMEOUT), ("crash", RejectCode.CODING_FAILED)]
)
def test_what_the_coder_cannot_code_is_one_articles_reject(title: str, code: RejectCode) -> None:
    coded = code_batch(parsed("fine", title, "fine too"), Moody())  # type: ignore[arg-type]
    assert [p.record.offset for p in coded.codings] == [5, 7]
    (reject,) = coded.rejects
    assert reject.value.code is code
    assert reject.value.stage is Stage.CODE
    assert reject.value.coder_version == "moody 1"
    assert reject.value.payload == article(title=title)


def test_earlier_skips_and_rejects_are_kept() -> None:
    coded = code_batch(parse_batch(batch(None, b"", article(text=GOOD_TEXT)), ParseSettings()), Moody())  # type: ignore[arg-type]
    assert (len(coded.codings), len(coded.skips), len(coded.rejects)) == (1, 1, 1)
