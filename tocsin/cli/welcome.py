"""What bare `tocsin` says: what can be done next, from what lies in this folder already."""

from pathlib import Path

from tocsin.layers import FILE_NAME

_LAKE, _BROKER = Path(".tocsin/lake"), Path(".tocsin/broker")


def welcome(folder: Path) -> str:
    """A few lines: the next commands to try in this folder. Looks, and connects to nothing."""
    if (folder / _LAKE).exists():
        steps = _with_lake()
    elif (folder / FILE_NAME).exists() or (folder / _BROKER).exists():
        steps = _with_broker()
    else:
        steps = _from_nothing()
    width = max(len(command) for command, _ in steps)
    lines = [f"  {command:<{width}}  {what}" for command, what in steps]
    return "\n".join(
        [
            "Tocsin: news in, ACLED-like events with evidence out.",
            "",
            "Try next:",
            *lines,
            "",
            "All commands: tocsin --help",
        ]
    )


def _from_nothing() -> list[tuple[str, str]]:
    return [
        ("tocsin demo", "a broker, a sample of news and the whole pipeline, in a minute"),
        ("tocsin doctor", "look at what this machine has and lacks"),
        ("tocsin code FILE", "code one article, without Kafka"),
        ("tocsin broker start", "start a Kafka broker here, if you have none"),
    ]


def _with_broker() -> list[tuple[str, str]]:
    return [
        ("tocsin doctor", "look at the broker, the topic and the lake"),
        ("tocsin publish FILE", "put articles on the topic"),
        ("tocsin run --until-caught-up", "stream what is there into the lake, then end"),
    ]


def _with_lake() -> list[tuple[str, str]]:
    return [
        ("tocsin run", "stream on from where the ledger stands"),
        ('tocsin sql "FROM reports_latest LIMIT 10"', "look at reports"),
        ("tocsin rejects", "see what did not land, and why"),
        ("tocsin audit", "check that nothing was lost or doubled"),
        ("tocsin attach", "open the lake from Python or DuckDB"),
    ]
