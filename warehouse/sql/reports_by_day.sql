-- view reports_by_day: Current reports by day of the event, country and type. Reports dated by a week or a month stand on their first day: days_exact says how many do not.
-- event_date: First day of the event.
-- country: ACLED's name of the country; NULL where the text does not tell.
-- event_type: One of ACLED's six event types.
-- reports: Reports: one event told by several articles counts several times.
-- days_exact: Of these, how many have time_precision 1.
-- incidents: Sum of incident_count.
-- fatalities: Sum of ACLED's figure; 0 also where nothing is known.
-- fatalities_known: Reports that say something about deaths, 0 included.
SELECT
    event_date,
    country,
    event_type,
    count(*) AS reports,
    count(*) FILTER (time_precision = 1) AS days_exact,
    sum(incident_count)::BIGINT AS incidents,
    sum(fatalities)::BIGINT AS fatalities,
    count(fatalities_best) AS fatalities_known
FROM reports_latest
GROUP BY ALL
ORDER BY ALL
