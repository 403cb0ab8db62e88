"""The coder: articles in, reports out. Holds what takes time to load (the parser, the automata) and nothing else.

Knows nothing of Beam, Kafka or DuckDB. Coding the same article twice gives the same reports.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from pipelines.coding.analysis import Analyser, Gated
from pipelines.coding.assembly import assemble
from pipelines.coding.classifier.model import Classifier
from pipelines.coding.lexicon import digest
from pipelines.coding.parser import SentenceParser
from pipelines.coding.settings import CoderSettings
from schemas.article import Article
from schemas.coding import Coding
from schemas.errors import CodingError
from schemas.reject import RejectCode
from schemas.report import Report

# Raised with every change of the rules; the digests of the lexicons and of the classifier are added to it.
RULES_VERSION = "2"
# Articles that are parsed together; more make no call of the parser cheaper.
_GROUP = 32

Outcome = Coding | CodingError
Gate = Gated | CodingError | None


class Coder:
    """Codes articles. Not for several threads at once: the parser's memory zone is the process's."""

    def __init__(self, settings: CoderSettings | None = None, *, rules_alone: bool = False) -> None:
        self.settings = settings or CoderSettings()
        self._classifier = None if rules_alone else Classifier()
        self._parser = SentenceParser()
        self._analyser = Analyser(self.settings, self._classifier)
        model = self._classifier.digest if self._classifier else "rules"
        self.version = f"{RULES_VERSION}.{digest()}.{model}"

    def code(self, article: Article) -> Coding:
        """Reports of an article, most prominent first; those out of `scope` are only counted.

        Raises CodingError: CODING_TIMEOUT beyond the time bound, SENTENCE_TOO_LONG, CODING_FAILED for any other failure.
        """
        (outcome,) = self.code_all((article,))
        if isinstance(outcome, CodingError):
            raise outcome
        return outcome

    def code_all(self, articles: Sequence[Article]) -> Iterator[Outcome]:
        """The outcome of each article, in order: what `code` returns or raises.

        Quicker than one by one: the sentences of several articles are parsed together.
        """
        for n in range(0, len(articles), _GROUP):
            yield from self._code_group(articles[n : n + _GROUP])

    def _code_group(self, group: Sequence[Article]) -> Iterator[Outcome]:
        self._parser.enter_zone(len(group))
        gates = [_timed(self._gate, article) for article in group]
        sentences = [gate.readable() if isinstance(gate, Gated) else [] for gate, _ in gates]
        began = time.monotonic()
        try:
            docs = list(self._parser.parse(chain.from_iterable(sentences)))
        except Exception as failure:
            yield from (_failed(failure),) if len(group) == 1 else self._one_by_one(group)
            return
        seconds_each = (time.monotonic() - began) / max(1, len(docs))
        parses = iter(docs)
        for article, (gate, gate_seconds), own in zip(group, gates, sentences, strict=True):
            spent = gate_seconds + seconds_each * len(own)
            yield self._outcome(article, gate, list(islice(parses, len(own))), spent)

    def _one_by_one(self, group: Sequence[Article]) -> Iterator[Outcome]:
        """One article's sentences made the parser fail: the others must not suffer."""
        for article in group:
            yield from self._code_group((article,))

    def _gate(self, article: Article) -> Gate:
        try:
            return self._analyser.gate(article)
        except CodingError as error:
            return error
        except Exception as failure:
            return _failed(failure)

    def _outcome(self, article: Article, gate: Gate, docs: list[Any], spent_seconds: float) -> Outcome:
        """The coding of a gated article; `spent_seconds` went into it before."""
        if isinstance(gate, CodingError):
            return gate
        started = time.monotonic() - spent_seconds
        try:
            reports = self._reports(gate, docs, started + self.settings.max_seconds_per_article)
        except CodingError as error:
            return error
        except Exception as failure:
            return _failed(failure)
        kept = tuple(r for r in reports if r.scope in self.settings.scope)
        return Coding(article, self.version, kept, len(reports) - len(kept), time.monotonic() - started)

    def _reports(self, gate: Gated | None, docs: list[Any], deadline: float) -> list[Report]:
        reading = self._analyser.read(gate, docs, deadline) if gate else None
        return assemble(reading, self.version, self._classifier) if reading else []


def _timed(function: Callable[[Article], Gate], article: Article) -> tuple[Gate, float]:
    began = time.monotonic()
    return function(article), time.monotonic() - began


def _failed(failure: Exception) -> CodingError:
    message = f"The coder failed on this article ({type(failure).__name__}: {failure})"[:300]
    error = CodingError(RejectCode.CODING_FAILED, message)
    error.__cause__ = failure
    return error
