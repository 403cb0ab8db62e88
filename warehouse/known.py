"""What the lake knows of articles: a quick answer for every Batch, and the exact codings of the few that are known.

The quick answer comes from an index in memory that every writer of the process shares. It stays right with several
writers because it follows the ledgers: a coding and its ledger's `next` are committed together, so whoever has read
`[cursor, next)` of every ledger has missed none. When the catalog's newest snapshot is the one already read, nothing
has changed, and that is all that is asked.
"""

import os
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.article import Article
from schemas.batch import ParsedBatch, Placed
from schemas.ledger import LedgerKind
from schemas.skip import Skip, SkipReason
from warehouse.known_index import KnownIndex, digest64
from warehouse.lake import Lake
from warehouse.settings import LakeSettings

# One wording whether the copy lies in the lake or earlier in the Batch: where Batches are cut must not show in rows.
SAME_TEXT = "the same text as the current coding"
NEVER_KNOWN = frozenset({LedgerKind.REPLAY, LedgerKind.RECODE})


@dataclass(frozen=True, slots=True)
class KnownCoding:
    """One coding of an article in the lake."""

    article_id: str
    text_sha256: str
    coding_id: str
    coder_version: str
    current: bool
    ledger: str
    topic: str | None
    partition: int | None
    offset: int
    ingested_at: datetime


_indexes: dict[tuple[str, int], KnownIndex] = {}
_registry = threading.Lock()


def index_of(settings: LakeSettings) -> KnownIndex:
    """The process's index of this lake. A lake that was made anew in the same folder has another catalog file."""
    key = (str(settings.catalog_path), os.stat(settings.catalog_path).st_ino)  # noqa: PTH116 one call, not two
    with _registry:
        return _indexes.setdefault(key, KnownIndex())


def horizon(settings: LakeSettings) -> datetime:
    """Texts landed before this instant are not compared any more."""
    return datetime.now(UTC) - timedelta(days=settings.known_days)


def refresh(index: KnownIndex, lake: Lake) -> None:
    """Bring the index up to the newest snapshot. 1 ms when nothing has changed; 0.5 s a million articles at first."""
    with index.lock:
        newest = lake.snapshot_id()
        if newest == index.snapshot:
            return
        ledgers = {
            str(name): (int(next_), int(reopened))
            for name, next_, reopened in lake.rows("SELECT ledger, next, offsets_reopened FROM ledgers")
        }
        if newest < index.snapshot or _must_reload(index.cursors, ledgers):
            _load(index, lake)
        else:
            _follow(index, lake, ledgers)
        index.cursors, index.snapshot = ledgers, newest


def _must_reload(cursors: dict[str, tuple[int, int]], ledgers: dict[str, tuple[int, int]]) -> bool:
    """At first, and when a ledger was opened again: codings may then lie behind the cursor."""
    reopened = (ledgers.get(name, (0, -1))[1] != before for name, (_, before) in cursors.items())
    return not cursors or any(reopened)


_DIGESTS = (
    "SELECT md5_number_upper(article_id) AS article, "
    "CASE WHEN ingested_at >= ? THEN md5_number_upper(text_sha256) ELSE 0 END AS text "
    "FROM codings WHERE superseded_by IS NULL"
)


def _load(index: KnownIndex, lake: Lake) -> None:
    columns: dict[str, Any] = lake.execute(_DIGESTS, [horizon(lake.settings)]).fetchnumpy()
    index.load(columns["article"], columns["text"])


def _follow(index: KnownIndex, lake: Lake, ledgers: dict[str, tuple[int, int]]) -> None:
    since = horizon(lake.settings)
    parts, values = [], []
    for name, (next_, _) in ledgers.items():
        cursor = index.cursors.get(name, (0, 0))[0]
        if name not in index.cursors or next_ > cursor:
            parts.append(f'{_DIGESTS} AND ledger = ? AND "offset" >= ?')
            values += [since, name, cursor]
    if parts:
        index.put(dict(lake.rows(" UNION ALL ".join(parts), values)))


def note(
    index: KnownIndex, lake: Lake, current: Iterable[tuple[str, str]], ledger: str, cursor: tuple[int, int]
) -> None:
    """Take in what this process has just committed, under the writers' lock: no other writer came in between."""
    with index.lock:
        index.put({digest64(article): digest64(text) for article, text in current})
        index.cursors[ledger] = cursor
        index.snapshot = lake.snapshot_id()


_CODINGS = (
    "SELECT article_id, text_sha256, coding_id, coder_version, superseded_by IS NULL, ledger, topic, "
    '"partition", "offset", ingested_at FROM codings WHERE article_id IN ({}) ORDER BY ingested_at'
)


def known_codings(lake: Lake, article_ids: Sequence[str]) -> dict[str, tuple[KnownCoding, ...]]:
    """Every coding of these articles, exactly as committed, oldest first; articles without one are left out."""
    if not article_ids:
        return {}
    marks = ", ".join("?" * len(article_ids))
    rows = lake.rows(_CODINGS.format(marks), list(article_ids))
    found: dict[str, tuple[KnownCoding, ...]] = {}
    for row in rows:
        found[row[0]] = (*found.get(row[0], ()), KnownCoding(*row))
    return found


def known_articles(index: KnownIndex, article_ids: Iterable[str]) -> list[str]:
    """Those of the articles that the index knows; the others have certainly no coding."""
    return [a for a in dict.fromkeys(article_ids) if index.text_of(digest64(a)) is not None]


def skip_known(batch: ParsedBatch, lake: Lake) -> ParsedBatch:
    """The Batch with its duplicates moved to the skips; a known id with another text stays, it is a revision.

    A duplicate has the text of the article's current coding in the lake. An article that comes a second time in one
    Batch stays, whatever its text: whether the first will be coded is not known here, and where Batches are cut must
    not decide what becomes of a record. Land, which knows, looks again under the lock. Replays and recodings pass
    unchanged: they are meant to code again. Reads only; may run beside writers.
    """
    if batch.span.ledger.kind in NEVER_KNOWN or not batch.articles:
        return batch
    index = index_of(lake.settings)
    refresh(index, lake)
    fresh: list[Placed[Article]] = []
    skips: list[Placed[Skip]] = []
    seen: set[str] = set()
    for placed in batch.articles:
        article = placed.value
        if article.article_id not in seen and _is_current(article, index):
            skips.append(Placed(placed.record, duplicate(article, SAME_TEXT)))
        else:
            fresh.append(placed)
            seen.add(article.article_id)
    if not skips:
        return batch
    together = tuple(sorted((*batch.skips, *skips), key=lambda p: p.record.offset))
    return ParsedBatch(batch.span, tuple(fresh), together, batch.rejects)


def _is_current(article: Article, index: KnownIndex) -> bool:
    return index.text_of(digest64(article.article_id)) == digest64(article.text_sha256)


def duplicate(article: Article, detail: str) -> Skip:
    """The skip of an article whose very text is already current."""
    return Skip(
        SkipReason.DUPLICATE,
        article.article_id,
        article.text_sha256,
        article.source,
        article.language,
        detail,
    )
