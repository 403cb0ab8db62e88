"""Writes one planned landing into the lake, inside the transaction that the caller has opened.

Knows the statements; decides nothing. Inserts name their columns: a column added later breaks no older writer.
"""

import dataclasses
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from schemas.errors import LakeError, LedgerBroken
from schemas.ledger import LedgerRow
from schemas.reject import Reject, RejectPayload, RejectStatus
from schemas.tables import REJECT_ATTEMPTS, REJECT_PAYLOADS, REJECTS, SKIPS
from warehouse.columnar import arrow_table, with_column
from warehouse.lake import Lake, quoted
from warehouse.landing import Landing
from warehouse.ledger import writer_name
from warehouse.plan import Plan
from warehouse.rows import AT_LANDING, place

# larger payloads lie in a table of their own: a catalog full of 20 MB texts is slow for everybody
INLINE_PAYLOAD_BYTES = 64 * 1024


def write_rows(lake: Lake, landing: Landing, plan: Plan, landed_at: datetime) -> None:
    """Supersede what is replaced, then insert all rows. Raises DuckDB's errors."""
    if plan.supersede:
        _supersede(lake, plan)
    late = set(plan.late)
    for name, table in (
        ("articles", _without(landing.articles, late | plan.old_texts)),
        ("codings", _with_successors(_without(landing.codings, late), plan.superseded)),
        ("reports", _with_successors(_without(landing.reports, late), plan.superseded)),
        ("skips", _skips(landing, plan)),
    ):
        _insert(lake, name, table, landed_at)
    if plan.rejects:
        _insert_rejects(lake, landing, plan, landed_at)
    if plan.attempts:
        insert(lake, "reject_attempts", arrow_table(REJECT_ATTEMPTS, [(a,) for a in plan.attempts]))
        _count_attempts(lake, plan)
    if plan.settled:
        _settle(lake, plan.settled, landed_at)


def insert(lake: Lake, name: str, table: pa.Table) -> None:
    """Insert an Arrow table by the names of its columns; nothing for an empty one."""
    if table.num_rows == 0:
        return
    lake.connection.register("incoming", table)
    try:
        lake.execute(f"INSERT INTO {quoted(name)} BY NAME SELECT * FROM incoming")  # noqa: S608 names are ours
    finally:
        lake.connection.unregister("incoming")


def move_ledger(lake: Lake, landing: Landing, plan: Plan, row: LedgerRow, landed_at: datetime) -> None:
    """The fence: move `next` from the Batch's beginning to its end, with the counts; raises LedgerBroken if the
    ledger does not stand where it stood a moment ago."""
    span = landing.batch.span
    empty = span.to_offset - span.from_offset - len(landing.entries) - span.lost
    last = span.last
    values = {
        "next": span.to_offset,
        "codings": row.codings + plan.codings,
        "skips": row.skips + plan.skips,
        "rejects": row.rejects + plan.rejected,
        "offsets_empty": row.offsets_empty + empty,
        "offsets_lost": row.offsets_lost + span.lost,
        "last_offset": last.offset if last else row.last_offset,
        "last_timestamp_ms": last.timestamp_ms if last else row.last_timestamp_ms,
        "last_crc32": last.crc32 if last else row.last_crc32,
        "writer": writer_name(),
        "updated_at": landed_at,
    }
    sets = ", ".join(f"{quoted(name)} = ?" for name in values)
    statement = f"UPDATE {quoted(span.ledger.table)} SET {sets} WHERE next = ?"  # noqa: S608 names are ours
    ((moved,),) = lake.rows(statement, [*values.values(), span.from_offset])
    if moved != 1:
        message = f"{span.ledger}: the fence moved {moved} rows instead of one."
        raise LedgerBroken(message, "Nothing was landed. Run `tocsin audit`.")


def _insert(lake: Lake, name: str, table: pa.Table, landed_at: datetime) -> None:
    if table.num_rows:
        instants = pa.repeat(pa.scalar(landed_at, pa.timestamp("us", tz="UTC")), table.num_rows)
        insert(lake, name, with_column(table, "ingested_at", instants))


def _without(table: pa.Table, offsets: Collection[int]) -> pa.Table:
    if not offsets:
        return table
    return table.filter(pc.invert(pc.is_in(table.column("offset"), pa.array(sorted(offsets), pa.int64()))))


def _with_successors(table: pa.Table, superseded: Mapping[str, str]) -> pa.Table:
    if not superseded:
        return table
    successors = [superseded.get(coding) for coding in table.column("coding_id").to_pylist()]
    return with_column(table, "superseded_by", pa.array(successors, pa.string()))


def _skips(landing: Landing, plan: Plan) -> pa.Table:
    if not plan.late:
        return landing.skips
    span = landing.batch.span
    rows = [(skip.value, place(span, skip.record)) for _, skip in sorted(plan.late.items())]
    return pa.concat_tables([landing.skips, arrow_table(SKIPS, rows, AT_LANDING)])


def _supersede(lake: Lake, plan: Plan) -> None:
    """Mark codings and their reports as replaced. A coding and its reports were landed at one instant: files of other
    times are passed over, which a search by id alone would all read."""
    between = [min(plan.supersede_at), max(plan.supersede_at)]
    lake.connection.register("successors", _pairs(plan.supersede))
    try:
        for name in ("codings", "reports"):
            statement = (
                f"UPDATE {name} SET superseded_by = s.new FROM successors AS s "  # noqa: S608 names are ours
                f"WHERE {name}.coding_id = s.old AND {name}.superseded_by IS NULL AND ingested_at BETWEEN ? AND ?"
            )
            ((count,),) = lake.rows(statement, between)
            if name == "codings" and count != len(plan.supersede):
                message = f"{count} codings were superseded instead of {len(plan.supersede)}."
                raise LakeError(message, "Nothing was landed. Run `tocsin audit`.")
    finally:
        lake.connection.unregister("successors")


def _pairs(pairs: Mapping[str, str]) -> pa.Table:
    return pa.table(
        {"old": pa.array(pairs.keys(), pa.string()), "new": pa.array(pairs.values(), pa.string())}
    )


def _insert_rejects(lake: Lake, landing: Landing, plan: Plan, landed_at: datetime) -> None:
    span = landing.batch.span
    rows = [(_without_large(reject), place(span, entry.record)) for entry, reject in plan.rejects]
    _insert(lake, "rejects", arrow_table(REJECTS, rows, AT_LANDING), landed_at)
    large = {r.payload_sha256: r.payload for _, r in plan.rejects if r.payload and _is_large(r)}
    if large:
        _insert_payloads(lake, large)


def _is_large(reject: Reject) -> bool:
    return reject.payload_bytes > INLINE_PAYLOAD_BYTES


def _without_large(reject: Reject) -> Reject:
    return dataclasses.replace(reject, payload=None) if _is_large(reject) else reject


def _insert_payloads(lake: Lake, payloads: Mapping[str, bytes]) -> None:
    """Each payload once: two rejects of one article share it, and a second row would double them in a join."""
    marks = ", ".join("?" * len(payloads))
    statement = f"SELECT payload_sha256 FROM reject_payloads WHERE payload_sha256 IN ({marks})"  # noqa: S608
    there = {digest for (digest,) in lake.rows(statement, list(payloads))}
    rows = [(RejectPayload(digest, payload),) for digest, payload in payloads.items() if digest not in there]
    insert(lake, "reject_payloads", arrow_table(REJECT_PAYLOADS, rows))


def _count_attempts(lake: Lake, plan: Plan) -> None:
    more = Counter(a.reject_id for a in plan.attempts)
    for reject_id, reject in plan.again.items():
        sets: list[str] = ["attempts = attempts + ?"]
        values: list[object] = [more[reject_id]]
        if (
            reject.report_id is None
        ):  # the newest reason is the one to look at; the older ones are in the attempts
            newest = {
                "stage": reject.stage.value,
                "code": reject.code.value,
                "message": reject.message,
                "coder_version": reject.coder_version,
            }
            sets += [f"{quoted(name)} = ?" for name in newest]
            values += newest.values()
        lake.execute(f"UPDATE rejects SET {', '.join(sets)} WHERE reject_id = ?", [*values, reject_id])  # noqa: S608


def _settle(lake: Lake, settled: Mapping[str, str], landed_at: datetime) -> None:
    lake.connection.register("settled", _pairs(settled))
    try:
        lake.execute(
            "UPDATE rejects SET status = ?, settled_at = ?, settled_by = s.new FROM settled AS s "
            "WHERE rejects.reject_id = s.old AND rejects.status = ?",
            [RejectStatus.REPLAYED.value, landed_at, RejectStatus.OPEN.value],
        )
    finally:
        lake.connection.unregister("settled")


def count_reports(landing: Landing, plan: Plan) -> int:
    """How many reports this landing writes."""
    return int(_without(landing.reports, set(plan.late)).num_rows)
