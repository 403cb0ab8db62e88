"""ParseArticles: records to articles; what is no article becomes a reject, what is not for us a skip."""

from pipelines.language import foreign
from pipelines.parse import parse_article
from pipelines.rejecting import reject
from pipelines.settings import ParseSettings, RunSettings
from pipelines.transforms.step import Step
from schemas.article import Article
from schemas.batch import Batch, ParsedBatch, Placed, Record
from schemas.errors import ParseError
from schemas.reject import Reject
from schemas.skip import Skip, SkipReason


class ParseArticles(Step):
    """Each record becomes exactly one article, skip or reject."""

    def __init__(self, parse: ParseSettings, run: RunSettings) -> None:
        self.parse, self.run = parse, run

    def apply(self, batch: Batch) -> ParsedBatch:
        """Records in their order."""
        return parse_batch(batch, self.parse, english_only=self.run.english_only)


def parse_batch(batch: Batch, settings: ParseSettings, *, english_only: bool = True) -> ParsedBatch:
    """The Batch's records, sorted into articles, skips and rejects; never raises for what a record holds."""
    articles: list[Placed[Article]] = []
    skips: list[Placed[Skip]] = []
    rejects: list[Placed[Reject]] = []
    for record in batch.records:
        try:
            article = _article(record, settings)
        except ParseError as error:
            rejects.append(reject(batch.span, record, error.code, error.message))
            continue
        skip = _tombstone(record) if article is None else _foreign(article) if english_only else None
        if skip is not None:
            skips.append(Placed(record, skip))
        elif article is not None:
            articles.append(Placed(record, article))
    return ParsedBatch(batch.span, tuple(articles), tuple(skips), tuple(rejects))


def _article(record: Record, settings: ParseSettings) -> Article | None:
    """The article; None for a tombstone (a record with a key and no value, Kafka's sign of deletion)."""
    return None if record.value is None else parse_article(record.value, record.timestamp_ms, settings)


def _tombstone(record: Record) -> Skip:
    key = record.key.decode("utf-8", "replace") if record.key else None
    return Skip(SkipReason.TOMBSTONE, key, None, None, None, "a record without a value")


def _foreign(article: Article) -> Skip | None:
    """A skip for an article that is not in English, or None."""
    language = foreign(article.language, f"{article.title}\n{article.text}")
    if language is None:
        return None
    detail = f"language {language}"
    return Skip(
        SkipReason.UNSUPPORTED_LANGUAGE,
        article.article_id,
        article.text_sha256,
        article.source,
        language,
        detail,
    )
