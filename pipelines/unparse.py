"""From an Article back to a record's bytes, so that a stored article that fails can be rejected whole and replayed."""

from typing import Any

import orjson

from schemas.article import Article, PublishedBasis


def article_value(article: Article) -> bytes:
    """A value that `parse_article` reads as this very article (with `article_timestamp_ms` as its timestamp)."""
    dated = article.published_at_basis is PublishedBasis.ARTICLE
    known = {
        "article_id": article.article_id,
        "url": article.url,
        "title": article.title,
        "text": article.text,
        "published_at": article.published_at.isoformat() if dated else None,
        "fetched_at": article.fetched_at.isoformat() if article.fetched_at else None,
        "source": article.source,
        "source_scale": article.source_scale,
        "language": article.language,
        "schema_version": article.schema_version,
    }
    unknown: dict[str, Any] = orjson.loads(article.extra) if article.extra else {}
    return orjson.dumps(unknown | {name: value for name, value in known.items() if value not in (None, "")})


def article_timestamp_ms(article: Article) -> int:
    """The record's timestamp as far as it is known: when the article was published, which it stood for if need be."""
    return round(article.published_at.timestamp() * 1000)
