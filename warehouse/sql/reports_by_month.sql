-- view reports_by_month: Current reports by month of the event, country and type.
-- month: First day of the month of event_date.
-- country: ACLED's name of the country; NULL where the text does not tell.
-- event_type: One of ACLED's six event types.
-- reports: Reports: one event told by several articles counts several times.
-- incidents: Sum of incident_count.
-- fatalities: Sum of ACLED's figure; 0 also where nothing is known.
-- fatalities_known: Reports that say something about deaths, 0 included.
SELECT
    date_trunc('month', event_date)::DATE AS month,
    country,
    event_type,
    count(*) AS reports,
    sum(incident_count)::BIGINT AS incidents,
    sum(fatalities)::BIGINT AS fatalities,
    count(fatalities_best) AS fatalities_known
FROM reports_latest
GROUP BY ALL
ORDER BY ALL
