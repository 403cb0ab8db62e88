-- view aggregates: Current reports that tell of several incidents at once, such as "2,162 attacks"; counting rows counts each of them once.
SELECT *
FROM reports_latest
WHERE incident_count > 1
