"""The command `tocsin`: global options, and its commands, each imported when it is called and not before.

`tocsin --help` must not pay for Beam, spaCy or DuckDB, so the summaries stand here and the rest in the parts.
A part is a module with one `typer.Typer`, of one command or of several, or with a function of its own name.
"""

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from tocsin import __version__
from tocsin.examples import examples
from tocsin.logs import LogFormat, LogLevel, hush

STREAM, LAKE, CARE = "Stream", "Read and repair", "Set up and look after"


@dataclass(frozen=True, slots=True)
class Part:
    """One command of the front door: its module, and the line that `tocsin --help` shows."""

    name: str
    summary: str
    panel: str
    examples: tuple[str, ...] = ()

    @property
    def module(self) -> str:
        """Where its `app` lies."""
        return f"tocsin.cli.{self.name.replace('-', '_')}"


PARTS = (
    Part("demo", "Start a broker, stream a bundled sample through, show what came out.", STREAM),
    Part(
        "publish",
        "Put articles on the topic, from JSON lines.",
        STREAM,
        (
            "tocsin publish articles.jsonl",
            "tocsin publish --rate 50 --limit 1000 articles.jsonl",
            "zcat *.jsonl.gz | tocsin publish -",
        ),
    ),
    Part("run", "Stream from the topic into the lake.", STREAM),
    Part("backfill", "Code files of articles straight into the lake.", STREAM),
    Part("recode", "Code stored articles again with the present coder, and say what differs.", STREAM),
    Part("code", "Code one article, or JSON lines, and print the reports.", STREAM),
    Part("evaluate", "Code articles and compare the reports with what people coded of them.", STREAM),
    Part("sql", "Ask the lake a question in SQL.", LAKE),
    Part("attach", "Print how to open the lake from Python or the DuckDB command line.", LAKE),
    Part("audit", "Recompute the equations of the guarantee; exit 1 if one does not hold.", LAKE),
    Part("rejects", "List, show, replay and discard what did not land.", LAKE),
    Part("ledger", "Show positions, and move them by hand with a reason.", LAKE),
    Part("maintain", "Flush, merge, expire: keep the lake quick and small.", LAKE),
    Part("broker", "Start and stop a Kafka broker on this machine.", CARE),
    Part("config", "Print every setting with its value and where that comes from.", CARE),
    Part("doctor", "Look at everything that Tocsin needs, and say what to do.", CARE),
)


def available() -> tuple[Part, ...]:
    """The parts whose module is installed."""
    return tuple(part for part in PARTS if importlib.util.find_spec(part.module))


def load_part(part: Part) -> Any:
    """The real command of a part; imports its module."""
    module = importlib.import_module(part.module)
    own = [value for value in vars(module).values() if isinstance(value, typer.Typer)]
    command = typer.main.get_command(own[0] if own else _alone(getattr(module, part.name)))
    command.name = part.name
    command.epilog = command.epilog or (examples(*part.examples) if part.examples else None)
    _hand_down(command, f"tocsin {part.name}")
    # Shell completion is installed for `tocsin` as a whole.
    command.params = [p for p in command.params if p.name not in ("install_completion", "show_completion")]
    return command


def _hand_down(group: Any, whole_name: str) -> None:
    """Gives each command of a group that has no examples of its own those that the group shows of it."""
    lines = [line.strip().replace("\\[", "[") for line in (group.epilog or "").splitlines()[1:]]
    for name, command in getattr(group, "commands", {}).items():
        own = [line for line in lines if f"{line} ".startswith(f"{whole_name} {name} ")]
        if not own and not any(param.required for param in command.params):
            own = [f"{whole_name} {name}"]
        command.epilog = command.epilog or (examples(*own) if own else None)


def _alone(function: Callable[..., None]) -> typer.Typer:
    alone = typer.Typer()
    alone.command()(function)
    return alone


class Front(TyperGroup):
    """The group of all parts. It knows their summaries; a part is imported only when it is called."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for part in available():
            self.add_command(TyperCommand(part.name, help=part.summary, rich_help_panel=part.panel))

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """As the library's, with the real command in place of its summary."""
        name, command, rest = super().resolve_command(ctx, args)
        part = next((p for p in available() if p.name == name), None)
        return name, load_part(part) if part else command, rest


app = typer.Typer(
    cls=Front,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "make demo", "tocsin doctor", "tocsin run --until-caught-up", "tocsin --set kafka.topic=news run"
    ),
)


def front_command() -> Any:
    """The command `tocsin` itself, as the library runs it."""
    return typer.main.get_command(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tocsin {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def front(
    ctx: typer.Context,
    config: Annotated[
        Path | None, typer.Option(help="Configuration file; else tocsin.toml in this folder.", metavar="FILE")
    ] = None,
    assignments: Annotated[
        list[str] | None,
        typer.Option(
            "--set", help="Set one setting, such as kafka.topic=news. May be repeated.", metavar="KEY=VALUE"
        ),
    ] = None,
    log_format: Annotated[LogFormat | None, typer.Option(help="How a line of the log is written.")] = None,
    log_level: Annotated[LogLevel | None, typer.Option(help="Lines below this are not written.")] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """News in, ACLED-like events with evidence out, in seconds."""
    if ctx.invoked_subcommand is None:
        from tocsin.cli.welcome import welcome

        typer.echo(welcome(Path.cwd()))
        return
    hush()
    from tocsin.invocation import INVOCATION, Invocation

    flags = [("log.format", log_format), ("log.level", log_level)]
    own = tuple(f"{key}={value.value}" for key, value in flags if value)
    token = INVOCATION.set(Invocation(config=config, assignments=(*(assignments or ()), *own)))
    ctx.call_on_close(lambda: INVOCATION.reset(token))
