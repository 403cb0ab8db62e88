-- view ingest_lag: How far behind each ledger is, one row per ledger. NULL where nothing was landed in the last hour.
-- ledger: Text form of the ledger's key.
-- next: The offset at which the next Batch begins.
-- moved_at: When the ledger last moved, UTC.
-- moved_seconds_ago: Seconds since then: an idle topic and a stopped pipeline both let it grow.
-- newest_record_at: Kafka timestamp of the last record landed, UTC.
-- record_lag_seconds: Seconds from that record's timestamp to the commit that landed it.
-- articles_last_hour: Articles landed as codings in the last hour.
-- published_lag_p50_seconds: Median of the seconds from published_at to ingested_at, of those.
-- published_lag_p95_seconds: 95th percentile of the same.
WITH recent AS (
    SELECT
        ledger,
        count(*) AS articles_last_hour,
        quantile_cont(epoch(ingested_at - published_at), 0.5) AS published_lag_p50_seconds,
        quantile_cont(epoch(ingested_at - published_at), 0.95) AS published_lag_p95_seconds
    FROM articles
    WHERE ingested_at > now() - INTERVAL 1 HOUR
    GROUP BY ledger
)
SELECT
    l.ledger,
    l.next,
    l.updated_at AS moved_at,
    epoch(now() - l.updated_at) AS moved_seconds_ago,
    make_timestamptz(l.last_timestamp_ms * 1000) AS newest_record_at,
    epoch(l.updated_at) - l.last_timestamp_ms / 1000 AS record_lag_seconds,
    coalesce(r.articles_last_hour, 0) AS articles_last_hour,
    r.published_lag_p50_seconds,
    r.published_lag_p95_seconds
FROM ledgers AS l
LEFT JOIN recent AS r USING (ledger)
ORDER BY l.ledger
