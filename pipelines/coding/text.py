"""Sentences of an article, with their offsets. Knows English punctuation; knows nothing of events.

Quotes stay with their sentence. Offsets always point into the article's own text or title, so evidence can be cut out
of it by `text[start:end]`.
"""

import re
from dataclasses import dataclass

# Longest paragraph that is searched as one: beyond it a "sentence" is a list or a table and is cut at commas.
LONG_SENTENCE_CHARS = 900

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen col lt capt maj sgt cpl brig adm rev hon sen rep gov st sr jr vs etc no vol fig dept u.s u.k u.n "
    "e.g i.e a.m p.m jan feb mar apr jun jul aug sept sep oct nov dec approx ave blvd rd km ltd inc co corp al insp supt "
    "sub-insp pvt shri smt adv c".split()
)
_END = re.compile(r"([.!?]+[\"'”’)\]]*)(\s+)|(\n[ \t]*\n\s*)|(\n)(?=[ \t]*(?:\d+\.|[-*•–—])\s)")
_OPENER = re.compile(r"[\"'“‘(\[]*[A-Z0-9À-Þ“\"'‘]")
# A text in small letters throughout, its credits apart, ends its sentences at every full stop.
_CAPITAL_START = re.compile(r"[a-z][.!?][\"'”’]?\s+[\"'“‘]?[A-ZÀ-Þ]")
_SMALL_START = re.compile(r"[a-z][.!?][\"'”’]?\s+[a-z]")
_LAST_WORD = re.compile(r"([A-Za-z.\-]+)$")


# Index of the last sentence of the lead: what it tells, the headline shortens and the rest of the article explains.
LAST_OF_LEAD = 1


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `part` is "text" or "title", `start` and `end` are offsets into that part."""

    part: str
    index: int
    start: int
    end: int
    text: str

    @property
    def is_title(self) -> bool:
        """True for the headline."""
        return self.part == "title"


def split_sentences(text: str, part: str = "text") -> list[Sentence]:
    """Sentences of a part in order; `text[s.start:s.end] == s.text` holds for each, none is blank."""
    pieces = [piece for start, end in _cuts(text) for piece in _shorten(text, start, end)]
    trimmed = [_trim(text, start, end) for start, end in pieces]
    return [Sentence(part, n, s, e, text[s:e]) for n, (s, e) in enumerate(c for c in trimmed if c[0] < c[1])]


def longest_sentence_words(text: str) -> int:
    """Words of the longest sentence as it is written, before any cutting: what tells a table or an attack from prose."""
    return max((len(text[start:end].split()) for start, end in _cuts(text)), default=0)


def _cuts(text: str) -> list[tuple[int, int]]:
    has_case = len(_CAPITAL_START.findall(text)) >= len(_SMALL_START.findall(text))
    cuts, begin = [], 0
    for match in _END.finditer(text):
        if match.group(1) and not _is_end(text, match, has_case):
            continue
        cuts.append((begin, match.start(2) if match.group(1) else match.start()))
        begin = match.end()
    cuts.append((begin, len(text)))
    return cuts


def _is_end(text: str, match: re.Match[str], has_case: bool) -> bool:
    """A full stop ends a sentence unless an abbreviation or initial stands before it or a small letter follows."""
    if match.group(1)[0] != ".":
        return not has_case or bool(_OPENER.match(text, match.end()))
    if has_case and not _OPENER.match(text, match.end()):
        return False
    word = _LAST_WORD.search(text, max(0, match.start() - 20), match.start())
    if word is None:
        return True
    last = word.group(1).strip(".-").lower()
    if len(last) == 1 and last not in "i" and not text[match.start() - 1].isdigit():
        return not (has_case and word.group(1)[-1].isupper())
    return last not in _ABBREVIATIONS


def _shorten(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A passage longer than the bound, cut at semicolons, line ends or commas near it."""
    pieces = []
    while end - start > LONG_SENTENCE_CHARS:
        window = text[start : start + LONG_SENTENCE_CHARS]
        cut = max(window.rfind("; "), window.rfind("\n"))
        if cut < LONG_SENTENCE_CHARS // 4:
            cut = max(window.rfind(", "), window.rfind(" "))
        cut = cut if cut > 0 else LONG_SENTENCE_CHARS - 1
        pieces.append((start, start + cut + 1))
        start += cut + 1
    return [*pieces, (start, end)]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def lower_same_length(text: str) -> str:
    """The text in small letters, every character at its place ("İ".lower() has two)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


def is_upper_text(text: str) -> bool:
    """True where a text is set in capitals throughout, as old wire services did."""
    letters = [c for c in text[:600] if c.isalpha()]
    return len(letters) > 20 and sum(c.isupper() for c in letters) > 0.75 * len(letters)
