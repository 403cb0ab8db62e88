"""One reject whole: its row, its payload wherever it lies, and its further attempts."""

from dataclasses import dataclass, fields
from typing import Any

from schemas.attempt import RejectAttempt
from schemas.errors import InputError
from schemas.provenance import Provenance
from schemas.reject import Reject, RejectCode, RejectStatus, Stage
from warehouse.lake import Lake, quoted

# Fewer characters of an id would often mean several rejects.
LEAST_ID_CHARS = 4


@dataclass(frozen=True, slots=True)
class ShownReject:
    """One reject whole. `payload` is None only where a settled reject's large payload is no longer kept."""

    reject: Reject
    provenance: Provenance
    payload: bytes | None
    attempts: tuple[RejectAttempt, ...]


def show(lake: Lake, reject_id: str) -> ShownReject:
    """One reject with its payload and its further attempts; `reject_id` may be the beginning of an id.

    Raises InputError where no reject is meant, or more than one.
    """
    row = _row(lake, _whole_id(lake, reject_id))
    reject = _reject(row)
    payload = row["payload"] if row["payload"] is not None else _large_payload(lake, reject.payload_sha256)
    provenance = Provenance(**{f.name: row[f.name] for f in fields(Provenance)})
    return ShownReject(reject, provenance, payload, _attempts(lake, reject.reject_id))


def _whole_id(lake: Lake, beginning: str) -> str:
    if len(beginning) < LEAST_ID_CHARS:
        raise InputError(
            f"{beginning!r} is too short for an id.", f"Give {LEAST_ID_CHARS} characters or more."
        )
    rows = lake.rows("SELECT reject_id FROM rejects WHERE starts_with(reject_id, ?) LIMIT 2", [beginning])
    if len(rows) != 1:
        how_many = "Several rejects begin" if rows else "No reject begins"
        raise InputError(f"{how_many} with {beginning}.", "`tocsin rejects list` shows them.")
    return str(rows[0][0])


def _row(lake: Lake, reject_id: str) -> dict[str, Any]:
    names = [f.name for f in (*fields(Reject), *fields(Provenance))]
    listed = ", ".join(map(quoted, names))
    (row,) = lake.rows(f"SELECT {listed} FROM rejects WHERE reject_id = ?", [reject_id])  # noqa: S608
    return dict(zip(names, row, strict=True))


def _reject(row: dict[str, Any]) -> Reject:
    typed = {
        "stage": Stage(row["stage"]),
        "code": RejectCode(row["code"]),
        "status": RejectStatus(row["status"]),
        "expectations": tuple(row["expectations"]),
    }
    return Reject(**{f.name: typed.get(f.name, row[f.name]) for f in fields(Reject)})


def _large_payload(lake: Lake, digest: str) -> bytes | None:
    rows = lake.rows("SELECT payload FROM reject_payloads WHERE payload_sha256 = ? LIMIT 1", [digest])
    return bytes(rows[0][0]) if rows else None


def _attempts(lake: Lake, reject_id: str) -> tuple[RejectAttempt, ...]:
    names = [f.name for f in fields(RejectAttempt)]
    listed = ", ".join(map(quoted, names))
    rows = lake.rows(
        f"SELECT {listed} FROM reject_attempts WHERE reject_id = ? ORDER BY attempted_at",  # noqa: S608
        [reject_id],
    )
    return tuple(_attempt(dict(zip(names, row, strict=True))) for row in rows)


def _attempt(row: dict[str, Any]) -> RejectAttempt:
    return RejectAttempt(**{**row, "stage": Stage(row["stage"]), "code": RejectCode(row["code"])})
