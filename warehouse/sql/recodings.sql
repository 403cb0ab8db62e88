-- view recodings: How far a trend changed because the coder did: reports before and after each change of version, over the very same texts, by event type, country and month. The single reports are in recoding_changes.
-- reports_before: Reports of the older version.
-- reports_after: Reports of the newer version.
-- unchanged: Reports that both versions tell alike.
-- changed: Reports that both versions tell, with other values.
-- gained: Reports that only the newer version has.
-- lost: Reports that only the older version had.
-- fatalities_before: Sum of fatalities of the older version's reports.
-- fatalities_after: Sum of fatalities of the newer version's reports.
SELECT
    from_version,
    to_version,
    event_type,
    country,
    month,
    count(old_report_id) AS reports_before,
    count(new_report_id) AS reports_after,
    count(*) FILTER (change = 'unchanged') AS unchanged,
    count(*) FILTER (change = 'changed') AS changed,
    count(*) FILTER (change = 'gained') AS gained,
    count(*) FILTER (change = 'lost') AS lost,
    coalesce(sum(old_fatalities), 0)::BIGINT AS fatalities_before,
    coalesce(sum(new_fatalities), 0)::BIGINT AS fatalities_after
FROM recoding_changes
GROUP BY ALL
ORDER BY ALL
