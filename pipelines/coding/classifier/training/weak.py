"""`python -m pipelines.coding.classifier.training.weak ARTICLES GOLD > weak.tsv`: sentences of three public sets, labelled
by where the rules and the sets' own coders agree. Teaches the network what long sentences of reports look like.

The sets, of which nothing is kept here: MUC-3/4 (`muc`, reports of Latin America, its answer keys), HRDsAttack (`hrds`,
attacks on defenders of human rights) and FA-KES (`fakes`, the war in Syria). ARTICLES and GOLD are JSON lines with
`article_id`; GOLD tells `set`, and `incidents`, `violations` or nothing more.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.coding.__main__ import article_of
from pipelines.coding.classifier.consult import told_text
from pipelines.coding.coder import Coder
from pipelines.coding.dates import find_dateline
from pipelines.coding.gate import load_triggers
from pipelines.coding.settings import CoderSettings
from pipelines.coding.text import Sentence, lower_same_length, split_sentences
from schemas.article import Article
from schemas.precision import Scope
from schemas.report import Report
from schemas.taxonomy import EVENT_TYPE_OF, EventType, SubEventType

# Sentences from the head of a text; of those without an event so many an article.
_HEAD, _IDLE = 8, 1
# Reports of an article whose first sentence is used, and the confidence that they need: later ones are details.
_REPORTS, _SURE = 2, 0.6
_NONE = "none:other"
_ATTACKS = frozenset((EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.EXPLOSIONS))
_VIOLATIONS = {
    SubEventType.ABDUCTION: {"kidnapping", "enforced disappearance"},
    SubEventType.ARRESTS: {"arbitrary detention"},
    SubEventType.ATTACK: {"killing"},
}


@dataclass(frozen=True, slots=True)
class Source:
    """An article with what its set's coders say of it."""

    article: Article
    gold: dict[str, Any]

    def label(self, report: Report) -> str | None:
        """The label of a report's sentence, or None where rules and coders do not agree on one."""
        sub, kind = report.sub_event_type, self.gold["set"]
        dated = "date_from_publication" not in report.quality_flags
        if kind == "fakes":
            return sub.value if EVENT_TYPE_OF[sub] in _ATTACKS else None
        if kind == "hrds":
            return sub.value if set(self.gold["violations"]) & _VIOLATIONS.get(sub, set()) else None
        if EVENT_TYPE_OF[sub] in _ATTACKS and not self.gold["incidents"]:
            return None if dated else _NONE
        return sub.value if dated or self.gold["incidents"] else None

    @property
    def idle(self) -> bool:
        """True where a sentence with a trigger word, but without a report, tells of nothing."""
        return self.gold["set"] == "muc" and not self.gold["incidents"]


def rows(source: Source, reports: tuple[Report, ...], triggers: Any) -> Iterator[tuple[str, str]]:
    """Label and sentence of what can be used of an article."""
    text = source.article.text
    dateline = find_dateline(text, source.article.published_at.date())
    head = dateline.end if dateline else 0
    sure = [r for r in reports[:_REPORTS] if r.confidence >= _SURE]
    told = {r.evidence[0].sentence: r for r in reversed(sure)}
    seen = {e.sentence for r in reports for e in r.evidence}
    sentences = [*split_sentences(source.article.title, "title"), *split_sentences(text)[:_HEAD]]
    idle = 0
    for s in sentences:
        report = told.get(s.text)
        label = source.label(report) if report else None
        if s.text not in seen and idle < _IDLE and _is_idle(source, s, triggers):
            label, idle = _NONE, idle + 1
        if label and len(s.text.split()) > 4:
            yield label, told_text(s, head)


def _is_idle(source: Source, sentence: Sentence, triggers: Any) -> bool:
    return source.idle or not triggers.find(lower_same_length(sentence.text))


def main(articles: Path, gold: Path) -> None:
    """Prints the rows."""
    wanted = {g["article_id"]: g for g in map(json.loads, gold.open(encoding="utf-8"))}
    coder, triggers = Coder(CoderSettings(scope=frozenset(Scope)), rules_alone=True), load_triggers()
    sys.stdout.write("label\ttext\n")
    for record in map(json.loads, articles.open(encoding="utf-8")):
        known = wanted.get(record["article_id"], {})
        if known.get("set") in ("muc", "hrds", "fakes"):
            source = Source(article_of(record), known)
            reports = tuple(r for r in coder.code(source.article).reports if r.scope is Scope.POLITICAL)
            sys.stdout.writelines(f"{label}\t{text}\n" for label, text in rows(source, reports, triggers))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
