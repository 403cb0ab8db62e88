"""Shows rejects on a terminal: counts, lists, and one reject whole. Knows no SQL."""

from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from warehouse.reject_detail import ShownReject
from warehouse.rejects import ListedReject, RejectCount

# A payload is shown up to here; `show --payload` writes all of it.
SHOWN_BYTES = 4_000
# Enough of an id to be unique among millions, and short enough to be typed.
ID_CHARS = 12


def print_counts(found: Iterable[RejectCount]) -> None:
    """One line for each stage and code."""
    rows = [(c.stage, c.code, c.open, c.replayed, c.discarded, _time(c.oldest_open_at)) for c in found]
    _print(("stage", "code", "open", "replayed", "discarded", "oldest open"), rows)


def print_list(found: Iterable[ListedReject]) -> None:
    """One line for each reject."""
    rows = [
        (
            r.reject_id[:ID_CHARS],
            _time(r.first_seen_at),
            r.stage,
            r.code,
            r.status,
            r.attempts,
            r.source,
            r.message,
        )
        for r in found
    ]
    _print(("id", "first seen", "stage", "code", "status", "tries", "source", "message"), rows)


def print_shown(shown: ShownReject) -> None:
    """Every fact of one reject, its further attempts, and the beginning of its payload."""
    reject, place = shown.reject, shown.provenance
    facts: dict[str, Any] = {
        "reject_id": reject.reject_id,
        "stage": reject.stage,
        "code": reject.code,
        "message": reject.message,
        "expectations": ", ".join(reject.expectations) or None,
        "status": reject.status,
        "settled": _settled(shown),
        "attempts": reject.attempts,
        "first_seen_at": _time(reject.first_seen_at),
        "place": f"{place.ledger} at {place.offset}",
        "record": _record(shown),
        "source": reject.source,
        "article_id": reject.article_id,
        "report_id": reject.report_id,
        "coder_version": reject.coder_version,
        "payload": f"{reject.payload_bytes} bytes, SHA-256 {reject.payload_sha256}",
    }
    facts |= {f"again at {_time(a.attempted_at)}": f"{a.stage} {a.code}: {a.message}" for a in shown.attempts}
    console = Console()
    for name, value in facts.items():
        if value not in (None, ""):
            console.print(
                f"{name:<15} {printable(str(value))}", markup=False, highlight=False, soft_wrap=True
            )
    console.print(f"\n{payload_text(shown.payload)}", markup=False, highlight=False, soft_wrap=True)


def payload_text(payload: bytes | None) -> str:
    """The beginning of a payload as text that cannot drive a terminal; bytes that are no text as \\xNN."""
    if payload is None:
        return "(The payload is no longer kept.)"
    text = payload[:SHOWN_BYTES].decode("utf-8", "backslashreplace")
    rest = len(payload) - SHOWN_BYTES
    more = f"\n… {rest} bytes more: --payload writes all." if rest > 0 else ""
    return (printable(text, keep="\n\t") or "(empty)") + more


def printable(text: str, keep: str = "") -> str:
    """The text with every character that is not printed written as an escape."""
    return "".join(c if c.isprintable() or c in keep else ascii(c)[1:-1] for c in text)


def _settled(shown: ShownReject) -> str | None:
    reject = shown.reject
    return f"{_time(reject.settled_at)}, {reject.settled_by}" if reject.settled_at else None


def _record(shown: ShownReject) -> str | None:
    reject, place = shown.reject, shown.provenance
    key = printable(reject.record_key.decode("utf-8", "backslashreplace")) if reject.record_key else None
    parts = [
        f"topic {place.topic}, partition {place.partition}" if place.topic else None,
        f"key {key}" if key else None,
        f"of {_time(reject.record_timestamp_at)}" if reject.record_timestamp_at else None,
    ]
    return ", ".join(part for part in parts if part) or None


def _time(instant: Any) -> str:
    return instant.strftime("%Y-%m-%d %H:%M:%SZ") if instant else ""


def _print(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in names:
        table.add_column(name, overflow="fold" if name == "message" else "ellipsis")
    for row in rows:
        table.add_row(*(Text("" if value is None else printable(str(value))) for value in row))
    console = Console()
    # Piped, a row is one line, however wide.
    console.print(table, width=None if console.is_terminal else 10_000, soft_wrap=not console.is_terminal)
