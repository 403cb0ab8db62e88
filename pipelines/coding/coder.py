"""The coder: an article in, reports out. Holds what takes time to load (the parser, the automata) and nothing else.

Knows nothing of Beam, Kafka or DuckDB. Coding the same article twice gives the same reports.
"""

import time

from pipelines.coding.analysis import Analyser
from pipelines.coding.assembly import assemble
from pipelines.coding.lexicon import digest
from pipelines.coding.settings import CoderSettings
from schemas.article import Article
from schemas.coding import Coding
from schemas.errors import CodingError
from schemas.reject import RejectCode
from schemas.report import Report

# Raised with every change of the rules; the lexicons' digest is added to it.
RULES_VERSION = "1"


class Coder:
    """Codes articles one by one. Not for several threads at once: the parser's memory zone is the process's."""

    def __init__(self, settings: CoderSettings | None = None) -> None:
        self.settings = settings or CoderSettings()
        self._analyser = Analyser(self.settings.max_parsed_sentences, self.settings.max_sentence_words)
        self.version = f"{RULES_VERSION}.{digest()}"

    def code(self, article: Article) -> Coding:
        """Reports of an article, most prominent first; those out of `scope` are only counted.

        Raises CodingError: CODING_TIMEOUT beyond the time bound, SENTENCE_TOO_LONG, CODING_FAILED for any other failure.
        """
        started = time.monotonic()
        reports = self._reports(article, started + self.settings.max_seconds_per_article)
        kept = tuple(r for r in reports if r.scope in self.settings.scope)
        return Coding(article, self.version, kept, len(reports) - len(kept), time.monotonic() - started)

    def _reports(self, article: Article, deadline: float) -> list[Report]:
        try:
            with self._analyser.memory():
                reading = self._analyser.read(article, self.settings.max_text_chars, deadline)
                return assemble(reading, self.version) if reading else []
        except CodingError:
            raise
        except Exception as failure:
            message = f"The coder failed on this article ({type(failure).__name__}: {failure})"[:300]
            raise CodingError(RejectCode.CODING_FAILED, message) from failure
