"""What the demo shows of the lake: the equation, events by type and country, evidence, rejects, and what to do next."""

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from tocsin.config import Settings
from warehouse.lake import Lake

BY_TYPE = """
SELECT event_type, sub_event_type, count(*) AS reports, sum(incident_count) AS incidents, sum(fatalities) AS fatalities
FROM reports_latest GROUP BY ALL ORDER BY event_type, reports DESC, sub_event_type
"""
BY_COUNTRY = """
SELECT coalesce(country, 'not told') AS country, count(*) AS reports, sum(fatalities) AS fatalities
FROM reports_latest GROUP BY ALL ORDER BY reports DESC, country LIMIT 12
"""
REJECTS = "SELECT stage, code, count(*) AS rejects, any_value(message) AS example FROM rejects_open GROUP BY ALL ORDER BY ALL"
CONSERVATION = """
SELECT ledger, offsets_passed, coded, skipped_duplicate, skipped_unsupported_language, skipped_tombstone, rejected,
       offsets_empty, reports_coded, reports_landed, reports_out_of_scope, reports_rejected, balanced
FROM conservation ORDER BY ledger
"""
# The lines of the equation, as a person reads them.
EQUATION = (
    ("offsets passed", "offsets_passed"),
    ("  = articles coded", "coded"),
    ("  + skipped: the same text again", "skipped_duplicate"),
    ("  + skipped: another language", "skipped_unsupported_language"),
    ("  + skipped: withdrawn", "skipped_tombstone"),
    ("  + rejected", "rejected"),
    ("  + held no record", "offsets_empty"),
    ("reports coded", "reports_coded"),
    ("  = landed", "reports_landed"),
    ("  + out of scope", "reports_out_of_scope"),
    ("  + rejected", "reports_rejected"),
)
# An aggregate, an event with many dead, and a demonstration: three kinds of evidence.
EXAMPLES = """
(FROM reports_latest WHERE incident_count > 1 ORDER BY incident_count DESC LIMIT 1)
UNION ALL BY NAME
(FROM reports_latest WHERE incident_count = 1 ORDER BY fatalities DESC, report_id LIMIT 1)
UNION ALL BY NAME
(FROM reports_latest WHERE event_type = 'Protests' ORDER BY participants DESC NULLS LAST, report_id LIMIT 1)
"""
SHOWN_FIELDS = (
    "sub_event_type",
    "actor1",
    "actor2",
    "event_date",
    "location",
    "fatalities",
    "incident_count",
    "participants",
)


def show(lake: Lake, settings: Settings, console: Console) -> None:
    """Everything, in the order in which a newcomer asks."""
    console.print(equation(lake))
    console.print(table(lake, BY_TYPE, "Events by type"))
    console.print(table(lake, BY_COUNTRY, "Events by country"))
    for card in cards(lake):
        console.print(card)
    console.print(table(lake, REJECTS, "What did not land, and why"))
    console.print(_next(settings))


def equation(lake: Lake) -> Table:
    """The conservation equation, a column a ledger and one for their sum."""
    answer = lake.execute(CONSERVATION)
    names = [d[0] for d in answer.description]
    ledgers = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    made = Table(title="Nothing lost, nothing doubled", title_justify="left", title_style="bold")
    made.add_column("")
    for ledger in ledgers:
        made.add_column(str(ledger["ledger"]).removeprefix("kafka:"), justify="right")
    made.add_column("in all", justify="right")
    for words, name in EQUATION:
        counts = [int(ledger[name]) for ledger in ledgers]
        made.add_row(words, *map(str, counts), str(sum(counts)), end_section=name == "offsets_empty")
    made.add_section()
    held = ["yes" if ledger["balanced"] else "NO" for ledger in ledgers]
    made.add_row("the equations hold", *held, "yes" if all(h == "yes" for h in held) else "NO")
    return made


def table(lake: Lake, query: str, title: str) -> Table:
    """A query's answer as a table for a person."""
    answer = lake.execute(query)
    names = [d[0] for d in answer.description]
    made = Table(title=title, title_justify="left", title_style="bold")
    for name in names:
        made.add_column(name, overflow="fold")
    for row in answer.fetchall():
        made.add_row(*("" if value is None else str(value) for value in row))
    return made


def cards(lake: Lake) -> list[Panel]:
    """Three reports, each with the sentence behind it."""
    answer = lake.execute(EXAMPLES)
    names = [d[0] for d in answer.description]
    return [_card(dict(zip(names, row, strict=True))) for row in answer.fetchall()]


def _card(report: dict[str, object]) -> Panel:
    lines = Table.grid(padding=(0, 2))
    for name in SHOWN_FIELDS:
        if report[name] not in (None, 0, 1) or name == "fatalities":
            lines.add_row(Text(name, style="dim"), str(report[name]))
    evidence = report["evidence"]
    assert isinstance(evidence, list)
    sentences = dict.fromkeys(e["sentence"] for e in evidence)
    for sentence in sentences:
        lines.add_row(Text("evidence", style="dim"), Text(f"“{sentence}”", style="italic"))
    return Panel(lines, title=f"{report['source']}: {report['event_type']}", title_align="left")


def _next(settings: Settings) -> Panel:
    lines = (
        f"The lake lies in {settings.lake.path}. Try next:",
        "",
        '  tocsin sql "SELECT event_date, country, location, actor1, actor2, fatalities FROM reports_latest"',
        "  tocsin audit                    recompute the equations",
        "  tocsin rejects list             what did not land",
        "  tocsin code FILE                code one article of your own",
        "  tocsin publish FILE             put your own articles on the topic, then: tocsin run",
        "  tocsin attach                   open the lake from Python or DuckDB",
        "  tocsin broker stop              when you are done",
    )
    return Panel("\n".join(lines), title="Next", title_align="left")
