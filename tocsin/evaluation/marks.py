"""Cuts a text into pieces, each with the marks that lie on it, so that overlapping marks can be drawn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipelines.evaluating.pairing import Judged


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a text that stand behind a value: `who` is `gold` or `ours`."""

    start: int
    end: int
    who: str
    column: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks."""

    text: str
    classes: str
    title: str


def pieces(text: str, marks: Iterable[Mark]) -> Iterator[Piece]:
    """The whole text, in order. Marks that end where they begin, or lie outside, mark nothing."""
    kept = [m for m in marks if 0 <= m.start < m.end <= len(text)]
    cuts = sorted({0, len(text), *(m.start for m in kept), *(m.end for m in kept)})
    for start, end in pairwise(cuts):
        over = [m for m in kept if m.start <= start and end <= m.end]
        classes = dict.fromkeys(m.who for m in over)
        title = dict.fromkeys(f"{m.who}: {m.column}" for m in over)
        yield Piece(text[start:end], " ".join(classes), ", ".join(title))


def marks(judged: Judged, part: str) -> Iterator[Mark]:
    """All marks of an article's `title` or `text`: the gold's quotes (a quote is in the text, else in the title), and ours."""
    whole = judged.article.title if part == "title" else judged.article.text
    for pair in judged.pairs():
        for column, quotes in pair.gold.evidence.items():
            yield from _quoted(column, quotes, judged, part)
    for report in [*(p.report for p in judged.pairs()), *judged.invented]:
        for one in report.evidence if report else ():
            if one.part == part and one.end <= len(whole):
                yield Mark(one.start, one.end, "ours", one.field)


def _quoted(column: str, quotes: Iterable[str], judged: Judged, part: str) -> Iterator[Mark]:
    for quote in quotes:
        home = "text" if quote in judged.article.text else "title"
        if quote and home == part:
            start = getattr(judged.article, part).find(quote)
            if start >= 0:
                yield Mark(start, start + len(quote), "gold", column)
