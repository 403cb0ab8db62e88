"""A stored article's bytes: parsed again they are that very article, so that its reject can be replayed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.parse import parse_article
from pipelines.unparse import article_timestamp_ms, article_value
from tests.kit.bad_records import article

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
SEEN = st.sampled_from(["2024-05-07T09:00:00Z", "1931-01-31T23:59:59.123456-11:00"])
FIELDS = st.fixed_dictionaries(
    {"text": TEXT.filter(str.strip), "published_at": st.none() | SEEN},
    optional=dict.fromkeys(("title", "url", "source", "source_scale", "language", "desk"), TEXT)
    | {"fetched_at": SEEN, "score": st.integers(0, 9)},
)


@given(FIELDS, st.integers(0, 4_000_000_000_000))
def test_an_article_is_parsed_from_its_bytes_as_it_was(fields: dict[str, Any], timestamp_ms: int) -> None:
    stored = parse_article(article(**fields), timestamp_ms)
    assert parse_article(article_value(stored), article_timestamp_ms(stored)) == stored


@pytest.mark.parametrize("published_at", [..., "2024-05-07T09:00:00Z"])
def test_it_keeps_an_id_that_was_made_from_url_or_text(published_at: Any) -> None:
    stored = parse_article(article(article_id=..., published_at=published_at), 1_700_000_000_123)
    again = parse_article(article_value(stored), article_timestamp_ms(stored))
    assert again.article_id == stored.article_id
    assert again.published_at_basis is stored.published_at_basis
