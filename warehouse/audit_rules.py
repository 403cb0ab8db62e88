"""The rules of the audit, as SQL over the tables: each query gives the rows that break its rule, and no row if none
does. Knows the equations of DESIGN section 4 and what landing promises of its tables.

A query gives (subject, expected, found): what is wrong, the figure that it should be, the figure that it is.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One promise, in a sentence, and the query for what breaks it."""

    name: str
    promise: str
    sql: str


# every passing of an offset, once: a coding, a skip, or a reject of the whole article (the first, or one that failed
# again)
_PASSED = """(
    SELECT ledger, "offset" FROM codings
    UNION ALL SELECT ledger, "offset" FROM skips
    UNION ALL SELECT ledger, "offset" FROM rejects WHERE report_id IS NULL
    UNION ALL SELECT ledger, "offset" FROM reject_attempts WHERE report_id IS NULL
)"""
_REJECTED_REPORTS = """(
    SELECT coding_id FROM rejects WHERE report_id IS NOT NULL
    UNION ALL SELECT coding_id FROM reject_attempts WHERE report_id IS NOT NULL
)"""


def _count_of(counted: str, rows: str) -> str:
    """Rows of each ledger in `rows` against the ledger's own count; a ledger that is missing counts as 0."""
    return f"""
        SELECT coalesce(l.ledger, r.ledger), coalesce(l.{counted}, 0), coalesce(r.n, 0)
        FROM ledgers AS l FULL JOIN (SELECT ledger, count(*) AS n FROM {rows} GROUP BY ledger) AS r USING (ledger)
        WHERE coalesce(l.{counted}, 0) <> coalesce(r.n, 0)"""  # noqa: S608 names are ours


def _by_hand(counted: str, changes: str) -> str:
    return f"""
        SELECT l.ledger, l.{counted}, coalesce(c.n, 0)
        FROM ledgers AS l LEFT JOIN (
            SELECT ledger, sum("count")::BIGINT AS n FROM ledger_changes WHERE change IN ({changes}) GROUP BY ledger
        ) AS c USING (ledger)
        WHERE l.{counted} <> coalesce(c.n, 0)"""  # noqa: S608 names are ours


def _unique(columns: str, table: str, where: str = "true") -> str:
    subject = " || ' ' || ".join(columns.split(", "))
    return f"""
        SELECT {subject}, 1, count(*) FROM {table} WHERE {where} GROUP BY {columns} HAVING count(*) > 1"""  # noqa: S608


_WHOLE = """(
    SELECT ledger FROM rejects WHERE report_id IS NULL
    UNION ALL SELECT ledger FROM reject_attempts WHERE report_id IS NULL
)"""

RULES: tuple[Rule, ...] = (
    Rule(
        "ledger_sum",
        "next - first + reopened = codings + skips + rejects + empty + lost + skipped",
        """SELECT ledger, next - first + offsets_reopened AS passed,
            codings + skips + rejects + offsets_empty + offsets_lost + offsets_skipped AS counted
        FROM ledgers WHERE passed <> counted""",
    ),
    Rule("ledger_codings", "a ledger's codings are its rows in codings", _count_of("codings", "codings")),
    Rule("ledger_skips", "a ledger's skips are its rows in skips", _count_of("skips", "skips")),
    Rule(
        "ledger_rejects",
        "a ledger's rejects are its rows, further attempts included",
        _count_of("rejects", _WHOLE),
    ),
    Rule("ledger_skipped", "what was skipped by hand has a reason", _by_hand("offsets_skipped", "'skip'")),
    Rule("ledger_lost", "what was lost was accepted", _by_hand("offsets_lost", "'accept_loss'")),
    Rule(
        "ledger_reopened",
        "what was opened again has a reason",
        _by_hand("offsets_reopened", "'rewind', 'accept_new_topic'"),
    ),
    Rule(
        "offset_once",
        "no offset became two things (ledgers that were opened again aside: they count each reading)",
        f"""SELECT p.ledger || ' ' || p."offset", 1, count(*) FROM {_PASSED} AS p JOIN ledgers AS l USING (ledger)
        WHERE l.offsets_reopened = 0 GROUP BY p.ledger, p."offset" HAVING count(*) > 1""",  # noqa: S608
    ),
    Rule(
        "offset_within",
        "no row lies beyond its ledger",
        f"""SELECT p.ledger || ' ' || p."offset", l.next, p."offset" FROM {_PASSED} AS p JOIN ledgers AS l USING (ledger)
        WHERE l.offsets_reopened = 0 AND (p."offset" >= l.next OR p."offset" < l.first)""",  # noqa: S608
    ),
    Rule(
        "coding_sum",
        "reports coded = landed + out of scope + rejected",
        """SELECT coding_id, reports_coded, reports_landed + reports_out_of_scope + reports_rejected AS counted
        FROM codings WHERE reports_coded <> counted""",
    ),
    Rule(
        "coding_landed",
        "a coding's landed reports are its rows in reports, and every report has its coding",
        """SELECT coalesce(c.coding_id, r.coding_id), coalesce(c.reports_landed, 0), coalesce(r.n, 0)
        FROM codings AS c FULL JOIN (SELECT coding_id, count(*) AS n FROM reports GROUP BY coding_id) AS r
        USING (coding_id) WHERE coalesce(c.reports_landed, 0) <> coalesce(r.n, 0)""",
    ),
    Rule(
        "coding_rejected",
        "a coding's rejected reports are its rows in rejects, further attempts included",
        f"""SELECT coalesce(c.coding_id, r.coding_id), coalesce(c.reports_rejected, 0), coalesce(r.n, 0)
        FROM codings AS c FULL JOIN (SELECT coding_id, count(*) AS n FROM {_REJECTED_REPORTS} GROUP BY coding_id) AS r
        USING (coding_id) WHERE coalesce(c.reports_rejected, 0) <> coalesce(r.n, 0)""",  # noqa: S608
    ),
    Rule("coding_unique", "a coding_id names one coding", _unique("coding_id", "codings")),
    Rule("reject_unique", "a reject_id names one reject", _unique("reject_id", "rejects")),
    Rule(
        "report_unique",
        "a report_id is current once",
        _unique("report_id", "reports", "superseded_by IS NULL"),
    ),
    Rule(
        "revision_unique",
        "a revision has one row in articles",
        _unique("article_id, text_sha256", "articles"),
    ),
    Rule(
        "article_current",
        "every article that was coded has exactly one current coding",
        """SELECT article_id, 1, count(*) FILTER (superseded_by IS NULL) AS current
        FROM codings GROUP BY article_id HAVING current <> 1""",
    ),
    Rule(
        "article_row",
        "every coding has its revision in articles, and every revision a coding",
        """SELECT coalesce(a.article_id, c.article_id), 1, 0
        FROM (SELECT DISTINCT article_id, text_sha256 FROM articles) AS a
        FULL JOIN (SELECT DISTINCT article_id, text_sha256 FROM codings) AS c USING (article_id, text_sha256)
        WHERE a.article_id IS NULL OR c.article_id IS NULL""",
    ),
    Rule(
        "successor",
        "a superseded coding names a later coding of its article (a replayed older revision: the newer one)",
        """SELECT c.coding_id, 1, 0 FROM codings AS c LEFT JOIN codings AS s
        ON s.coding_id = c.superseded_by AND s.article_id = c.article_id AND s.coding_id <> c.coding_id
            AND (s.ingested_at >= c.ingested_at OR c.ledger = '@replay')
        WHERE c.superseded_by IS NOT NULL AND s.coding_id IS NULL""",
    ),
    Rule(
        "recoding",
        "a recoding replaced one coding, of the same text by another version of the coder",
        """SELECT n.coding_id, 1, count(o.coding_id) AS replaced FROM codings AS n LEFT JOIN codings AS o
        ON o.superseded_by = n.coding_id AND o.text_sha256 = n.text_sha256 AND o.coder_version <> n.coder_version
        WHERE n.ledger = '@recode' GROUP BY n.coding_id HAVING replaced <> 1""",
    ),
    Rule(
        "report_successor",
        "a report is superseded with its coding",
        """SELECT r.report_id || ' of coding ' || r.coding_id, 1, 0 FROM reports AS r JOIN codings AS c USING (coding_id)
        WHERE r.superseded_by IS DISTINCT FROM c.superseded_by""",
    ),
    Rule(
        "attempts",
        "a reject's attempts are the first and its rows in reject_attempts",
        """SELECT coalesce(r.reject_id, a.reject_id), coalesce(r.attempts, 0), 1 + coalesce(a.n, 0)
        FROM rejects AS r FULL JOIN (SELECT reject_id, count(*) AS n FROM reject_attempts GROUP BY reject_id) AS a
        USING (reject_id) WHERE coalesce(r.attempts, 0) <> 1 + coalesce(a.n, 0)""",
    ),
    Rule(
        "payload",
        "an open reject's bytes are whole: in its row, or once in reject_payloads (maintenance drops settled ones)",
        """SELECT r.reject_id, r.payload_bytes, coalesce(octet_length(r.payload), p.bytes, 0)
        FROM rejects AS r LEFT JOIN (
            SELECT payload_sha256, count(*) AS n, max(octet_length(payload)) AS bytes FROM reject_payloads GROUP BY ALL
        ) AS p USING (payload_sha256)
        WHERE p.n > 1
            OR (r.status = 'open' AND r.payload_bytes <> coalesce(octet_length(r.payload), p.bytes, 0))""",
    ),
)
