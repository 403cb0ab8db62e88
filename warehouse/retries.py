"""Which rejects a landing tries again: those that a replay names, and those of offsets that are read a second time."""

import hashlib
from collections.abc import Iterable

from schemas.reject import RejectStatus
from warehouse.known import NEVER_KNOWN
from warehouse.lake import Lake
from warehouse.landing import Landing
from warehouse.plan import KnownReject

_REJECTS = 'SELECT reject_id, status, attempts, article_id, report_id, payload_sha256, ledger, "offset" FROM rejects WHERE '
Retries = tuple[dict[str, KnownReject], dict[int, str]]


def known_rejects(lake: Lake, landing: Landing, *, reopened: bool) -> Retries:
    """The rejects that matter to this landing, and the one that each offset tries again.

    A ledger that was never opened again has none, and nothing is asked: the common case costs nothing.
    """
    if landing.batch.span.ledger.kind in NEVER_KNOWN:
        return _replayed(lake, landing)
    return _read_again(lake, landing) if reopened else ({}, {})


def _replayed(lake: Lake, landing: Landing) -> Retries:
    retried = {e.offset: e.record.reject_id for e in landing.entries if e.record.reject_id}
    articles = sorted({e.article.article_id for e in landing.entries if e.article})
    conditions, values = [], []
    if retried:
        conditions.append(f"reject_id IN ({_marks(retried)})")
        values += sorted(set(retried.values()))
    if articles:
        conditions.append(
            f"(status = 'open' AND report_id IS NOT NULL AND article_id IN ({_marks(articles)}))"
        )
        values += articles
    if not conditions:
        return {}, {}
    rows = lake.rows(_REJECTS + " OR ".join(conditions), values)
    return {row[0]: _known(row) for row in rows}, retried


def _read_again(lake: Lake, landing: Landing) -> Retries:
    span = landing.batch.span
    rows = lake.rows(
        _REJECTS + 'ledger = ? AND "offset" >= ? AND "offset" < ?',
        [str(span.ledger), span.from_offset, span.to_offset],
    )
    # the same offset of a topic that was made anew holds another record: the bytes tell
    whole = {(row[7], row[5]): row[0] for row in rows if row[4] is None}
    retried = {
        e.offset: found
        for e in landing.entries
        if (found := whole.get((e.offset, hashlib.sha256(e.record.value or b"").hexdigest())))
    }
    return {row[0]: _known(row) for row in rows}, retried


def _known(row: tuple[object, ...]) -> KnownReject:
    reject_id, status, attempts, article_id, report_id, digest, ledger = row[:7]
    return KnownReject(
        str(reject_id),
        RejectStatus(str(status)),
        int(str(attempts)),
        None if article_id is None else str(article_id),
        None if report_id is None else str(report_id),
        str(digest),
        str(ledger),
    )


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)
