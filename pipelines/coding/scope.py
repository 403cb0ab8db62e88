"""Whether a happening is political, an ordinary crime or an accident, and what is no event at all (sport, film, drill)."""

from pipelines.coding.events.happening import Happening
from pipelines.coding.lexicon import read_rows, split_words
from pipelines.coding.matcher import Matcher
from schemas.precision import Scope


class MarkFinder:
    """Finds the words that take a sentence out of political violence; made once, then only read."""

    def __init__(self) -> None:
        table: dict[str, set[str]] = {}
        for row in read_rows("scope.tsv"):
            for word in split_words(row["words"]):
                table.setdefault(word, set()).add(row["use"])
        self._matcher: Matcher[frozenset[str]] = Matcher(
            (word, frozenset(uses)) for word, uses in table.items()
        )

    def find(self, lowered: str) -> list[str]:
        """The uses of all such words in a text, each as often as it stands there."""
        return [use for hit in self._matcher.find(lowered) for use in hit.entry]


def scope_of(h: Happening, article_marks: dict[str, int]) -> Scope:
    """The scope of a happening."""
    marks = h.main.marks
    if "accident" in marks:
        return Scope.ACCIDENT
    return Scope.POLITICAL
