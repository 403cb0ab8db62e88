-- view conservation: The guarantee, recounted from the tables, one row per ledger: offsets passed = articles coded + skipped + rejected + offsets that held no record or were given up by hand. `tocsin audit` asks the broker as well.
-- ledger: Text form of the ledger's key.
-- offsets_passed: next - first, and what was opened again by hand.
-- coded: Offsets that became codings.
-- skipped_duplicate: Skips: the same text again.
-- skipped_unsupported_language: Skips: in a language that the coder does not know.
-- skipped_tombstone: Skips: a record without a value.
-- skipped_canary: Skips: a test record.
-- rejected: Offsets whose whole article was rejected (further attempts included), whatever became of it since.
-- offsets_empty: Offsets that held no record (transaction markers, compaction).
-- offsets_lost: Offsets that retention removed before they were read, accepted by hand.
-- offsets_skipped: Offsets passed over by hand.
-- difference: offsets_passed less all of these; 0 unless something is wrong.
-- reports_coded: Reports that the coder wrote.
-- reports_landed: Rows in reports.
-- reports_out_of_scope: Reports of a scope that is not landed.
-- reports_rejected: Single reports that were rejected, further attempts included.
-- reports_difference: reports_coded less these three; 0 unless something is wrong.
-- balanced: Whether both differences are 0 and the ledger's own counts agree with the tables.
WITH coded AS (
    SELECT
        ledger,
        count(*) AS coded,
        sum(reports_coded) AS reports_coded,
        sum(reports_out_of_scope) AS reports_out_of_scope
    FROM codings
    GROUP BY ledger
),
skipped AS (
    SELECT
        ledger,
        count(*) AS skipped,
        count(*) FILTER (reason = 'duplicate') AS skipped_duplicate,
        count(*) FILTER (reason = 'unsupported_language') AS skipped_unsupported_language,
        count(*) FILTER (reason = 'tombstone') AS skipped_tombstone,
        count(*) FILTER (reason = 'canary') AS skipped_canary
    FROM skips
    GROUP BY ledger
),
rejected AS (
    SELECT
        ledger,
        count(*) FILTER (report_id IS NULL) AS rejected,
        count(*) FILTER (report_id IS NOT NULL) AS reports_rejected
    FROM (
        SELECT ledger, report_id FROM rejects
        UNION ALL
        SELECT ledger, report_id FROM reject_attempts
    )
    GROUP BY ledger
),
landed AS (
    SELECT ledger, count(*) AS reports_landed FROM reports GROUP BY ledger
),
counted AS (
    SELECT
        l.ledger,
        l.next - l.first + l.offsets_reopened AS offsets_passed,
        coalesce(c.coded, 0) AS coded,
        coalesce(s.skipped, 0) AS skipped,
        coalesce(s.skipped_duplicate, 0) AS skipped_duplicate,
        coalesce(s.skipped_unsupported_language, 0) AS skipped_unsupported_language,
        coalesce(s.skipped_tombstone, 0) AS skipped_tombstone,
        coalesce(s.skipped_canary, 0) AS skipped_canary,
        coalesce(r.rejected, 0) AS rejected,
        l.offsets_empty,
        l.offsets_lost,
        l.offsets_skipped,
        coalesce(c.reports_coded, 0)::BIGINT AS reports_coded,
        coalesce(p.reports_landed, 0) AS reports_landed,
        coalesce(c.reports_out_of_scope, 0)::BIGINT AS reports_out_of_scope,
        coalesce(r.reports_rejected, 0) AS reports_rejected,
        l.codings AS ledger_codings,
        l.skips AS ledger_skips,
        l.rejects AS ledger_rejects
    FROM ledgers AS l
    LEFT JOIN coded AS c USING (ledger)
    LEFT JOIN skipped AS s USING (ledger)
    LEFT JOIN rejected AS r USING (ledger)
    LEFT JOIN landed AS p USING (ledger)
),
differences AS (
    SELECT
        *,
        offsets_passed - coded - skipped - rejected - offsets_empty - offsets_lost - offsets_skipped AS difference,
        reports_coded - reports_landed - reports_out_of_scope - reports_rejected AS reports_difference,
        ledger_codings = coded AND ledger_skips = skipped AND ledger_rejects = rejected AS counts_agree
    FROM counted
)
SELECT
    * EXCLUDE (skipped, ledger_codings, ledger_skips, ledger_rejects, difference, reports_difference, counts_agree,
               reports_coded, reports_landed, reports_out_of_scope, reports_rejected),
    difference,
    reports_coded,
    reports_landed,
    reports_out_of_scope,
    reports_rejected,
    reports_difference,
    difference = 0 AND reports_difference = 0 AND counts_agree AS balanced
FROM differences
ORDER BY ledger
