"""`tocsin audit`: recompute the equations of the guarantee, from the tables and from the broker."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.examples import examples

if TYPE_CHECKING:
    from connectors.settings import KafkaSettings
    from schemas.ledger import LedgerKey
    from warehouse.audit import AuditReport

audit_app = typer.Typer()


@audit_app.command(
    epilog=examples("tocsin audit", "tocsin audit --json | jq .ledgers", "tocsin audit --no-broker")
)
def audit(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print all counts and differences as JSON.")
    ] = False,
    broker: Annotated[
        bool, typer.Option("--broker/--no-broker", help="Hold the ledgers against the broker's offsets, too.")
    ] = True,
) -> None:
    """Recompute the equations of the guarantee; exit 1 with the differences if one does not hold."""
    from tocsin.config import current
    from warehouse.audit import audit as recount
    from warehouse.lake import Lake

    settings = current()
    with Lake.open_read_only(settings.lake) as lake:
        report = recount(lake, partial(_broker_ends, settings.kafka) if broker else None)
    typer.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=False) if as_json else as_text(report))
    report.check()


def _broker_ends(kafka: KafkaSettings) -> dict[LedgerKey, tuple[int, int]] | None:
    """The broker's offsets. A broker that is away leaves the tables to be audited alone, and says so."""
    from connectors.ends import log_ends
    from schemas.errors import BrokerError

    try:
        return log_ends(kafka)
    except BrokerError as error:
        typer.echo(f"The broker was not asked: {error}", err=True)
        return None


def as_text(report: AuditReport) -> str:
    """The equations with their figures, a line each, then every difference."""
    lines = [
        f"{ledger.ledger}: {ledger.passed:,} passed = {ledger.codings:,} coded + {ledger.skips:,} skipped "
        f"+ {ledger.rejects:,} rejected + {ledger.offsets_empty:,} empty + {ledger.offsets_lost:,} lost "
        f"+ {ledger.offsets_skipped:,} passed over by hand{_waiting(ledger.lag)}"
        for ledger in report.ledgers
    ]
    lines.append(
        f"{report.codings:,} codings, {report.codings_current:,} of them current: {report.reports_coded:,} reports "
        f"coded = {report.reports:,} landed + {report.reports_out_of_scope:,} out of scope + {report.reports_rejected:,} rejected"
    )
    lines.append(f"{report.rejects:,} rejects, {report.rejects_open:,} of them open")
    lines += [
        f"DIFFERENCE {d.rule}: {d.subject}: expected {d.expected:,}, found {d.found:,} ({d.promise})"
        for d in report.differences
    ]
    hidden = sum(report.broken.values()) - len(report.differences)
    if hidden:
        lines.append(f"… and {hidden:,} more of the same rules")
    lines.append("Every equation holds." if report.holds else "It does not add up.")
    return "\n".join(lines)


def _waiting(lag: int | None) -> str:
    return "" if lag is None else f"; {lag:,} wait in the broker"
