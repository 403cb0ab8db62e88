-- view reports_latest: The reports of each article's current coding, one row per report: what analysts read. One event told by several articles is several reports.
SELECT * EXCLUDE (superseded_by)
FROM reports
WHERE superseded_by IS NULL
