"""Whether the evidence of a report lies where it says: its offsets within the article, its words within the sentence."""

from collections.abc import Iterable

from schemas.article import Article
from schemas.report import Evidence


def misplaced_and_elsewhere(evidence: Iterable[Evidence], article: Article) -> tuple[int, int]:
    """How many have offsets that are out of order or outside the article, and how many words not of their sentence."""
    parts = {"text": article.text, "title": article.title}
    misplaced = elsewhere = 0
    for e in evidence:
        part = parts.get(e.part, "")
        if not 0 <= e.start < e.end <= len(part):
            misplaced += 1
        elif part[e.start : e.end] not in e.sentence:
            elsewhere += 1
    return misplaced, elsewhere
