"""The judge frame: the flat table that expectations are stated over, one row a report (or an article).

Neither Great Expectations nor a vectorised predicate sees into lists, structs or two tables at once. So the frame has
the record's plain columns and, derived here and nowhere else, what the rules need beside them. It is made in two
steps: `report_row` and `article_row` read records; `derive_reports` and `derive_articles` need columns only, so that
a table read from the lake (with the base columns of `REPORT_BASE`) can be judged by the same suite.

NaN becomes infinity: Great Expectations takes NaN for null and would pass it over.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.validation.evidence import misplaced_and_elsewhere
from schemas.article import Article
from schemas.derive import columns
from schemas.report import Report

_TEXTS = (
    "report_id disorder_type event_type sub_event_type actor1 actor2 civilian_targeting region country location "
    "source_scale fatalities_basis factuality"
).split()
_NUMBERS = (
    "year time_precision inter1 inter2 interaction iso geo_precision fatalities incident_count fatalities_low "
    "fatalities_best fatalities_high injuries_low injuries_best injuries_high abducted arrested participants"
).split()
_REALS = "latitude longitude confidence".split()
_COPIED = (*_TEXTS, *_NUMBERS, *_REALS, "event_date", "event_date_end")
_COUNTED = (
    "evidence_count",
    "event_date_evidence",
    "fatalities_evidence",
    "evidence_misplaced",
    "evidence_elsewhere",
)
_PEOPLE = (
    *(n for n in _NUMBERS if n.startswith(("fatalities", "injuries"))),
    "abducted",
    "arrested",
    "participants",
)

# What a table must have to be judged by the suite `reports`. int64 and double throughout: a value too wide for its
# own column is still judged, and told apart from one that breaks a rule.
REPORT_BASE = pa.schema(
    [(name, pa.string()) for name in _TEXTS]
    + [(name, pa.int64()) for name in _NUMBERS]
    + [(name, pa.float64()) for name in _REALS]
    + [("event_date", pa.date32()), ("event_date_end", pa.date32())]
    + [(name, pa.int64()) for name in _COUNTED]
    + [("missing_values", pa.int64()), ("offset", pa.int64()), ("published_date", pa.date32())]
)
ARTICLE_BASE = pa.schema(
    [
        ("article_id", pa.string()),
        ("text_sha256", pa.string()),
        ("published_at", pa.timestamp("us", tz="UTC")),
        ("published_at_basis", pa.string()),
        ("source", pa.string()),
        ("source_scale", pa.string()),
        ("language", pa.string()),
        ("schema_version", pa.int64()),
        ("text_chars", pa.int64()),
        ("missing_values", pa.int64()),
    ]
)
_REPORT_REQUIRED = attrgetter(*(c.name for c in columns(Report) if not c.nullable))
_ARTICLE_REQUIRED = attrgetter(*(c.name for c in columns(Article) if not c.nullable))
_REPORT_COPIED = attrgetter(*_COPIED)
_ARTICLE_COPIED = attrgetter(*ARTICLE_BASE.names[:8])


def report_row(report: Report, article: Article, offset: int) -> tuple[Any, ...]:
    """One row of `REPORT_BASE`; `offset` tells the coding of the Batch that the report belongs to."""
    fields = [e.field for e in report.evidence]
    counted = (
        len(fields),
        fields.count("event_date"),
        sum(f.startswith("fatalities") for f in fields),
        *misplaced_and_elsewhere(report.evidence, article),
    )
    missing = sum(v is None for v in _REPORT_REQUIRED(report))
    return (*_REPORT_COPIED(report), *counted, missing, offset, article.published_at.date())


def article_row(article: Article) -> tuple[Any, ...]:
    """One row of `ARTICLE_BASE`."""
    missing = sum(v is None for v in _ARTICLE_REQUIRED(article))
    return (*_ARTICLE_COPIED(article), len(article.text or ""), missing)


def base(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    """The rows in columns. Raises what pyarrow raises for a value it cannot hold (a lone surrogate, a number too wide)."""
    by_column: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [pa.array(values, field.type) for values, field in zip(by_column, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def derive_reports(rows: pa.RecordBatch) -> pa.RecordBatch:
    """The judge frame of reports, from a table with the columns of `REPORT_BASE` (others are dropped)."""
    c = {name: rows[name] for name in REPORT_BASE.names}
    c |= {name: _finite(c[name]) for name in _REALS}
    derived = {
        "year_of_event_date": pc.year(c["event_date"]),
        "days_end_after_publication": _days(c["event_date_end"], c["published_date"]),
        "days_of_range": _days(c["event_date_end"], c["event_date"]),
        "interaction_by_rule": _interaction(c["inter1"], c["inter2"]),
        "latitude_rounded": pc.round(c["latitude"], 4),
        "longitude_rounded": pc.round(c["longitude"], 4),
        "lowest_number": pc.min_element_wise(*(c[name] for name in _PEOPLE), skip_nulls=True),
        "has_fatalities_basis": pc.not_equal(c["fatalities_basis"], "none"),
        "event_date": c["event_date"].cast(pa.string()),
        "event_date_end": c["event_date_end"].cast(pa.string()),
    }
    has = {f"has_{name}": pc.is_valid(c[name]) for name in _NULLABLE_PAIRS}
    del c["published_date"]
    return pa.RecordBatch.from_pydict(c | derived | has)


# Columns of which only "is there a value" is compared with another's.
_NULLABLE_PAIRS = ("actor2", "inter2", "latitude", "longitude", "fatalities_best")


def derive_articles(rows: pa.RecordBatch, judged_at: datetime) -> pa.RecordBatch:
    """The judge frame of articles; `judged_at` is the clock that "in the future" is measured by."""
    c = {name: rows[name] for name in ARTICLE_BASE.names}
    now = pa.scalar(judged_at, pa.timestamp("us", tz="UTC"))
    ahead = pc.subtract(c["published_at"], now).cast(pa.int64())
    c["published_ahead_seconds"] = pc.divide(ahead, 1_000_000)
    c["published_year"] = pc.year(c["published_at"])
    c["published_at"] = c["published_at"].cast(pa.string())
    return pa.RecordBatch.from_pydict(c)


def _finite(values: pa.Array) -> pa.Array:
    """NaN as infinity, so that bounds catch it."""
    return pc.if_else(pc.is_nan(values), float("inf"), values)


def _days(end: pa.Array, start: pa.Array) -> pa.Array:
    """Days from start to end, negative where end lies before."""
    return pc.subtract(end.cast(pa.int32()), start.cast(pa.int32())).cast(pa.int64())


def _interaction(inter1: pa.Array, inter2: pa.Array) -> pa.Array:
    """`schemas.actors.interaction`, a column at a time."""
    one_sided = pc.multiply(inter1, 10)
    low, high = (
        pc.min_element_wise(inter1, inter2, skip_nulls=False),
        pc.max_element_wise(inter1, inter2, skip_nulls=False),
    )
    return pc.coalesce(pc.add(pc.multiply(low, 10), high), one_sided)
