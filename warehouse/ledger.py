"""Ledgers: one small table for each sequence, made with its first row; read, checked, and changed by hand.

Knows how a ledger is stored and which log it belongs to. Landing moves it (`warehouse.land`); everything here that
changes a position by hand leaves a reason in `ledger_changes`.
"""

import dataclasses
import getpass
import os
import re
import socket
from datetime import UTC, datetime
from enum import StrEnum

from schemas.batch import Span
from schemas.derive import columns, ddl, sql_type
from schemas.errors import AnotherLog, InputError, LedgerBroken
from schemas.ledger import LedgerChange, LedgerKey, LedgerRow, LogIdentity, RecordStamp
from schemas.tables import LEDGER
from warehouse.lake import ALIAS, Lake, literal, quoted
from warehouse.lock import writer_lock
from warehouse.trouble import patiently

_TABLE = re.compile(r"ledger_.*_[0-9a-f]{8}")
_STARTED_AT = datetime.now(UTC).isoformat(timespec="seconds")
_NO_IDENTITY = LogIdentity()
_NAMES = tuple(c.name for c in LEDGER.columns)
_COLUMNS = ", ".join(map(quoted, _NAMES))


class Change(StrEnum):
    """What a hand may do to a ledger."""

    SKIP = "skip"
    REWIND = "rewind"
    ACCEPT_LOSS = "accept_loss"
    ACCEPT_NEW_TOPIC = "accept_new_topic"


def writer_name() -> str:
    """Host, process id and start time of this process: the `writer` of the ledger rows that it moves."""
    return f"{socket.gethostname()} {os.getpid()} {_STARTED_AT}"


def ledger_tables(lake: Lake) -> list[str]:
    """Names of all ledger tables, sorted."""
    return [name for name in lake.table_names() if _TABLE.fullmatch(name)]


def create_ledgers_view(lake: Lake) -> None:
    """Make the view `ledgers` over all ledger tables anew; inside the transaction that changed their number."""
    tables = ledger_tables(lake)
    nothing = ", ".join(f"NULL::{sql_type(c.kind, c.bits)} AS {quoted(c.name)}" for c in LEDGER.columns)
    parts = [f"SELECT {_COLUMNS} FROM {quoted(name)}" for name in tables]  # noqa: S608 names are ours
    parts = parts or [f"SELECT {nothing} WHERE false"]
    lake.execute("CREATE OR REPLACE VIEW ledgers AS\n" + "\nUNION ALL\n".join(parts))
    lake.execute(
        f"COMMENT ON VIEW ledgers IS {literal('Every ledger: how far each sequence has been landed.')}"
    )


def open_ledger(lake: Lake, key: LedgerKey, first: int, identity: LogIdentity = _NO_IDENTITY) -> LedgerRow:
    """The ledger's row; a ledger that is not there is made, beginning at `first`, with its row in one transaction.

    Whoever reads a sequence for the first time calls this before he hands on a Batch: `Lander` lands nothing in a
    ledger that is not there, because it could not tell a first Batch from a hole.
    """
    if row := read_ledger(lake, key):
        return row
    with writer_lock(lake.settings):
        return patiently(lake.settings, lambda: _made(lake, key, first, identity))


def _made(lake: Lake, key: LedgerKey, first: int, identity: LogIdentity) -> LedgerRow:
    if row := read_ledger(lake, key):  # another writer made it while we waited
        return row
    row = _new_row(key, first, identity)
    marks = ", ".join("?" * len(_NAMES))
    with lake.transaction():
        lake.execute(ddl(f"{ALIAS}.{quoted(key.table)}", *LEDGER.records))
        lake.execute(f"COMMENT ON TABLE {quoted(key.table)} IS {literal(f'Ledger of {key}.')}")
        lake.execute(
            f"INSERT INTO {quoted(key.table)} ({_COLUMNS}) VALUES ({marks})",  # noqa: S608 names are ours
            list(dataclasses.astuple(row)),
        )
        create_ledgers_view(lake)
    return row


def _new_row(key: LedgerKey, first: int, identity: LogIdentity) -> LedgerRow:
    return LedgerRow(
        ledger=str(key),
        cluster_id=identity.cluster_id,
        topic_id=identity.topic_id,
        next=first,
        first=first,
        codings=0,
        skips=0,
        rejects=0,
        offsets_empty=0,
        offsets_lost=0,
        offsets_skipped=0,
        offsets_reopened=0,
        last_offset=None,
        last_timestamp_ms=None,
        last_crc32=None,
        writer=writer_name(),
        updated_at=datetime.now(UTC),
    )


def read_ledger(lake: Lake, key: LedgerKey) -> LedgerRow | None:
    """The ledger's row, or None where there is no such ledger; raises LedgerBroken for other than one row."""
    if key.table not in ledger_tables(lake):
        return None
    return read_row(lake, key)


def read_row(lake: Lake, key: LedgerKey) -> LedgerRow:
    """The row of a ledger that is known to be there; raises LedgerBroken for other than one row."""
    rows = lake.rows(f"SELECT {_COLUMNS} FROM {quoted(key.table)}")  # noqa: S608 names are ours
    if len(rows) != 1:
        message = f"{key}: the ledger holds {len(rows)} rows instead of one."
        raise LedgerBroken(
            message, "Nothing was moved. Run `tocsin audit`, and restore the lake from a copy."
        )
    return LedgerRow(*rows[0])


def read_ledgers(lake: Lake) -> list[LedgerRow]:
    """All ledgers, by name. A broken ledger shows as other than one row of its name (`audit` says so)."""
    return [LedgerRow(*row) for row in lake.rows(f"SELECT {_COLUMNS} FROM ledgers ORDER BY ledger")]  # noqa: S608


def check_log(row: LedgerRow, identity: LogIdentity, found: RecordStamp | None) -> None:
    """Raise AnotherLog unless the log at hand is the ledger's.

    `found` stamps the record that the log holds at `row.last_offset`; None where it holds none there (retention or
    compaction removed it), which proves nothing.
    """
    check_identity(row, identity)
    if found is None or row.last_offset != found.offset:
        return
    last = RecordStamp(found.offset, row.last_timestamp_ms or 0, row.last_crc32 or 0)
    if row.last_crc32 is not None and last != found:
        raise _another(
            row, f"offset {found.offset} holds another record than the one landed ({found}, not {last})"
        )


def check_identity(row: LedgerRow, identity: LogIdentity) -> None:
    """Raise AnotherLog if both sides know an id and they differ (brokers before 2.8 have no topic ids)."""
    for what, ours, theirs in (
        ("cluster", row.cluster_id, identity.cluster_id),
        ("topic", row.topic_id, identity.topic_id),
    ):
        if ours and theirs and ours != theirs:
            raise _another(row, f"the {what} id is {theirs}, the ledger's {ours}")


def _another(row: LedgerRow, difference: str) -> AnotherLog:
    message = f"{row.ledger} is another log than the one that the ledger counts: {difference}."
    return AnotherLog(message, "If the topic was made anew on purpose, run again with --accept-new-topic.")


def skip_offsets(lake: Lake, key: LedgerKey, to: int, reason: str) -> LedgerRow:
    """Pass over `[next, to)` by hand; counted in `offsets_skipped`."""
    row = _existing(lake, key)
    if to <= row.next:
        message = f"{key} stands at {row.next}; it cannot skip to {to}."
        raise InputError(message, "To go back use `tocsin ledger rewind`.")
    return _change(lake, key, Change.SKIP, to, reason)


def rewind(lake: Lake, key: LedgerKey, to: int, reason: str) -> LedgerRow:
    """Open `[to, next)` again, to be read a second time; counted in `offsets_reopened`.

    No row is removed. What was landed before lands as Skip(duplicate), what was rejected before is tried again and
    counts an attempt if it fails, what was skipped is skipped again: each reading of an offset is counted once.
    """
    row = _existing(lake, key)
    if not row.first <= to < row.next:
        message = f"{key} reaches from {row.first} to {row.next}; it cannot be rewound to {to}."
        raise InputError(message, f"Give an offset from {row.first} to {row.next - 1}.")
    return _change(lake, key, Change.REWIND, to, reason)


def accept_loss(lake: Lake, key: LedgerKey, earliest: int, reason: str) -> LedgerRow:
    """Write down that `[next, earliest)` is gone; counted in `offsets_lost`. Nothing to do if it is not."""
    row = _existing(lake, key)
    return row if earliest <= row.next else _change(lake, key, Change.ACCEPT_LOSS, earliest, reason)


def accept_new_topic(lake: Lake, key: LedgerKey, first: int, identity: LogIdentity, reason: str) -> LedgerRow:
    """Let the ledger count another log from `first` on: all that it had passed of the old one counts as reopened,
    so that the sums of both stay in the equation."""
    _existing(lake, key)
    return _change(lake, key, Change.ACCEPT_NEW_TOPIC, first, reason, identity)


def _existing(lake: Lake, key: LedgerKey) -> LedgerRow:
    row = read_ledger(lake, key)
    if row is None:
        message = f"There is no ledger {key}."
        raise InputError(message, "See `tocsin ledger show`.")
    return row


def _change(  # noqa: PLR0917 all of them make the change
    lake: Lake, key: LedgerKey, change: Change, to: int, reason: str, identity: LogIdentity | None = None
) -> LedgerRow:
    if not reason.strip():
        message = f"A {change.value} needs a reason."
        raise InputError(message, "Give it with --why; it is kept in ledger_changes.")
    with writer_lock(lake.settings):
        return patiently(lake.settings, lambda: _apply(lake, key, change, to, reason, identity))


def _apply(  # noqa: PLR0917 all of them make the change
    lake: Lake, key: LedgerKey, change: Change, to: int, reason: str, identity: LogIdentity | None
) -> LedgerRow:
    with lake.transaction():
        before = read_row(lake, key)
        after = changed_row(before, change, to, identity)
        _store(lake, key, before, after)
        _insert_change(lake, before, after, change, reason)
    return after


def changed_row(row: LedgerRow, change: Change, to: int, identity: LogIdentity | None = None) -> LedgerRow:
    """The row after a change by hand; `next - first + offsets_reopened` stays the sum of all counts."""
    match change:
        case Change.SKIP:
            return dataclasses.replace(row, next=to, offsets_skipped=row.offsets_skipped + to - row.next)
        case Change.ACCEPT_LOSS:
            return dataclasses.replace(row, next=to, offsets_lost=row.offsets_lost + to - row.next)
        case Change.REWIND:
            reopened = row.offsets_reopened + row.next - to
            return dataclasses.replace(_without_stamp(row), next=to, offsets_reopened=reopened)
        case Change.ACCEPT_NEW_TOPIC:
            to_identity = identity or _NO_IDENTITY
            return dataclasses.replace(
                _without_stamp(row),
                next=to,
                first=to,
                offsets_reopened=row.offsets_reopened + row.next - row.first,
                cluster_id=to_identity.cluster_id,
                topic_id=to_identity.topic_id,
            )


def _without_stamp(row: LedgerRow) -> LedgerRow:
    """The stamp is of the record before `next`; after a step back it is not known any more."""
    return dataclasses.replace(row, last_offset=None, last_timestamp_ms=None, last_crc32=None)


def _store(lake: Lake, key: LedgerKey, before: LedgerRow, after: LedgerRow) -> None:
    values = dataclasses.asdict(after) | {"writer": writer_name(), "updated_at": datetime.now(UTC)}
    sets = ", ".join(f"{quoted(name)} = ?" for name in _NAMES)
    statement = f"UPDATE {quoted(key.table)} SET {sets} WHERE next = ?"  # noqa: S608 names are ours
    ((moved,),) = lake.rows(statement, [*(values[name] for name in _NAMES), before.next])
    if moved != 1:
        message = f"{key}: {moved} rows moved instead of one."
        raise LedgerBroken(message, "Nothing was moved. Run `tocsin audit`.")


def note_loss(lake: Lake, before: LedgerRow, span: Span) -> None:
    """Write down the loss that a Batch's span carries, in the transaction that moves its ledger."""
    if span.lost:
        why = "retention passed the ledger; accepted with --accept-loss"
        after = changed_row(before, Change.ACCEPT_LOSS, span.from_offset + span.lost)
        _insert_change(lake, before, after, Change.ACCEPT_LOSS, why)


def _insert_change(lake: Lake, before: LedgerRow, after: LedgerRow, change: Change, reason: str) -> None:
    counted = (f"offsets_{name}" for name in ("skipped", "lost", "reopened"))
    entry = LedgerChange(
        ledger=before.ledger,
        change=change.value,
        before=before.next,
        after=after.next,
        count=sum(getattr(after, name) - getattr(before, name) for name in counted),
        reason=reason.strip(),
        changed_by=f"{_login()} {socket.gethostname()}",
        changed_at=datetime.now(UTC),
    )
    names = [c.name for c in columns(LedgerChange)]
    lake.execute(
        f"INSERT INTO ledger_changes ({', '.join(map(quoted, names))}) VALUES ({', '.join('?' * len(names))})",  # noqa: S608
        list(dataclasses.astuple(entry)),
    )


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user may have no name
        return f"uid {os.getuid()}"
