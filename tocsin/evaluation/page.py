"""The page of errors: one HTML file that needs nothing else. Everything of an article is escaped by the template."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from pipelines.evaluating.pairing import Judged
from tocsin.evaluation.compared import Compared, compared
from tocsin.evaluation.marks import Piece, marks, pieces

QUIET = "rightly silent"


@dataclass(frozen=True, slots=True)
class Shown:
    """An article of the page: its pieces, its events, and the kinds of error that the filter knows."""

    judged: Judged
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    events: tuple[Compared, ...]
    kinds: tuple[str, ...]


def page(judged: Sequence[Judged]) -> str:
    """The page of all articles, in their order."""
    shown = [_shown(one) for one in judged]
    counts = Counter(kind for one in shown for kind in one.kinds)
    template = files("tocsin.evaluation").joinpath("page.html").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(template).render(
        articles=shown, counts=sorted(counts.items(), key=lambda c: -c[1])
    )


def _shown(one: Judged) -> Shown:
    events = tuple(compared(one))
    kinds = tuple(dict.fromkeys(kind for event in events for kind in event.kinds)) or (QUIET,)
    article = one.article
    return Shown(
        one,
        tuple(pieces(article.title, marks(one, "title"))),
        tuple(pieces(article.text, marks(one, "text"))),
        events,
        kinds,
    )
