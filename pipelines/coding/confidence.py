"""How sure a report is: a logistic sum of signs that the report and its article show.

The weights are fitted on our own gold set (`python -m benches.fit_confidence`), so that of the reports at 0.8 about 80 %
stand for an event and have its event type. `tocsin evaluate` shows whether they keep that.
"""

import math
from functools import cache

from pipelines.coding.lexicon import read_rows
from schemas.article import Article
from schemas.report import Report

TABLE = "confidence.tsv"
BIAS = "bias"
# Nothing that was read is sure, and nothing that was reported is hopeless.
_LEAST, _MOST = 0.02, 0.98
# A note of an event list has at most this many words; an article has more.
_NOTE_WORDS = 60
# Older than a week is told as background.
_RECENT_DAYS = 7
_UNNAMED = (
    "Unidentified", "Civilians", "Protesters", "Rioters", "Military Forces", "Police Forces", "Government",
)  # fmt: skip


def signs(report: Report, article: Article) -> dict[str, bool]:
    """What speaks for a report. The names are the rows of the table of weights."""
    told = {evidence.field for evidence in report.evidence}
    triggers = [evidence for evidence in report.evidence if evidence.field == "sub_event_type"]
    dated = "date_from_publication" not in report.quality_flags
    return {
        "dated": dated,
        "recent": dated and 0 <= (article.published_at.date() - report.event_date_end).days <= _RECENT_DAYS,
        "placed": report.latitude is not None,
        "place_told": "location" in told,
        "actor1_told": "actor1" in told,
        "actor2_told": "actor2" in told,
        "group_named": any(a and not a.startswith(_UNNAMED) for a in (report.actor1, report.actor2)),
        "in_title": any(evidence.part == "title" for evidence in triggers),
        "told_again": len(triggers) > 1,
        "short_note": article.text.count(" ") < _NOTE_WORDS,
    }


def confidence(report: Report, article: Article) -> float:
    """Between 0.02 and 0.98, two decimals: the share of such reports that is right."""
    weights = _weights()
    score = weights[BIAS] + sum(weights[name] for name, shown in signs(report, article).items() if shown)
    return round(min(_MOST, max(_LEAST, 1 / (1 + math.exp(-score)))), 2)


@cache
def _weights() -> dict[str, float]:
    return {row["sign"]: float(row["weight"]) for row in read_rows(TABLE)}
