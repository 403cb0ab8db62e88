-- view articles_latest: The revision of each article that its current coding rests on, and what came of it.
-- coding_id: The article's current coding.
-- coder_version: Version of the coder that made it.
-- reports_landed: Reports of the current coding in reports_latest; 0 for news without events.
SELECT a.*, c.coding_id, c.coder_version, c.reports_landed
FROM articles AS a
JOIN codings AS c ON c.article_id = a.article_id AND c.text_sha256 = a.text_sha256
WHERE c.superseded_by IS NULL
