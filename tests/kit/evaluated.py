"""Gold events and judged articles for the tests of evaluation; every text is written for them."""

from datetime import date
from typing import Any

from pipelines.evaluating.gold import GoldEvent
from pipelines.evaluating.pairing import Judged, judge
from schemas.actors import ActorType
from schemas.report import Report
from schemas.taxonomy import SubEventType
from tests.kit.coded import article, report


def gold(**changes: Any) -> GoldEvent:
    """The gold event that `tests.kit.coded.report` has all right, changed."""
    return GoldEvent(
        **{
            "article_id": "test-1",
            "event_date": date(2026, 3, 2),
            "event_date_end": date(2026, 3, 2),
            "sub_event_type": SubEventType.ARMED_CLASH,
            "actor1": "Unidentified Armed Group (Mali)",
            "inter1": ActorType.POLITICAL_MILITIA,
            "actor2": "Military Forces of Mali (2021-)",
            "inter2": ActorType.STATE_FORCES,
            "country": "Mali",
            "admin1": "Mopti",
            "location": "Ambara",
            "latitude": 14.3,
            "longitude": -3.9,
            "fatalities": 2,
            "evidence": {"sub_event_type": ("attacked an army post",)},
            **changes,
        }
    )


def judged(golds: list[GoldEvent], reports: list[Report]) -> Judged:
    """An article with these."""
    return judge(article(), golds, reports)


def told(number: int, **changes: Any) -> Report:
    """A report with an id of its own."""
    return report(report_id=f"report-{number}", **changes)
