-- view rejects_open: What did not land and is not settled, oldest first, without its payload.
-- age_seconds: Seconds since it was first rejected.
SELECT * EXCLUDE (payload, record_key, status, settled_at, settled_by),
    epoch(now() - first_seen_at)::BIGINT AS age_seconds
FROM rejects
WHERE status = 'open'
ORDER BY first_seen_at, reject_id
