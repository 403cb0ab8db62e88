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
SELECT ledger, offsets_passed AS passed, coded, skipped_duplicate AS duplicates,
       skipped_unsupported_language AS "other languages", skipped_tombstone AS tombstones, rejected, offsets_empty AS empty,
       difference, reports_coded AS reports, reports_landed AS landed, reports_out_of_scope AS "out of scope",
       reports_rejected AS "reports rejected", CASE WHEN balanced THEN 'yes' ELSE 'NO' END AS balanced
FROM conservation
"""
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
    console.print(
        table(lake, CONSERVATION, "Nothing lost, nothing doubled: what was passed = what became of it")
    )
    console.print(table(lake, BY_TYPE, "Events by type"))
    console.print(table(lake, BY_COUNTRY, "Events by country"))
    for card in cards(lake):
        console.print(card)
    console.print(table(lake, REJECTS, "What did not land, and why"))
    console.print(_next(settings))


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
