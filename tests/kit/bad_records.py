"""Bad records of many kinds, each with the stage and code that it must be rejected with. All written by us."""

import json
from dataclasses import dataclass
from typing import Any

from schemas.reject import RejectCode

GOOD_TEXT = (
    "Gunmen attacked the market town of Sorobi on Monday and killed four traders, the district governor said. "
    "The attackers fled before soldiers arrived."
)


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that is no article, and what must be said of it."""

    name: str
    value: bytes
    code: RejectCode


def article(**fields: Any) -> bytes:
    """A good article's JSON with some fields replaced; `...` removes one."""
    good = {
        "article_id": "bad-record",
        "url": "https://example.org/a",
        "title": "Four traders killed",
        "text": GOOD_TEXT,
        "published_at": "2024-05-07T09:00:00Z",
        "source": "Test Gazette",
        "language": "en",
    }
    merged = {k: v for k, v in {**good, **fields}.items() if v is not ...}
    return json.dumps(merged, ensure_ascii=False).encode()


def nested(depth: int) -> bytes:
    """An article whose unknown field is nested `depth` deep."""
    return article()[:-1] + b',"deep":' + b"[" * depth + b"]" * depth + b"}"


C = RejectCode
BAD_RECORDS: tuple[BadRecord, ...] = (
    BadRecord("empty", b"", C.EMPTY),
    BadRecord("only spaces", b"  \n\t ", C.EMPTY),
    BadRecord("plain prose", GOOD_TEXT.encode(), C.NOT_JSON),
    BadRecord("truncated", article()[:-40], C.NOT_JSON),
    BadRecord("two objects", article() + article(), C.NOT_JSON),
    BadRecord("single quotes", b"{'text': 'x'}", C.NOT_JSON),
    BadRecord("a NaN", article()[:-1] + b',"score":NaN}', C.NOT_JSON),
    BadRecord("an endless number", article()[:-1] + b',"score":1e999}', C.BAD_NUMBER),
    BadRecord("a raw control character", b'{"text":"a\x01b"}', C.NOT_JSON),
    BadRecord("Latin-1", '{"text":"café"}'.encode("latin-1"), C.NOT_UTF8),
    BadRecord("UTF-16", article().decode().encode("utf-16"), C.NOT_UTF8),
    BadRecord("random bytes", bytes(range(128, 256)) * 4, C.NOT_UTF8),
    BadRecord("a list", b"[1, 2, 3]", C.NOT_AN_OBJECT),
    BadRecord("a string", b'"text"', C.NOT_AN_OBJECT),
    BadRecord("null", b"null", C.NOT_AN_OBJECT),
    BadRecord("a number", b"42", C.NOT_AN_OBJECT),
    BadRecord("nested 10,000 deep", nested(10_000), C.TOO_DEEP),
    BadRecord("20 MB", article(text="word " * 4_000_000), C.TOO_LARGE),
    BadRecord("a null byte in the text", article(text="Gunmen\x00 attacked."), C.BAD_TEXT),
    BadRecord("a null byte in the title", article(title="Four\x00killed"), C.BAD_TEXT),
    BadRecord("a lone surrogate", article(text="@").replace(b"@", b"\\ud800"), C.BAD_TEXT),
    BadRecord("no text", article(text=...), C.MISSING_TEXT),
    BadRecord("null text", article(text=None), C.MISSING_TEXT),
    BadRecord("blank text", article(text=" \n "), C.MISSING_TEXT),
    BadRecord("an empty object", b"{}", C.MISSING_TEXT),
    BadRecord("text a number", article(text=7), C.WRONG_TYPE),
    BadRecord("text a list", article(text=["a", "b"]), C.WRONG_TYPE),
    BadRecord("html an object", article(text=..., html={"a": 1}), C.WRONG_TYPE),
    BadRecord("title a list", article(title=["a"]), C.WRONG_TYPE),
    BadRecord("url a number", article(url=3.5), C.WRONG_TYPE),
    BadRecord("source true", article(source=True), C.WRONG_TYPE),
    BadRecord("source_scale a number", article(source_scale=1), C.WRONG_TYPE),
    BadRecord("language an object", article(language={}), C.WRONG_TYPE),
    BadRecord("article_id a number", article(article_id=99), C.WRONG_TYPE),
    BadRecord("published_at a number", article(published_at=1715072400), C.WRONG_TYPE),
    BadRecord("fetched_at a list", article(fetched_at=[]), C.WRONG_TYPE),
    BadRecord("schema_version a string", article(schema_version="1"), C.WRONG_TYPE),
    BadRecord("schema_version negative", article(schema_version=-1), C.BAD_NUMBER),
    BadRecord("schema_version half", article(schema_version=1.5), C.BAD_NUMBER),
    BadRecord("schema_version of tomorrow", article(schema_version=9), C.BAD_SCHEMA_VERSION),
    BadRecord("the year 20000", article(published_at="20000-01-01T00:00:00Z"), C.BAD_DATE),
    BadRecord("the year 1", article(published_at="0001-01-01T00:00:00Z"), C.BAD_DATE),
    BadRecord("30 February", article(published_at="2024-02-30T00:00:00Z"), C.BAD_DATE),
    BadRecord("a date without a zone", article(published_at="2024-05-07T09:00:00"), C.BAD_DATE),
    BadRecord("a date in words", article(published_at="last Tuesday"), C.BAD_DATE),
    BadRecord("an offset out of reach", article(published_at="1900-01-01T00:00:00+23:59"), C.BAD_DATE),
    BadRecord("a title of 10,000 characters", article(title="killed " * 1_500), C.FIELD_TOO_LONG),
    BadRecord(
        "a URL of 10,000 characters", article(url="https://example.org/" + "a" * 10_000), C.FIELD_TOO_LONG
    ),
    BadRecord("a million-word sentence", article(text="and soldiers fired " * 350_000), C.FIELD_TOO_LONG),
    BadRecord("100 KB of unknown fields", article(junk="x" * 100_000), C.FIELD_TOO_LONG),
    BadRecord("a blank article_id", article(article_id="  "), C.MISSING_TEXT),
    BadRecord("an HTML bomb", article(text=..., html="<div>" * 60_000), C.BAD_HTML),
    BadRecord("HTML without text", article(text=..., html="<html><body></body></html>"), C.BAD_HTML),
    BadRecord(
        "an XML entity bomb",
        article(text=..., html='<!DOCTYPE l [<!ENTITY a "&a;&a;">]><l>&a;</l>'),
        C.BAD_HTML,
    ),
    BadRecord(
        "a sentence of 40,000 words",
        article(text="and soldiers killed people " * 10_000),
        C.SENTENCE_TOO_LONG,
    ),
)
