"""`tocsin run`: stream from the topic into the lake until told to end, or until caught up."""

from typing import Annotated

import typer

from tocsin.examples import examples

run_app = typer.Typer()


@run_app.command(
    epilog=examples(
        "tocsin run", "tocsin run --until-caught-up", "tocsin run --share 2/3", "tocsin run --accept-loss"
    )
)
def run(
    until_caught_up: Annotated[
        bool,
        typer.Option(
            "--until-caught-up", help="End when every partition has reached the end that it has now."
        ),
    ] = False,
    share: Annotated[
        str, typer.Option(help="Read every n-th partition only: i/n, one process for each i.", metavar="I/N")
    ] = "1/1",
    accept_loss: Annotated[
        bool,
        typer.Option(
            "--accept-loss", help="Go on where retention has removed unread records; the gap is kept."
        ),
    ] = False,
    accept_new_topic: Annotated[
        bool,
        typer.Option("--accept-new-topic", help="Go on with a topic that was made anew; the change is kept."),
    ] = False,
) -> None:
    """Stream articles from Kafka into the lake, exactly once. Ctrl-C or SIGTERM drains and ends."""
    from tocsin.config import current
    from tocsin.streaming import stream

    stream(current(), share, until_caught_up, accept_loss, accept_new_topic)
