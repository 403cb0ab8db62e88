"""From a record's bytes to an Article, or a ParseError that says which rule it broke. Pure; knows no Beam.

Every field is handled, kept in `extra`, or rejected: nothing is guessed (DESIGN section 3).
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urldefrag

import orjson

from pipelines.html import plain_text
from pipelines.settings import ParseSettings
from schemas.article import SCHEMA_VERSION, Article, PublishedBasis, text_digest
from schemas.errors import ParseError
from schemas.reject import RejectCode

KNOWN_FIELDS = frozenset(
    {
        "article_id",
        "url",
        "title",
        "text",
        "html",
        "published_at",
        "fetched_at",
        "source",
        "source_scale",
        "language",
        "schema_version",
    }
)
# No newspaper was printed before it; a date outside is a broken date, not an old article.
FIRST_YEAR, LAST_YEAR = 1900, 2100


def parse_article(value: bytes, timestamp_ms: int, settings: ParseSettings | None = None) -> Article:
    """The article in a record's value; `timestamp_ms` stands in where `published_at` is missing, and the row says so.

    Where both `text` and `html` are given, `text` is the article and `html` is not used. Raises ParseError.
    """
    settings = settings or ParseSettings()
    fields = _object(value, settings)
    title = _text(fields, "title", settings.max_title_chars) or ""
    url = _text(fields, "url", settings.max_field_chars)
    text = _body(fields, settings)
    published_at = _instant(fields, "published_at")
    return Article(
        article_id=_article_id(fields, url, text, settings),
        text_sha256=text_digest(title, text),
        url=url,
        title=title,
        text=text,
        published_at=published_at or datetime.fromtimestamp(timestamp_ms / 1000, UTC),
        published_at_basis=PublishedBasis.ARTICLE if published_at else PublishedBasis.KAFKA_TIMESTAMP,
        fetched_at=_instant(fields, "fetched_at"),
        source=_text(fields, "source", settings.max_field_chars) or "",
        source_scale=_text(fields, "source_scale", settings.max_field_chars),
        language=_text(fields, "language", settings.max_field_chars),
        schema_version=_schema_version(fields),
        extra=_extra(fields, settings),
    )


def _object(value: bytes, settings: ParseSettings) -> Mapping[str, Any]:
    if len(value) > settings.max_record_bytes:
        message = f"the record has {len(value):,} bytes; at most {settings.max_record_bytes:,} are parsed"
        raise ParseError(RejectCode.TOO_LARGE, message)
    if not value.strip():
        raise ParseError(RejectCode.EMPTY, "the record is empty")
    fields = _json(value.removeprefix(b"\xef\xbb\xbf"))
    if not isinstance(fields, dict):
        raise ParseError(
            RejectCode.NOT_AN_OBJECT, f"the record is a JSON {type(fields).__name__}, not an object"
        )
    return fields


def _json(value: bytes) -> Any:
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError as error:
        raise ParseError(_json_code(value, str(error)), f"not JSON: {error}") from None


def _json_code(value: bytes, message: str) -> RejectCode:
    """Which rule the JSON broke, after orjson's own words (3.13)."""
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return RejectCode.NOT_UTF8
    if "surrogate" in message:
        return RejectCode.BAD_TEXT
    if "depth limit" in message or "ecursion" in message:
        return RejectCode.TOO_DEEP
    return RejectCode.BAD_NUMBER if "infinity" in message else RejectCode.NOT_JSON


def _text(fields: Mapping[str, Any], name: str, limit: int) -> str | None:
    """A string field, stripped of nothing; None where it is missing, null or empty."""
    value = fields.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ParseError(RejectCode.WRONG_TYPE, f"{name} is a {type(value).__name__}, not a string")
    if len(value) > limit:
        message = f"{name} has {len(value):,} characters; at most {limit:,} are taken"
        raise ParseError(RejectCode.FIELD_TOO_LONG, message)
    if "\x00" in value:
        raise ParseError(RejectCode.BAD_TEXT, f"{name} holds a null byte")
    return value


def _body(fields: Mapping[str, Any], settings: ParseSettings) -> str:
    text = _text(fields, "text", settings.max_text_chars)
    html = _text(fields, "html", settings.max_record_bytes)
    if text is None and html is not None:
        text = plain_text(html, settings.max_html_tags)
        if len(text) > settings.max_text_chars:
            raise ParseError(RejectCode.FIELD_TOO_LONG, f"the page's text has {len(text):,} characters")
    if text is None or not text.strip():
        raise ParseError(RejectCode.MISSING_TEXT, "neither text nor html holds anything")
    return text


def _instant(fields: Mapping[str, Any], name: str) -> datetime | None:
    """An RFC 3339 instant in UTC; None where it is missing. A time without an offset is refused, not guessed."""
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ParseError(RejectCode.WRONG_TYPE, f"{name} is a {type(value).__name__}, not an RFC 3339 string")
    try:
        instant = datetime.fromisoformat(value)
        utc = instant.astimezone(UTC) if instant.tzinfo else None
    except (ValueError, OverflowError):
        utc = None
    if utc is None or not FIRST_YEAR <= utc.year <= LAST_YEAR:
        message = f"{name} {value[:40]!r} is not an RFC 3339 instant between {FIRST_YEAR} and {LAST_YEAR}"
        raise ParseError(RejectCode.BAD_DATE, message)
    return utc


def _schema_version(fields: Mapping[str, Any]) -> int:
    value = fields.get("schema_version", SCHEMA_VERSION)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ParseError(RejectCode.WRONG_TYPE, f"schema_version is a {type(value).__name__}, not a number")
    if isinstance(value, float) or value < 1:
        raise ParseError(RejectCode.BAD_NUMBER, f"schema_version {value!r} is not a whole number above 0")
    if value != SCHEMA_VERSION:
        message = f"schema_version {value} is not known here (known: {SCHEMA_VERSION})"
        raise ParseError(RejectCode.BAD_SCHEMA_VERSION, message)
    return SCHEMA_VERSION


def _article_id(fields: Mapping[str, Any], url: str | None, text: str, settings: ParseSettings) -> str:
    """The publisher's id; else SHA-256 of the canonical URL; else of the text."""
    given = _text(fields, "article_id", settings.max_field_chars)
    if given is not None and not given.strip():
        raise ParseError(RejectCode.MISSING_TEXT, "article_id is blank")
    seed = given or (canonical_url(url) if url else text)
    return given or hashlib.sha256(seed.encode()).hexdigest()


def canonical_url(url: str) -> str:
    """The URL without fragment, trackers and other accidents of its spelling; as given where it is no URL."""
    from courlan import clean_url

    return clean_url(urldefrag(url).url) or url


def _extra(fields: Mapping[str, Any], settings: ParseSettings) -> str | None:
    unknown = {name: value for name, value in fields.items() if name not in KNOWN_FIELDS}
    if not unknown:
        return None
    text = orjson.dumps(unknown, option=orjson.OPT_SORT_KEYS).decode()
    if len(text) > settings.max_extra_bytes:
        message = f"unknown fields take {len(text):,} bytes; at most {settings.max_extra_bytes:,} are kept"
        raise ParseError(RejectCode.FIELD_TOO_LONG, message)
    return text
