"""The suite `articles`: what must hold of an article before anything that it tells may land.

`published_ahead_seconds`, `published_year`, `text_chars` and `missing_values` are columns of the judge frame. A warning of an article is written on each
of its reports, because that is where an analyst meets it.
"""

from schemas.article import SCHEMA_VERSION, PublishedBasis
from schemas.expectations.reports_values import SOURCE_SCALE_REGEX
from schemas.expectations.rules import between, critical, in_set, length, matches, warning
from schemas.expectations.suite import Suite

ACLED = "ACLED codebook; measured on 9,000 published rows."
OURS = "Tocsin's own columns."

# A clock may be wrong and a time zone mistaken; a day covers both. More is a broken date.
AHEAD_SECONDS = 86_400
# The shortest dispatches have about 100 characters; less is a headline or a page that was not extracted.
SHORT_TEXT_CHARS = 100

ARTICLES = Suite(
    "articles",
    (
        critical("article_id_empty", length("article_id", 1), "article_id is not empty.", OURS),
        critical(
            "text_sha256_not_a_digest",
            matches("text_sha256", r"^[0-9a-f]{64}\Z"),
            "text_sha256 is 64 hexadecimal digits.",
            OURS,
        ),
        critical("text_empty", between("text_chars", 1), "The article has a text.", OURS),
        critical(
            "article_value_missing",
            between("missing_values", 0, 0),
            "Every column that may not be NULL has a value.",
            OURS,
        ),
        critical(
            "published_before_1900",
            between("published_year", 1900),
            "published_at is not before 1900: what is older is a broken date.",
            OURS,
        ),
        critical(
            "published_in_the_future",
            between("published_ahead_seconds", None, AHEAD_SECONDS),
            "published_at is at most a day ahead of the clock when the article is judged.",
            OURS,
        ),
        critical(
            "article_source_scale_unknown",
            matches("source_scale", SOURCE_SCALE_REGEX),
            "source_scale is NULL or one or two of ACLED's scales, joined by a hyphen.",
            ACLED,
        ),
        critical(
            "schema_version_unknown",
            in_set("schema_version", [SCHEMA_VERSION]),
            "The article has the JSON form that this version knows.",
            OURS,
        ),
        warning(
            "language_not_a_code",
            matches("language", r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*\Z"),
            "language is NULL or a code such as en or en-GB.",
            OURS,
        ),
        warning("source_missing", length("source", 1), "The article names its source.", OURS),
        warning(
            "published_at_missing",
            in_set("published_at_basis", [PublishedBasis.ARTICLE]),
            "The article itself says when it was published.",
            OURS,
        ),
        warning(
            "text_very_short",
            between("text_chars", SHORT_TEXT_CHARS),
            "The text has at least 100 characters.",
            OURS,
        ),
    ),
)
