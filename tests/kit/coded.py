"""Articles and reports for the tests of validation; every text is written for them."""

import dataclasses
from datetime import UTC, date, datetime
from typing import Any

from schemas.actors import ActorType, interaction
from schemas.article import Article, PublishedBasis, text_digest
from schemas.batch import CodedBatch, Placed, Record, Span
from schemas.coding import Coding
from schemas.ledger import LedgerKey, LedgerKind
from schemas.precision import CountBasis, Factuality, FatalitiesBasis, GeoPrecision, Scope, TimePrecision
from schemas.report import Evidence, Report, report_id
from schemas.taxonomy import EVENT_TYPE_OF, SubEventType, disorder_type

TEXT = (
    "Two soldiers were killed on Monday when gunmen attacked an army post near the village of Ambara, the governor said. "
    "Written for the tests of validation; nothing of it happened."
)
SPAN = Span(LedgerKey(LedgerKind.KAFKA, "articles", 0), 0, 10)
JUDGED_AT = datetime(2026, 3, 5, 12, tzinfo=UTC)


def article(**changes: Any) -> Article:
    """A sound article, changed."""
    sound = Article(
        article_id="test-1",
        text_sha256=text_digest("Post attacked", TEXT),
        url="https://example.org/1",
        title="Post attacked",
        text=TEXT,
        published_at=datetime(2026, 3, 3, 9, tzinfo=UTC),
        published_at_basis=PublishedBasis.ARTICLE,
        fetched_at=None,
        source="Example Herald",
        source_scale="National",
        language="en",
        schema_version=1,
        extra=None,
    )
    return dataclasses.replace(sound, **changes)


def evidence(field: str, words: str) -> Evidence:
    """Evidence that lies where it says."""
    start = TEXT.index(words)
    return Evidence(field, TEXT.split(". ", maxsplit=1)[0] + ".", "text", start, start + len(words))


def report(of: Article | None = None, **changes: Any) -> Report:
    """A sound report of an armed clash, changed."""
    of = of or article()
    sub = SubEventType.ARMED_CLASH
    inter1, inter2 = ActorType.POLITICAL_MILITIA, ActorType.STATE_FORCES
    sound = Report(
        report_id=report_id(of.article_id, of.text_sha256, 0, 20, sub),
        article_id=of.article_id,
        text_sha256=of.text_sha256,
        coder_version="test",
        event_date=date(2026, 3, 2),
        event_date_end=date(2026, 3, 2),
        year=2026,
        time_precision=TimePrecision.DAY,
        disorder_type=disorder_type(sub),
        event_type=EVENT_TYPE_OF[sub],
        sub_event_type=sub,
        actor1="Unidentified Armed Group (Mali)",
        assoc_actor_1=(),
        inter1=inter1,
        actor2="Military Forces of Mali (2021-)",
        assoc_actor_2=(),
        inter2=inter2,
        interaction=interaction(inter1, inter2),
        civilian_targeting=None,
        iso=466,
        region="Western Africa",
        country="Mali",
        admin1="Mopti",
        admin2=None,
        admin3=None,
        location="Ambara",
        latitude=14.25,
        longitude=-3.9876,
        geo_precision=GeoPrecision.NEAR,
        source="Example Herald",
        source_scale="National",
        notes="On 2 March 2026, an unidentified armed group attacked military forces near Ambara. 2 fatalities.",
        fatalities=2,
        tags=(),
        incident_count=1,
        incident_count_basis=CountBasis.NONE,
        fatalities_low=2,
        fatalities_best=2,
        fatalities_high=2,
        fatalities_basis=FatalitiesBasis.EXACT,
        injuries_low=None,
        injuries_best=None,
        injuries_high=None,
        abducted=None,
        arrested=None,
        participants=None,
        attribution="the governor",
        factuality=Factuality.ATTRIBUTED,
        scope=Scope.POLITICAL,
        confidence=0.8,
        evidence=(
            evidence("event_date", "on Monday"),
            evidence("fatalities", "Two soldiers were killed"),
            evidence("sub_event_type", "attacked"),
        ),
        quality_flags=(),
    )
    return dataclasses.replace(sound, **changes)


def record(offset: int) -> Record:
    """The record of an article at that offset."""
    return Record(offset, 1_772_528_400_000, b"key", b'{"text": "written for a test"}')


def placed(offset: int, of: Article, *reports: Report) -> Placed[Coding]:
    """A coding at that offset."""
    return Placed(record(offset), Coding(of, "test", reports, 0, 0.01))


def batch(*codings: Placed[Coding]) -> CodedBatch:
    """A coded Batch of these."""
    return CodedBatch(SPAN, codings, (), ())
