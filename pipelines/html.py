"""HTML to plain text, by trafilatura, behind bounds: a page is hostile until it has passed them."""

import logging

from schemas.errors import ParseError
from schemas.reject import RejectCode


def plain_text(html: str, max_tags: int) -> str:
    """The article's text without its page; raises ParseError(BAD_HTML) where there is none or a bound is broken."""
    tags = html.count("<")
    if tags > max_tags:
        message = f"the page has {tags:,} tags; at most {max_tags:,} are read"
        raise ParseError(RejectCode.BAD_HTML, message)
    text = _extract(html)
    if not text or not text.strip():
        raise ParseError(RejectCode.BAD_HTML, "no text was found in the page")
    return text


def _extract(html: str) -> str | None:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs each page that it cannot read
    try:
        text = trafilatura.extract(html, include_comments=False, include_tables=False)
    except (ValueError, RecursionError, TypeError, AttributeError, LookupError) as error:
        raise ParseError(RejectCode.BAD_HTML, f"the page cannot be read: {error}") from None
    return str(text) if text is not None else None
