"""`python -m tests.crash.run --kills 200 --terms 20`: the crash laboratory, with its report.

A stream of synthetic records is read by one life after another; each is ended at a chosen phase after it has landed
at least one Batch. At the end the lake must equal, row for row, that of a run that was never ended.
"""

import argparse
import json
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from connectors.ends import log_ends
from connectors.publisher import publish_raw
from connectors.settings import KafkaSettings
from schemas.ledger import LedgerKey
from tests.crash.compare import differences
from tests.crash.laboratory import IN_UPKEEP, LANDED, Blow, Death, blows, forkserver, run_to_end, strike
from tests.crash.stream import records
from tests.crash.victim import Life
from tests.kit.broker import create_topic, started_broker
from warehouse.audit import audit
from warehouse.lake import Lake
from warehouse.settings import LakeSettings

# A life lands some six polls of a dozen records before it ends (it may wait for upkeep to be due); and as much again.
RECORDS_A_LIFE = 120
# Upkeep of a life that is not ended.
UNHURRIED_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Result:
    """What the laboratory found."""

    deaths: list[Death]
    differences: dict[str, tuple[int, int, list[str]]]
    audit_failures: list[str]
    records: int
    seconds: float

    def killed(self, phases: Collection[str] | None = None) -> int:
        """Lives ended by SIGKILL, of these phases."""
        return sum(
            d.exit_code == -signal.SIGKILL and (phases is None or d.last_phase in phases) for d in self.deaths
        )

    def drained(self) -> list[Death]:
        """Lives ended by SIGTERM."""
        return [d for d in self.deaths if d.blow.signal is signal.SIGTERM]


def laboratory(
    kills: int, terms: int, seed: int, folder: Path, watch: Callable[[list[Blow]], object] = iter
) -> Result:
    """Kills and terminates lives on one lake, finishes the stream, and compares with a lake of one undisturbed life."""
    began = time.monotonic()
    plan = blows(kills, seed, signal.SIGKILL) + blows(terms, seed + 1, signal.SIGTERM)
    broker = started_broker(folder / "broker")
    context = forkserver()
    try:
        topic = create_topic(broker.bootstrap_servers, partitions=3)
        settings = KafkaSettings(bootstrap_servers=broker.bootstrap_servers, topic=topic)
        count = publish_raw(settings, records(RECORDS_A_LIFE * len(plan) + 200, seed))
        until = ends(settings)
        life = Life(broker.bootstrap_servers, topic, str(folder / "killed"))
        deaths = [strike(context, life, blow) for blow in watch(plan)]  # type: ignore[attr-defined]
        rest = replace(life, until=until, records_a_poll=100, upkeep_seconds=UNHURRIED_SECONDS)
        run_to_end(context, rest)
        run_to_end(context, replace(rest, lake=str(folder / "whole")))
    finally:
        broker.stop()
    return _result(folder, deaths, count, time.monotonic() - began)


def ends(settings: KafkaSettings) -> tuple[tuple[LedgerKey, int], ...]:
    """Where each partition ends."""
    return tuple((key, end) for key, (_, end) in log_ends(settings).items())


def _result(folder: Path, deaths: list[Death], count: int, seconds: float) -> Result:
    killed = LakeSettings(folder=str(folder / "killed"))
    whole = LakeSettings(folder=str(folder / "whole"))
    with Lake.open_read_only(killed) as one, Lake.open_read_only(whole) as other:
        failures = [str(difference) for difference in audit(one, None).differences]
        return Result(deaths, differences(one, other), failures, count, seconds)


def report(result: Result, console: Console) -> None:
    """The histogram of phases and the verdict."""
    table = Table(title="Lives by their last phase", title_justify="left")
    for name in ("phase", "SIGKILL", "SIGTERM"):
        table.add_column(name)
    kills = Counter(d.last_phase for d in result.deaths if d.blow.signal is signal.SIGKILL)
    terms = Counter(d.last_phase for d in result.drained())
    for phase in sorted({*kills, *terms}):
        table.add_row(phase, str(kills[phase] or ""), str(terms[phase] or ""))
    console.print(table)
    landings = sum(d.landings for d in result.deaths)
    console.print(
        f"{result.killed()} kills ({result.killed(('before_commit',))} in COMMIT, {result.killed(IN_UPKEEP)} in flush "
        f"or merge), {len(result.drained())} terms; {landings} Batches landed by these lives, {result.records} records, "
        f"{result.seconds:.0f} s"
    )
    console.print(
        f"differences from the undisturbed run: {json.dumps(result.differences) if result.differences else 'none'}"
    )
    console.print(f"audit: {result.audit_failures or 'every equation holds'}")


def verdict(result: Result) -> list[str]:
    """What is wrong; empty when all is well."""
    wrong = [f"{name} differs" for name in result.differences] + result.audit_failures
    wrong += [f"a life landed nothing: {d}" for d in result.deaths if d.landings < 1 or LANDED not in d.told]
    wrong += [
        f"SIGTERM ended with {d.exit_code} after {d.seconds_to_end:.1f} s"
        for d in result.drained()
        if d.exit_code != 0 or d.seconds_to_end > 5
    ]
    return wrong


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--terms", type=int, default=20)
    parser.add_argument("--seed", type=int, default=20_261_124)
    options = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        watch = lambda plan: track(plan, "ending lives", console=console)  # noqa: E731 - a name for a partial call
        result = laboratory(options.kills, options.terms, options.seed, Path(folder), watch)
    report(result, console)
    if wrong := verdict(result):
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
