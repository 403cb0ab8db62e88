"""Writes the accuracy on our own gold set into docs/coding.md, between two markers.

`python -m tocsin.evaluation.accuracy` codes the set and writes the table; a test holds it true.
"""

from collections.abc import Iterator
from pathlib import Path

from pipelines.coding.settings import CoderSettings
from pipelines.evaluating.figures import Figures, figures
from pipelines.evaluating.share import Share
from tocsin.evaluation.measure import measure
from tocsin.evaluation.tables import interval, percent

# No busy machine may change the figures: the time bound is for streams.
_SETTINGS = CoderSettings(max_seconds_per_article=600)
ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "coding.md"
GOLD = ROOT / "tests" / "gold"
BEGIN, END = "<!-- accuracy: begin -->", "<!-- accuracy: end -->"


def our_figures() -> Figures:
    """The figures of our own gold set, with the coder's default settings. Takes seconds."""
    return figures(measure(str(GOLD / "articles.jsonl"), GOLD / "events.jsonl", _SETTINGS).judged)


def table(found: Figures) -> str:
    """The tables in Markdown."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Figures) -> Iterator[str]:
    yield f"{found.articles} articles, {found.recall.of} events; % with Wilson's 95 % interval; a missed event is wrong in all its columns."
    yield from ("", "| figure | % | 95 % | n |", "| --- | ---: | ---: | ---: |")
    yield f"| events, F1 | {percent(found.f1)} | | |"
    yield _row("events, precision", found.precision)
    yield _row("events, recall", found.recall)
    yield _row("silent where nothing is to be coded", found.silent)
    for column in found.columns:
        yield _row(column.name, column.of_due)
    yield from ("", *_calibration(found))


def _row(name: str, share: Share) -> str:
    return f"| {name} | {percent(share.percent)} | {interval(share)} | {share.of} |"


def _calibration(found: Figures) -> Iterator[str]:
    yield f"Confidence, expected calibration error {percent(found.calibration.error)} points:"
    yield from ("", "| confidence | stated | right | 95 % | n |", "| --- | ---: | ---: | ---: | ---: |")
    for one in found.calibration.bins:
        stated, right = percent(100 * one.stated), percent(one.share.percent)
        yield f"| {one.low:.1f} to {one.high:.1f} | {stated} | {right} | {interval(one.share)} | {one.share.of} |"


def page(found: Figures) -> str:
    """The text of docs/coding.md with the table renewed."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    return f"{before}{BEGIN}\n{table(found)}{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page(our_figures()), encoding="utf-8")
