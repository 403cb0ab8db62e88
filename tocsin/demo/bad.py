"""Records of the demo that are no articles, of a dozen kinds: what a real topic holds sooner or later."""

from connectors.publisher import RawRecord

_SOURCE = b"Broken Demo Feed"


def bad_records() -> list[RawRecord]:
    """A dozen bad records and one tombstone; each must end as a reject (or a skip) with its reason."""
    return [RawRecord(value, _SOURCE) for value in _values()] + [RawRecord(None, b"demo-withdrawn-article")]


def _values() -> list[bytes]:
    return [
        b"",
        b"Gunmen attacked a village on Monday.",
        b'{"title": "cut off in the mid',
        '{"text": "caf\u00e9"}'.encode("latin-1"),
        b"[1, 2, 3]",
        b'{"title": "no text at all", "source": "Broken Demo Feed"}',
        b'{"text": 17, "source": "Broken Demo Feed"}',
        b'{"text": "Soldiers fired on Monday.", "published_at": "20000-01-01T00:00:00Z"}',
        b'{"text": "Soldiers fired on Monday.", "published_at": "last Tuesday"}',
        b'{"text": "Soldiers fired on Monday.", "schema_version": -1}',
        b'{"text": "null \\u0000 byte"}',
        b'{"text": "half a sign \\ud800"}',
        b'{"text": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
        b'{"html": "<html><body></body></html>"}',
    ]
