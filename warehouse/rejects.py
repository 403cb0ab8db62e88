"""What did not land: counted, listed, discarded, and handed out to be tried again.

Only reads, but for `discard`. A replay's success and failure are written by Land, in the transaction that lands it.
"""

import getpass
import socket
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime

from schemas.errors import InputError
from schemas.reject import RejectCode, RejectStatus, Stage
from warehouse.lake import Lake, quoted
from warehouse.lock import writer_lock
from warehouse.trouble import patiently

# Payloads fetched at once: at the largest that a broker takes, 32 MB each, still bearable.
PAYLOADS_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class RejectFilter:
    """Which rejects are meant: all of those given hold, and what is empty or None does not matter.

    `ids` may be beginnings of ids. `since` and `until` bound first_seen_at, UTC, `until` exclusive.
    """

    ids: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    codes: tuple[RejectCode, ...] = ()
    sources: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    status: RejectStatus | None = RejectStatus.OPEN

    def where(self) -> tuple[str, list[object]]:
        """The condition over table `rejects`, and its parameters."""
        parts: list[tuple[str, list[object]]] = []
        if self.ids:
            parts.append((" OR ".join("starts_with(reject_id, ?)" for _ in self.ids), list(self.ids)))
        for name, values in (("stage", self.stages), ("code", self.codes), ("source", self.sources)):
            if values:
                parts.append((f"{name} IN ({', '.join('?' * len(values))})", [str(v) for v in values]))
        if self.since is not None:
            parts.append(("first_seen_at >= ?", [self.since]))
        if self.until is not None:
            parts.append(("first_seen_at < ?", [self.until]))
        if self.status is not None:
            parts.append(("status = ?", [self.status.value]))
        condition = " AND ".join(f"({sql})" for sql, _ in parts) or "true"
        return condition, [value for _, values in parts for value in values]


@dataclass(frozen=True, slots=True)
class RejectCount:
    """How many rejects of one stage and code there are, by status."""

    stage: Stage
    code: RejectCode
    open: int
    replayed: int
    discarded: int
    oldest_open_at: datetime | None


@dataclass(frozen=True, slots=True)
class ListedReject:
    """One reject in a list, without its payload."""

    reject_id: str
    first_seen_at: datetime
    stage: Stage
    code: RejectCode
    status: RejectStatus
    attempts: int
    source: str | None
    ledger: str
    offset: int
    report_id: str | None
    payload_bytes: int
    message: str


@dataclass(frozen=True, slots=True)
class RejectedRecord:
    """What a replay tries again: the record as it was first read, and the reject that stands for it.

    `topic`, `partition` and `offset` are the original record's also where the reject came out of a replay.
    """

    reject_id: str
    ledger: str
    topic: str | None
    partition: int | None
    offset: int
    key: bytes | None
    timestamp_at: datetime | None
    payload: bytes


def counts(lake: Lake) -> list[RejectCount]:
    """How many there are by stage and code; the most open ones first."""
    rows = lake.rows(_COUNTS)
    return [RejectCount(Stage(row[0]), RejectCode(row[1]), *row[2:]) for row in rows]


def list_rejects(
    lake: Lake, which: RejectFilter | None = None, limit: int | None = None
) -> list[ListedReject]:
    """The rejects that are meant, newest first, at most `limit`."""
    condition, values = (which or RejectFilter()).where()
    names = ", ".join(quoted(f.name) for f in fields(ListedReject))
    bound = "" if limit is None else f" LIMIT {limit:d}"
    rows = lake.rows(
        f"SELECT {names} FROM rejects WHERE {condition} ORDER BY first_seen_at DESC, reject_id{bound}",  # noqa: S608
        values,
    )
    return [
        ListedReject(row[0], row[1], Stage(row[2]), RejectCode(row[3]), RejectStatus(row[4]), *row[5:])
        for row in rows
    ]


def discard(lake: Lake, which: RejectFilter, why: str, by: str | None = None) -> list[str]:
    """Settle the open rejects that are meant as discarded, with the reason; gives their ids.

    Their rows and payloads stay. Raises InputError where nothing open is meant or no reason is given, LakeLocked.
    """
    if not why.strip():
        raise InputError("A reject is discarded with a reason.", "Give --why.")
    note = f"{by or _who()}: {' '.join(why.split())}"
    with writer_lock(lake.settings):
        return patiently(lake.settings, lambda: _discard(lake, _open(which), note))


def _discard(lake: Lake, which: RejectFilter, note: str) -> list[str]:
    meant = [r.reject_id for r in list_rejects(lake, which)]
    if not meant:
        raise InputError("No open reject is meant.", "`tocsin rejects list` shows them.")
    marks = ", ".join("?" * len(meant))
    lake.rows(
        f"UPDATE rejects SET status = ?, settled_at = ?, settled_by = ? WHERE reject_id IN ({marks})",  # noqa: S608
        [RejectStatus.DISCARDED.value, datetime.now(UTC), note, *meant],
    )
    return meant


def count_to_replay(lake: Lake, which: RejectFilter | None = None) -> int:
    """How many records `rejects_to_replay` gives."""
    return len(_positions(lake, which or RejectFilter()))


def rejects_to_replay(lake: Lake, which: RejectFilter | None = None) -> Iterator[RejectedRecord]:
    """The records to try again: one for each offset that holds an open reject that is meant, oldest first.

    Several rejected reports of one article are one record; Land settles them together. What is to be replayed is
    settled at the first record; landing in between does not disturb it.
    """
    positions = _positions(lake, which or RejectFilter())
    for start in range(0, len(positions), PAYLOADS_AT_ONCE):
        yield from _records(lake, positions[start : start + PAYLOADS_AT_ONCE])


def _positions(lake: Lake, which: RejectFilter) -> list[str]:
    """One reject for each offset, that of the whole article before those of its reports."""
    condition, values = _open(which).where()
    rows = lake.rows(
        "SELECT first(reject_id ORDER BY report_id NULLS FIRST, reject_id) FROM rejects "  # noqa: S608
        f'WHERE {condition} GROUP BY ledger, "offset" ORDER BY min(first_seen_at), ledger, "offset"',
        values,
    )
    return [str(reject_id) for (reject_id,) in rows]


def _records(lake: Lake, ids: list[str]) -> list[RejectedRecord]:
    marks = ", ".join("?" * len(ids))
    rows = lake.rows(_RECORDS.replace("$ids", marks), ids)
    found = {str(row[0]): RejectedRecord(*row) for row in rows}
    return [found[i] for i in ids if i in found]


def _open(which: RejectFilter) -> RejectFilter:
    if which.status not in (RejectStatus.OPEN, None):
        raise InputError(f"Rejects that are {which.status} are settled.", "Only open ones can be meant here.")
    return RejectFilter(
        which.ids, which.stages, which.codes, which.sources, which.since, which.until, RejectStatus.OPEN
    )


def _who() -> str:
    return f"{getpass.getuser()}@{socket.gethostname()}"


_COUNTS = """
SELECT
    stage,
    code,
    count(*) FILTER (status = 'open') AS open,
    count(*) FILTER (status = 'replayed'),
    count(*) FILTER (status = 'discarded'),
    min(first_seen_at) FILTER (status = 'open')
FROM rejects
GROUP BY stage, code
ORDER BY open DESC, stage, code
"""
# A reject that came out of a replay counts its offset in @replay: the first reject of the same bytes tells the place.
_RECORDS = """
SELECT
    r.reject_id,
    r.ledger,
    r.topic,
    r.partition,
    coalesce(o."offset", r."offset"),
    r.record_key,
    r.record_timestamp_at,
    coalesce(r.payload, p.payload)
FROM rejects AS r
LEFT JOIN reject_payloads AS p ON r.payload IS NULL AND p.payload_sha256 = r.payload_sha256
LEFT JOIN (
    SELECT payload_sha256, topic, partition, min("offset") AS "offset"
    FROM rejects
    WHERE NOT starts_with(ledger, '@')
    GROUP BY payload_sha256, topic, partition
) AS o ON starts_with(r.ledger, '@')
    AND o.payload_sha256 = r.payload_sha256
    AND o.topic IS NOT DISTINCT FROM r.topic
    AND o.partition IS NOT DISTINCT FROM r.partition
WHERE r.reject_id IN ($ids) AND coalesce(r.payload, p.payload) IS NOT NULL
"""
