"""An article's bytes: what is taken, what is kept, what is refused and by which name."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.parse import canonical_url, parse_article
from schemas.article import Article, PublishedBasis
from schemas.errors import ParseError
from schemas.reject import STAGE_OF, Stage
from tests.kit.bad_records import BAD_RECORDS, BadRecord, article

PARSE_RECORDS = [r for r in BAD_RECORDS if STAGE_OF[r.code] is Stage.PARSE]


@pytest.mark.parametrize("bad", PARSE_RECORDS, ids=lambda r: r.name)
def test_a_bad_record_is_refused_by_its_own_code(bad: BadRecord) -> None:
    with pytest.raises(ParseError) as refused:
        parse_article(bad.value, 0)
    assert refused.value.code is bad.code, refused.value.message


def test_unknown_fields_are_kept_as_json() -> None:
    parsed = parse_article(article(desk="night", score=3), 0)
    assert json.loads(parsed.extra or "") == {"desk": "night", "score": 3}


def test_without_published_at_the_kafka_timestamp_stands_in_and_the_row_says_so() -> None:
    parsed = parse_article(article(published_at=...), 1_700_000_000_000)
    assert parsed.published_at.isoformat() == "2023-11-14T22:13:20+00:00"
    assert parsed.published_at_basis is PublishedBasis.KAFKA_TIMESTAMP


def test_a_time_is_kept_in_utc() -> None:
    parsed = parse_article(article(published_at="2024-05-07T09:00:00+04:30"), 0)
    assert parsed.published_at.isoformat() == "2024-05-07T04:30:00+00:00"
    assert parsed.published_at_basis is PublishedBasis.ARTICLE


def test_two_spellings_of_one_url_are_one_article() -> None:
    first = parse_article(article(article_id=..., url="https://Example.org/a?utm_source=x#top"), 0)
    second = parse_article(article(article_id=..., url="https://example.org/a"), 0)
    assert first.article_id == second.article_id


def test_without_url_the_text_names_the_article() -> None:
    first = parse_article(article(article_id=..., url=...), 0)
    second = parse_article(article(article_id=..., url=..., text="Another text about another day."), 0)
    assert first.article_id != second.article_id


def test_what_is_no_url_stays_as_it_is() -> None:
    assert canonical_url("") == ""


def test_html_gives_its_text() -> None:
    page = (
        "<html><body><article><p>"
        + "Gunmen killed four traders on Monday in the town. " * 5
        + "</p></article></body></html>"
    )
    parsed = parse_article(article(text=..., html=page), 0)
    assert parsed.text.startswith("Gunmen killed four traders")
    assert "<p>" not in parsed.text


def test_a_byte_order_mark_is_no_fault() -> None:
    assert parse_article(b"\xef\xbb\xbf" + article(), 0).article_id == "bad-record"


def outcome(value: bytes) -> Article | ParseError:
    try:
        return parse_article(value, 0)
    except ParseError as error:
        return error


@given(st.binary(max_size=400))
def test_any_bytes_become_an_article_or_a_parse_error(value: bytes) -> None:
    parsed = outcome(value)
    assert parsed.text.strip() if isinstance(parsed, Article) else STAGE_OF[parsed.code] is Stage.PARSE


@given(
    st.dictionaries(
        st.sampled_from(["text", "title", "url", "published_at", "source", "schema_version", "x"]),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    )
)
def test_any_object_becomes_an_article_or_a_parse_error(fields: dict[str, object]) -> None:
    parsed = outcome(json.dumps(fields).encode())
    assert parsed.text_sha256 if isinstance(parsed, Article) else STAGE_OF[parsed.code] is Stage.PARSE
