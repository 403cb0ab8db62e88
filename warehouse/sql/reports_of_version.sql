-- macro reports_of_version(version): The series of one version of the coder, as it coded then, superseded since or not: FROM reports_of_version('VERSION'). Of an article that this version coded several times, its last coding.
SELECT r.* EXCLUDE (superseded_by)
FROM tocsin.reports AS r
WHERE r.coder_version = version AND r.coding_id IN (
    SELECT arg_max(c.coding_id, (c.ingested_at, c."offset"))
    FROM tocsin.codings AS c
    -- a replayed older revision lands already superseded by the newer one
    LEFT JOIN tocsin.codings AS s ON s.coding_id = c.superseded_by AND s.coder_version = version
    WHERE c.coder_version = version AND s.coding_id IS NULL
    GROUP BY c.article_id
)
