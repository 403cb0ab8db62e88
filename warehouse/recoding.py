"""Which stored articles a recoding codes again: counted, and handed out in chunks that memory does not notice.

Only reads. What is to be recoded is said by the lake alone: the article's current coding is of another version of the
coder. So what is recoded is not handed out again, and a recoding that was killed goes on where it stopped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from schemas.article import Article, PublishedBasis
from schemas.batch import Origin
from warehouse.lake import Lake, quoted

# Keys read at once: finding the next ones looks at every coding (0.3 s a million), and a key is some 300 bytes.
KEYS_AT_ONCE = 2_000
# Texts fetched at once: of the largest, a million characters each, still bearable.
TEXTS_AT_ONCE = 100
_COLUMNS = ", ".join(quoted(f.name) for f in fields(Article))


@dataclass(frozen=True, slots=True)
class RecodeFilter:
    """Which articles are meant: all of those given hold, and what is empty or None does not matter.

    `since` and `until` bound `published_at`, UTC, `until` exclusive.
    """

    sources: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    def where(self) -> tuple[str, list[object]]:
        """The condition over table `articles` (as `a`), and its parameters."""
        parts: list[tuple[str, list[object]]] = []
        if self.sources:
            parts.append((f"a.source IN ({', '.join('?' * len(self.sources))})", list(self.sources)))
        if self.since is not None:
            parts.append(("a.published_at >= ?", [self.since]))
        if self.until is not None:
            parts.append(("a.published_at < ?", [self.until]))
        condition = " AND ".join(sql for sql, _ in parts) or "true"
        return condition, [value for _, values in parts for value in values]


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as it was coded, where its record first lay, and the open reject of a recoding that failed before."""

    article: Article
    origin: Origin
    reject_id: str | None


@dataclass(frozen=True, slots=True)
class _Key:
    """Names one article to recode."""

    published_at: datetime
    article_id: str
    text_sha256: str
    topic: str | None
    partition: int | None
    offset: int
    reject_id: str | None


@dataclass(frozen=True, slots=True)
class ToRecode:
    """The articles to recode to `coder_version`: settled by `before`, so that a live stream cannot make it endless.

    An article whose recoding to this version failed is not tried again: it waits in the rejects, to be replayed.
    """

    coder_version: str
    which: RecodeFilter
    before: datetime

    def count(self, lake: Lake) -> int:
        """How many there are now."""
        ((count,),) = lake.rows(*self._query("count(*)"))
        return int(count)

    def versions(self, lake: Lake) -> tuple[str, ...]:
        """The versions that their current codings are of."""
        sql, values = self._query("DISTINCT c.coder_version")
        return tuple(sorted(str(version) for (version,) in lake.rows(sql, values)))

    def articles(self, lake: Lake) -> Iterator[StoredArticle]:
        """Each once, in order of publication and id. Between two of them the lake may be written to."""
        last: _Key | None = None
        while keys := self._keys(lake, last):
            for start in range(0, len(keys), TEXTS_AT_ONCE):
                yield from _stored(lake, keys[start : start + TEXTS_AT_ONCE])
            last = keys[-1]

    def _keys(self, lake: Lake, last: _Key | None) -> list[_Key]:
        sql, values = self._query(_KEY)
        if last is not None:
            # the first bound alone lets files be passed over
            sql += " AND a.published_at >= ? AND (a.published_at > ? OR a.article_id > ?)"
            values += [last.published_at, last.published_at, last.article_id]
        sql += f" ORDER BY a.published_at, a.article_id LIMIT {KEYS_AT_ONCE:d}"
        return [_Key(*row) for row in lake.rows(sql, values)]

    def _query(self, selected: str) -> tuple[str, list[Any]]:
        condition, values = self.which.where()
        sql = f"SELECT {selected} FROM {_TO_RECODE} AND {condition}"  # noqa: S608 the SQL is ours, values are bound
        return sql, [self.coder_version, self.before, self.coder_version, *values]


def to_recode(coder_version: str, which: RecodeFilter | None = None) -> ToRecode:
    """What is to be recoded as of now."""
    return ToRecode(coder_version, which or RecodeFilter(), datetime.now(UTC))


def _stored(lake: Lake, keys: Sequence[_Key]) -> Iterator[StoredArticle]:
    """The articles of some keys, in their order. A range of instants finds them: articles are sorted by it."""
    marks = ", ".join("?" * len(keys))
    rows = lake.rows(
        f"SELECT {_COLUMNS} FROM articles WHERE published_at BETWEEN ? AND ? AND article_id IN ({marks})",  # noqa: S608
        [keys[0].published_at, keys[-1].published_at, *(key.article_id for key in keys)],
    )
    found = {(article.article_id, article.text_sha256): article for article in map(_article, rows)}
    for key in keys:
        article = found[key.article_id, key.text_sha256]
        yield StoredArticle(article, Origin(key.topic, key.partition, key.offset), key.reject_id)


def _article(row: Sequence[Any]) -> Article:
    values = dict(zip((f.name for f in fields(Article)), row, strict=True))
    for name in ("published_at", "fetched_at"):
        values[name] = values[name].astimezone(UTC) if values[name] else None
    return Article(**{**values, "published_at_basis": PublishedBasis(values["published_at_basis"])})


_KEY = """
    a.published_at,
    a.article_id,
    a.text_sha256,
    c.topic,
    c.partition,
    c."offset",
    (
        SELECT min(r.reject_id) FROM rejects AS r
        WHERE r.ledger = '@recode' AND r.report_id IS NULL AND r.status = 'open' AND r.article_id = a.article_id
    )
"""
# A reject of this version counts if it is of the current coding: an older one is of another text or came before it.
_TO_RECODE = """codings AS c
JOIN articles AS a ON a.article_id = c.article_id AND a.text_sha256 = c.text_sha256
WHERE c.superseded_by IS NULL
    AND c.coder_version <> ?
    AND c.ingested_at < ?
    AND NOT EXISTS (
        SELECT 1 FROM rejects AS r
        WHERE r.ledger = '@recode'
            AND r.report_id IS NULL
            AND r.article_id = c.article_id
            AND r.coder_version = ?
            AND r.ingested_at >= c.ingested_at
    )
"""
