"""A large lake of invented reports for measuring queries: nobody lives in it and nothing in it happened.

The rows obey ACLED's rules (types and disorder types, actor types and interaction, civilian targeting, precision), are
the same for the same seed and DuckDB, and are written by SQL, not by landing: a million take a minute.
"""

import pyarrow as pa

from schemas.actors import ActorType, interaction
from schemas.countries import countries
from schemas.taxonomy import EVENT_TYPE_OF, EventType, SubEventType, disorder_type
from warehouse.lake import Lake

# Who may act and be acted upon, by event type; None: one-sided.
SIDES: dict[EventType, tuple[tuple[int, int | None], ...]] = {
    EventType.BATTLES: ((1, 2), (1, 3), (2, 3), (4, 4), (1, 8)),
    EventType.PROTESTS: ((6, None), (6, 1)),
    EventType.RIOTS: ((5, None), (5, 1), (5, 5)),
    EventType.EXPLOSIONS: ((1, 2), (2, 1), (2, 7), (8, 2)),
    EventType.VIOLENCE_AGAINST_CIVILIANS: ((1, 7), (2, 7), (3, 7), (4, 7)),
    EventType.STRATEGIC: ((1, None), (2, None), (1, 2)),
}
# How often each event type is reported, in parts of 20: roughly what the field sees.
WEIGHTS = {
    EventType.BATTLES: 5,
    EventType.PROTESTS: 6,
    EventType.RIOTS: 1,
    EventType.EXPLOSIONS: 3,
    EventType.VIOLENCE_AGAINST_CIVILIANS: 3,
    EventType.STRATEGIC: 2,
}
REPORTS_AN_ARTICLE = 4
# One coding in 50 was superseded by a later one.
SUPERSEDED_EVERY = 50
# Inserted at once: a few commits of 250,000 rows, each within a gigabyte of memory.
ROWS_AT_ONCE = 250_000
ACTORS_A_COUNTRY = 12


def fill(lake: Lake, reports: int, seed: int = 4) -> None:
    """Writes so many reports, and the articles and codings that they belong to, into an empty lake."""
    lake.connection.register("kinds", _kinds())
    lake.connection.register("lands", _lands())
    try:
        for start in range(0, reports, ROWS_AT_ONCE):
            end = min(start + ROWS_AT_ONCE, reports)
            lake.execute(_REPORTS.format(start=start, end=end, seed=seed))
            a, b = start // REPORTS_AN_ARTICLE, -(-end // REPORTS_AN_ARTICLE)
            lake.execute(_ARTICLES.format(start=a, end=b, seed=seed))
            lake.execute(_CODINGS.format(start=a, end=b))
    finally:
        lake.connection.unregister("kinds")
        lake.connection.unregister("lands")


def _kinds() -> pa.Table:
    """Every possible pair of sides of every sub-event type, as often as its event type's weight says, numbered."""
    rows = []
    for sub in SubEventType:
        kind = EVENT_TYPE_OF[sub]
        for _ in range(WEIGHTS[kind]):
            rows += [_kind(sub, one, two) for one, two in SIDES[kind]]
    return pa.Table.from_pylist([{"kind": n, **row} for n, row in enumerate(rows)])


def _kind(sub: SubEventType, inter1: int, inter2: int | None) -> dict[str, object]:
    targeted = inter2 == ActorType.CIVILIANS or sub is SubEventType.EXCESSIVE_FORCE
    return {
        "sub_event_type": sub.value,
        "event_type": EVENT_TYPE_OF[sub].value,
        "disorder_type": disorder_type(sub).value,
        "inter1": inter1,
        "inter2": inter2,
        "interaction": interaction(inter1, inter2),
        "civilian_targeting": "Civilians targeted" if targeted else None,
        "deadly": EVENT_TYPE_OF[sub] not in (EventType.PROTESTS, EventType.STRATEGIC),
    }


def _lands() -> pa.Table:
    """The sixty most reported countries' stand-ins: the first sixty of the table, numbered."""
    found = [c for c in countries() if c.iso is not None][:60]
    return pa.Table.from_pylist(
        [{"land": n, "country": c.name, "iso": c.iso, "region": c.region.value} for n, c in enumerate(found)]
    )


# `h(k)` below is a number that depends on the row, the seed and k alone.
_H = "(hash(i * 1000003 + {seed} * 7919 + {k}) >> 8)"


def _h(k: int) -> str:
    return _H.replace("{k}", str(k))


_REPORTS = f"""
INSERT INTO reports BY NAME
WITH numbered AS (
    SELECT
        i,
        i // {REPORTS_AN_ARTICLE} AS a,
        -- countries are reported unevenly: the square of a uniform number
        floor(60 * pow(({_h(1)} % 1000000) / 1000000.0, 2))::BIGINT AS land,
        ({_h(2)} % (SELECT count(*) FROM kinds))::BIGINT AS kind,
        DATE '2021-01-01' + ({_h(3)} % 1800)::INTEGER AS event_date,
        {_h(4)} AS r4, {_h(5)} AS r5, {_h(6)} AS r6, {_h(7)} AS r7
    FROM range({{start}}, {{end}}) AS rows(i)
),
drawn AS (
    SELECT *, CASE WHEN deadly AND r4 % 3 > 0 THEN (r4 // 3) % 12 END::INTEGER AS deaths,
        (r5 % 40)::INTEGER AS town, (r6 % {ACTORS_A_COUNTRY})::INTEGER AS who
    FROM numbered JOIN kinds USING (kind) JOIN lands USING (land)
)
SELECT
    md5('report ' || i) AS report_id,
    md5('article ' || a) AS article_id,
    md5('text ' || a) AS text_sha256,
    'synthetic 1' AS coder_version,
    event_date,
    event_date AS event_date_end,
    year(event_date)::SMALLINT AS year,
    CASE WHEN r7 % 10 = 0 THEN 3 WHEN r7 % 10 = 1 THEN 2 ELSE 1 END::TINYINT AS time_precision,
    disorder_type, event_type, sub_event_type,
    CASE inter1 WHEN 1 THEN 'Military Forces of ' || country WHEN 6 THEN 'Protesters (' || country || ')'
        WHEN 5 THEN 'Rioters (' || country || ')' ELSE 'Armed Group ' || who || ' (' || country || ')' END AS actor1,
    []::VARCHAR[] AS assoc_actor_1,
    inter1::TINYINT AS inter1,
    CASE WHEN inter2 IS NULL THEN NULL WHEN inter2 = 7 THEN 'Civilians (' || country || ')'
        WHEN inter2 = 1 THEN 'Police Forces of ' || country
        ELSE 'Armed Group ' || (who + 1) || ' (' || country || ')' END AS actor2,
    []::VARCHAR[] AS assoc_actor_2,
    inter2::TINYINT AS inter2,
    interaction::TINYINT AS interaction,
    civilian_targeting,
    iso::SMALLINT AS iso, region, country,
    'Province ' || (town // 5) AS admin1, 'District ' || town AS admin2, NULL::VARCHAR AS admin3,
    'Town ' || town || ' of ' || country AS location,
    round(-35 + land + town / 100.0, 4) AS latitude,
    round(-60 + 2 * land + town / 100.0, 4) AS longitude,
    CASE WHEN town % 7 = 0 THEN 2 ELSE 1 END::TINYINT AS geo_precision,
    'Example Herald ' || (r5 % 200) AS source,
    'National' AS source_scale,
    'On ' || event_date || ', ' || sub_event_type || ' at Town ' || town || ' of ' || country || ', number ' || i
        || CASE WHEN r7 % 400 = 0 THEN ', near the market bridge.' ELSE '.' END AS notes,
    coalesce(deaths, 0)::INTEGER AS fatalities,
    []::VARCHAR[] AS tags,
    CASE WHEN r6 % 500 = 0 THEN 2 + r6 % 90 ELSE 1 END::INTEGER AS incident_count,
    CASE WHEN r6 % 500 = 0 THEN 'exact' ELSE 'none' END AS incident_count_basis,
    deaths AS fatalities_low, deaths AS fatalities_best, deaths AS fatalities_high,
    CASE WHEN deaths IS NULL THEN 'none' ELSE 'exact' END AS fatalities_basis,
    NULL::INTEGER AS injuries_low, NULL::INTEGER AS injuries_best, NULL::INTEGER AS injuries_high,
    NULL::INTEGER AS abducted, NULL::INTEGER AS arrested, NULL::INTEGER AS participants,
    NULL::VARCHAR AS attribution,
    'asserted' AS factuality,
    'political' AS scope,
    (50 + r4 % 50) / 100.0 AS confidence,
    [{{{{'field': 'fatalities', 'sentence': 'A sentence written for measuring, number ' || i, 'part': 'text',
      'start': 0::INTEGER, 'end': 10::INTEGER}}}}] AS evidence,
    []::VARCHAR[] AS quality_flags,
    md5('coding ' || a) AS coding_id,
    CASE WHEN a % {SUPERSEDED_EVERY} = 0 THEN md5('later coding ' || a) END AS superseded_by,
    'kafka:synthetic/0' AS ledger, 'synthetic' AS topic, 0::INTEGER AS partition, a AS "offset",
    TIMESTAMPTZ '2026-01-01 00:00:00+00' AS ingested_at
FROM drawn
"""  # noqa: S608 nothing comes from outside
_ARTICLES = f"""
INSERT INTO articles BY NAME
SELECT
    md5('article ' || i) AS article_id,
    md5('text ' || i) AS text_sha256,
    'https://example.org/' || i AS url,
    'An invented headline, number ' || i AS title,
    repeat('A sentence written for measuring, number ' || i || '. ', 10) AS text,
    TIMESTAMPTZ '2021-01-01 06:00:00+00' + to_hours(({_h(8)} % 43200)::INTEGER) AS published_at,
    'article' AS published_at_basis,
    NULL::TIMESTAMPTZ AS fetched_at,
    'Example Herald ' || ({_h(9)} % 200) AS source,
    'National' AS source_scale, 'en' AS language, 1::SMALLINT AS schema_version, NULL::VARCHAR AS extra,
    'kafka:synthetic/0' AS ledger, 'synthetic' AS topic, 0::INTEGER AS partition, i AS "offset",
    TIMESTAMPTZ '2026-01-01 00:00:00+00' AS ingested_at
FROM range({{start}}, {{end}}) AS rows(i)
"""  # noqa: S608 nothing comes from outside
_CODINGS = f"""
INSERT INTO codings BY NAME
SELECT
    md5('coding ' || i) AS coding_id,
    md5('article ' || i) AS article_id,
    md5('text ' || i) AS text_sha256,
    'synthetic 1' AS coder_version,
    {REPORTS_AN_ARTICLE}::INTEGER AS reports_coded, {REPORTS_AN_ARTICLE}::INTEGER AS reports_landed,
    0::INTEGER AS reports_out_of_scope, 0::INTEGER AS reports_rejected,
    CASE WHEN i % {SUPERSEDED_EVERY} = 0 THEN md5('later coding ' || i) END AS superseded_by,
    'kafka:synthetic/0' AS ledger, 'synthetic' AS topic, 0::INTEGER AS partition, i AS "offset",
    TIMESTAMPTZ '2026-01-01 00:00:00+00' AS ingested_at
FROM range({{start}}, {{end}}) AS rows(i)
"""  # noqa: S608 nothing comes from outside
