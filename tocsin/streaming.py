"""What `tocsin run` does once its flags are read: take the lease, show the run, stream, say what was done."""

from typing import Any

from connectors.ends import log_ends
from rich.console import Console
from warehouse.lease import share_lease

from connectors.shares import Share, owned
from pipelines import drain, ingest
from pipelines.board import BOARD
from pipelines.job import Job
from schemas.ledger import LedgerKey
from tocsin.config import Settings
from tocsin.jobs import draining_on_signals, job, status
from tocsin.live import LiveView


def stream(
    settings: Settings, share: str, until_caught_up: bool, accept_loss: bool, accept_new_topic: bool
) -> None:
    """Stream until drained; raises the TocsinError that ended it. Prints one closing line to stderr."""
    made = job(
        settings,
        share=Share.parse(share),
        accept_loss=accept_loss,
        accept_new_topic=accept_new_topic,
    )
    BOARD.clear()
    with share_lease(made.lake, made.share.index, made.share.count), draining_on_signals(), LiveView(status):
        reason = ingest.run(made, _ends(made) if until_caught_up else None)
    _say_goodbye(reason)


def _ends(made: Job) -> dict[LedgerKey, int]:
    """Where each partition of our share ends now."""
    ends = {key: end for key, (_, end) in log_ends(made.kafka).items()}
    mine = owned([key.partition for key in ends], 0, 1, made.share)
    return {key: end for key, end in ends.items() if key.partition in mine}


def _say_goodbye(reason: drain.Reason) -> None:
    counts: Any = BOARD.counts
    told = f"{counts['articles']} articles, {counts['reports']} reports, {counts['skips']} skips, {counts['rejects']} rejects"
    ended = "caught up" if reason is drain.Reason.CAUGHT_UP else "drained"
    Console(stderr=True).print(f"{ended}: {told}", highlight=False)
