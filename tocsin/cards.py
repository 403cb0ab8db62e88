"""Draws reports for people: a card each, with the words that every value rests on marked in their sentence. Knows rich."""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from schemas.coding import Coding
from schemas.report import Evidence, Report

_STYLES = {
    "sub_event_type": "bold red",
    "actor1": "bold cyan",
    "actor2": "bold magenta",
    "event_date": "bold green",
    "location": "bold yellow",
}
_OTHER = "bold blue"


def cards(coding: Coding) -> Iterator[RenderableType]:
    """What a coding gave: a card a report, or one line where there is none."""
    title = coding.article.title or coding.article.article_id
    if not coding.reports:
        left = f" ({coding.out_of_scope} out of scope)" if coding.out_of_scope else ""
        yield Text(f"No event in {title!r}{left}.")
    for number, report in enumerate(coding.reports, start=1):
        yield card(report, coding, number)


def card(report: Report, coding: Coding, number: int) -> Panel:
    """One report: its fields, then its evidence."""
    fields = Table.grid(padding=(0, 2))
    fields.add_column(style="dim")
    fields.add_column()
    for name, value in _rows(report):
        fields.add_row(name, Text(value, style=_STYLES.get(name, "")))
    head = f"{number}. {report.event_type.value}: {report.sub_event_type.value}"
    return Panel(Group(fields, Text(), *_quotes(report, coding)), title=head, title_align="left")


def _rows(report: Report) -> Iterator[tuple[str, str]]:
    days = f"{report.event_date}" + (
        f" to {report.event_date_end}" if report.event_date_end != report.event_date else ""
    )
    yield "event_date", f"{days} (time precision {report.time_precision.value})"
    yield "actor1", f"{report.actor1} ({report.inter1.value})"
    if report.actor2 is not None and report.inter2 is not None:
        yield "actor2", f"{report.actor2} ({report.inter2.value})"
    yield "location", _where(report)
    yield "fatalities", _figure(report.fatalities, report.fatalities_basis.value, report.fatalities_high)
    for name in ("injuries_best", "abducted", "arrested", "participants"):
        if getattr(report, name) is not None:
            yield name.removesuffix("_best"), str(getattr(report, name))
    if report.incident_count != 1:
        yield "incident_count", f"{report.incident_count} ({report.incident_count_basis.value})"
    if report.attribution:
        yield "attribution", report.attribution
    yield "scope", report.scope.value
    yield "confidence", f"{report.confidence:.2f}"
    if report.quality_flags:
        yield "quality_flags", ", ".join(report.quality_flags)


def _where(report: Report) -> str:
    names = dict.fromkeys(n for n in (report.location, report.admin1, report.country) if n)
    place = ", ".join(names) or "unknown"
    if report.geo_precision is None:
        return place
    return f"{place} ({report.latitude}, {report.longitude}; geo precision {report.geo_precision.value})"


def _figure(best: int, basis: str, high: int | None) -> str:
    upper = f", up to {high}" if high is not None and high != best else ""
    return f"{best} ({basis}{upper})"


def _quotes(report: Report, coding: Coding) -> Iterator[Text]:
    """Each sentence once, all the words in it that support a value marked."""
    groups: dict[tuple[str, str], list[Evidence]] = {}
    for evidence in report.evidence:
        groups.setdefault((evidence.part, evidence.sentence), []).append(evidence)
    for (part, sentence), found in groups.items():
        body = coding.article.title if part == "title" else coding.article.text
        yield marked(sentence, body, found)


def marked(sentence: str, body: str, found: Iterable[Evidence]) -> Text:
    """The sentence with the supporting words in colour; `body` is the part of the article that the offsets point into."""
    text = Text(f"“{sentence}”".replace("\n", " "))
    for evidence in found:
        begin = body.rfind(sentence, 0, evidence.start + len(sentence))
        start = evidence.start - begin + 1
        text.stylize(_STYLES.get(evidence.field, _OTHER), start, start + evidence.end - evidence.start)
    return text
