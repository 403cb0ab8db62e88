"""`tocsin demo`: the whole product on a bundled sample."""

import typer

from tocsin.examples import examples

demo_app = typer.Typer()


@demo_app.command(epilog=examples("tocsin demo"))
def demo() -> None:
    """Start a broker, stream a sample that we wrote through the real pipeline, and show what came out."""
    from rich.console import Console

    from tocsin.config import current
    from tocsin.demo.steps import run_demo

    run_demo(current(), Console())
