"""Knows `tocsin doctor`: what this machine has and lacks, and what to do."""

import dataclasses
import json
from typing import Annotated

import typer

from tocsin.examples import examples

doctor_app = typer.Typer()


@doctor_app.command(
    epilog=examples("tocsin doctor", "tocsin doctor --json", "tocsin --config prod.toml doctor")
)
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per check, one a line.")] = False,
) -> None:
    """Check Python, Java, codecs, broker, topic, lake, disk and models; say what to do for each that fails.

    Changes nothing, and works where nothing is there yet. Exit code 1 if any check fails.
    """
    from tocsin.checks import CHECKS
    from tocsin.config import current
    from tocsin.doctor import Verdict, examine, line

    failed = 0
    for finding in examine(current(), CHECKS):
        failed += finding.verdict is Verdict.FAILED
        typer.echo(json.dumps(dataclasses.asdict(finding), ensure_ascii=False) if as_json else line(finding))
    if failed:
        raise typer.Exit(1)
