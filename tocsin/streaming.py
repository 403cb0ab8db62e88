"""What `tocsin run` does once its flags are read: take the lease, show the run, stream, say what was done."""

from rich.console import Console

from connectors.ends import log_ends
from connectors.shares import Share, owned
from pipelines import drain, ingest
from pipelines.board import BOARD
from pipelines.job import Job
from schemas.ledger import LedgerKey
from tocsin.config import Settings
from tocsin.jobs import counts_told, draining_on_signals, job, status
from tocsin.live import LiveView
from warehouse.lease import share_lease


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
    ended = "caught up" if reason is drain.Reason.CAUGHT_UP else "drained"
    Console(stderr=True).print(f"{ended}: {counts_told()}", highlight=False)
