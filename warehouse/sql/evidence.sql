-- macro evidence(id): The sentences that one report's values rest on: SELECT * FROM evidence('REPORT_ID').
-- report_id: The report.
-- field: Name of the report's field that this supports.
-- words: The supporting words, cut out of the article at the offsets.
-- sentence: The sentence, as it stands in the article.
-- part: text or title: where the offsets point into.
-- start: First character of the supporting words.
-- end: Character after the last of the supporting words.
-- article_id: The article.
-- url: Address of the article as given.
SELECT
    e.report_id,
    e.item.field AS field,
    substring(
        CASE e.item.part WHEN 'title' THEN a.title ELSE a.text END,
        e.item.start + 1,
        e.item."end" - e.item.start
    ) AS words,
    e.item.sentence AS sentence,
    e.item.part AS part,
    e.item.start AS start,
    e.item."end" AS "end",
    e.article_id,
    a.url
FROM (
    SELECT report_id, article_id, text_sha256, unnest(evidence) AS item
    FROM tocsin.reports
    WHERE report_id = id AND superseded_by IS NULL
) AS e
LEFT JOIN tocsin.articles AS a ON a.article_id = e.article_id AND a.text_sha256 = e.text_sha256
