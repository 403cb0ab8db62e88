-- view recoding_changes: What another version of the coder made of the same texts: one row for each report of the older coding and its counterpart in the newer one. A counterpart has the same event type and country and a day at most 7 days away; of several, the nearest.
-- change: unchanged, changed (the counterpart differs), gained (only the newer version has it), lost (only the older one had it).
-- from_version: Version of the coder that made the older coding.
-- to_version: Version of the coder that made the newer coding.
-- recoded_at: When the newer coding was landed, UTC.
-- ledger: Ledger of the newer coding: @recode, or @replay where the recoding failed at first.
-- offset: Offset of the newer coding in that ledger.
-- article_id: The article.
-- event_type: One of ACLED's six event types.
-- country: ACLED's name of the country; NULL where the text does not tell.
-- month: First day of the month of event_date: the newer report's, the older one's where it is lost.
-- changed_columns: Names of the columns that differ; empty unless changed.
-- old_coding_id: The older coding.
-- old_report_id: The older report: with old_coding_id it names a row of reports; NULL where it is gained.
-- old_fatalities: Fatalities of the older report; NULL where it is gained.
-- new_coding_id: The newer coding.
-- new_report_id: The newer report: with new_coding_id it names a row of reports; NULL where it is lost.
-- new_fatalities: Fatalities of the newer report; NULL where it is lost.
WITH recoded AS (
    SELECT
        o.coder_version AS from_version,
        n.coder_version AS to_version,
        n.ingested_at AS recoded_at,
        n.ledger,
        n."offset",
        n.article_id,
        o.coding_id AS old_coding_id,
        n.coding_id AS new_coding_id
    FROM codings AS o
    JOIN codings AS n ON n.coding_id = o.superseded_by
    WHERE n.text_sha256 = o.text_sha256 AND n.coder_version <> o.coder_version
),
older AS (
    SELECT c.new_coding_id AS recoding, r.* EXCLUDE (evidence, notes, tags, quality_flags)
    FROM reports AS r
    JOIN recoded AS c ON r.coding_id = c.old_coding_id
),
newer AS (
    SELECT c.new_coding_id AS recoding, r.* EXCLUDE (evidence, notes, tags, quality_flags)
    FROM reports AS r
    JOIN recoded AS c ON r.coding_id = c.new_coding_id
),
-- candidates from the nearest to the farthest; each is taken unless one of its two reports is taken already
paired AS (
    SELECT
        recoding,
        unnest(list_reduce(
            list([{'old': o.report_id, 'new': n.report_id}] ORDER BY
                o.report_id <> n.report_id,
                o.sub_event_type <> n.sub_event_type,
                abs(o.event_date - n.event_date),
                o.location IS DISTINCT FROM n.location,
                abs(o.fatalities - n.fatalities),
                o.report_id,
                n.report_id
            ),
            lambda taken, next: CASE
                WHEN len(list_filter(taken, lambda pair: pair.old = next[1].old OR pair.new = next[1].new)) > 0
                    THEN taken
                ELSE list_concat(taken, next)
            END
        )) AS pair
    FROM older AS o
    JOIN newer AS n USING (recoding)
    WHERE o.event_type = n.event_type
        AND o.country IS NOT DISTINCT FROM n.country
        AND abs(o.event_date - n.event_date) <= 7
    GROUP BY recoding
),
told AS (
    SELECT recoding, pair.old AS old_report_id, pair.new AS new_report_id FROM paired
    UNION ALL
    SELECT o.recoding, o.report_id, NULL FROM older AS o
    WHERE NOT EXISTS (SELECT 1 FROM paired AS p WHERE p.recoding = o.recoding AND p.pair.old = o.report_id)
    UNION ALL
    SELECT n.recoding, NULL, n.report_id FROM newer AS n
    WHERE NOT EXISTS (SELECT 1 FROM paired AS p WHERE p.recoding = n.recoding AND p.pair.new = n.report_id)
),
compared AS (
    SELECT
        t.*,
        o.fatalities AS old_fatalities,
        n.fatalities AS new_fatalities,
        coalesce(n.event_type, o.event_type) AS event_type,
        coalesce(n.country, o.country) AS country,
        date_trunc('month', coalesce(n.event_date, o.event_date))::DATE AS month,
        list_filter([
            CASE WHEN o.event_date <> n.event_date THEN 'event_date' END,
            CASE WHEN o.event_date_end <> n.event_date_end THEN 'event_date_end' END,
            CASE WHEN o.time_precision <> n.time_precision THEN 'time_precision' END,
            CASE WHEN o.sub_event_type <> n.sub_event_type THEN 'sub_event_type' END,
            CASE WHEN o.actor1 <> n.actor1 THEN 'actor1' END,
            CASE WHEN o.assoc_actor_1 IS DISTINCT FROM n.assoc_actor_1 THEN 'assoc_actor_1' END,
            CASE WHEN o.inter1 <> n.inter1 THEN 'inter1' END,
            CASE WHEN o.actor2 IS DISTINCT FROM n.actor2 THEN 'actor2' END,
            CASE WHEN o.assoc_actor_2 IS DISTINCT FROM n.assoc_actor_2 THEN 'assoc_actor_2' END,
            CASE WHEN o.inter2 IS DISTINCT FROM n.inter2 THEN 'inter2' END,
            CASE WHEN o.civilian_targeting IS DISTINCT FROM n.civilian_targeting THEN 'civilian_targeting' END,
            CASE WHEN o.admin1 IS DISTINCT FROM n.admin1 THEN 'admin1' END,
            CASE WHEN o.admin2 IS DISTINCT FROM n.admin2 THEN 'admin2' END,
            CASE WHEN o.admin3 IS DISTINCT FROM n.admin3 THEN 'admin3' END,
            CASE WHEN o.location IS DISTINCT FROM n.location THEN 'location' END,
            CASE WHEN o.latitude IS DISTINCT FROM n.latitude THEN 'latitude' END,
            CASE WHEN o.longitude IS DISTINCT FROM n.longitude THEN 'longitude' END,
            CASE WHEN o.geo_precision IS DISTINCT FROM n.geo_precision THEN 'geo_precision' END,
            CASE WHEN o.fatalities <> n.fatalities THEN 'fatalities' END,
            CASE WHEN o.fatalities_low IS DISTINCT FROM n.fatalities_low THEN 'fatalities_low' END,
            CASE WHEN o.fatalities_best IS DISTINCT FROM n.fatalities_best THEN 'fatalities_best' END,
            CASE WHEN o.fatalities_high IS DISTINCT FROM n.fatalities_high THEN 'fatalities_high' END,
            CASE WHEN o.injuries_low IS DISTINCT FROM n.injuries_low THEN 'injuries_low' END,
            CASE WHEN o.injuries_best IS DISTINCT FROM n.injuries_best THEN 'injuries_best' END,
            CASE WHEN o.injuries_high IS DISTINCT FROM n.injuries_high THEN 'injuries_high' END,
            CASE WHEN o.abducted IS DISTINCT FROM n.abducted THEN 'abducted' END,
            CASE WHEN o.arrested IS DISTINCT FROM n.arrested THEN 'arrested' END,
            CASE WHEN o.participants IS DISTINCT FROM n.participants THEN 'participants' END,
            CASE WHEN o.incident_count <> n.incident_count THEN 'incident_count' END,
            CASE WHEN o.factuality <> n.factuality THEN 'factuality' END,
            CASE WHEN o.scope <> n.scope THEN 'scope' END
        ], lambda name: name IS NOT NULL) AS differing
    FROM told AS t
    LEFT JOIN older AS o ON o.recoding = t.recoding AND o.report_id = t.old_report_id
    LEFT JOIN newer AS n ON n.recoding = t.recoding AND n.report_id = t.new_report_id
)
SELECT
    CASE
        WHEN d.old_report_id IS NULL THEN 'gained'
        WHEN d.new_report_id IS NULL THEN 'lost'
        WHEN d.differing = [] THEN 'unchanged'
        ELSE 'changed'
    END AS change,
    c.from_version,
    c.to_version,
    c.recoded_at,
    c.ledger,
    c."offset",
    c.article_id,
    d.event_type,
    d.country,
    d.month,
    CASE WHEN d.old_report_id IS NULL OR d.new_report_id IS NULL THEN [] ELSE d.differing END AS changed_columns,
    c.old_coding_id,
    d.old_report_id,
    d.old_fatalities,
    c.new_coding_id,
    d.new_report_id,
    d.new_fatalities
FROM compared AS d
JOIN recoded AS c ON c.new_coding_id = d.recoding
