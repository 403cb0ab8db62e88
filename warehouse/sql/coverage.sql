-- view coverage: What was read, by source and day of publication (UTC): the denominator of every trend. Articles in their current revision; skipped and rejected ones are in skips and rejects.
-- source: Name of the source; empty where the articles do not say.
-- day: Day of published_at, UTC.
-- articles: Articles read and coded.
-- articles_with_events: Of these, how many tell of at least one event in scope.
-- articles_without_events: Of these, how many tell of none.
-- reports: Reports of these articles in reports_latest.
-- published_at_assumed: Of these articles, how many gave no time and were dated by their Kafka record.
SELECT
    source,
    (published_at AT TIME ZONE 'UTC')::DATE AS day,
    count(*) AS articles,
    count(*) FILTER (reports_landed > 0) AS articles_with_events,
    count(*) FILTER (reports_landed = 0) AS articles_without_events,
    sum(reports_landed)::BIGINT AS reports,
    count(*) FILTER (published_at_basis <> 'article') AS published_at_assumed
FROM articles_latest
GROUP BY ALL
ORDER BY day, source
