"""`python -m pipelines.coding ARTICLES.jsonl > events.jsonl`: codes a file, one report a line. For developers."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from pipelines.coding.coder import Coder
from pipelines.coding.settings import CoderSettings
from schemas.article import SCHEMA_VERSION, Article, PublishedBasis, text_digest
from schemas.errors import CodingError
from schemas.precision import Scope
from schemas.report import Report


def article_of(record: dict[str, Any]) -> Article:
    """An article from a line that is known to be well formed (the stream reads through `pipelines.parse`)."""
    title, text = record.get("title") or "", record["text"]
    published = datetime.fromisoformat(record["published_at"].replace("Z", "+00:00"))
    digest = text_digest(title, text)
    return Article(
        record.get("article_id") or digest, digest, record.get("url"), title, text, published, PublishedBasis.ARTICLE,
        None, record.get("source") or "", record.get("source_scale"), record.get("language"), SCHEMA_VERSION, None,
    )  # fmt: skip


def report_line(report: Report) -> bytes:
    """One JSON line: the report's fields, and `injuries` for the best figure."""
    return orjson.dumps(report, default=list, option=orjson.OPT_SERIALIZE_DATACLASS)[:-1] + (
        b',"injuries":' + orjson.dumps(report.injuries_best) + b"}\n"
    )


def main(path: str) -> None:
    """Codes the articles of a file in order; what cannot be coded is named on stderr."""
    coder = Coder(CoderSettings(scope=frozenset(Scope)))
    articles = [article_of(orjson.loads(line)) for line in Path(path).read_bytes().splitlines()]
    for article, outcome in zip(articles, coder.code_all(articles), strict=True):
        if isinstance(outcome, CodingError):
            sys.stderr.write(f"{article.article_id}: {outcome}\n")
        else:
            sys.stdout.buffer.writelines(report_line(r) for r in outcome.reports)


if __name__ == "__main__":
    main(sys.argv[1])
