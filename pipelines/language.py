"""Which language an article is in: English is coded, the others are skipped until their coder arrives.

A text that says it is another language is believed. One that says English, or nothing, is looked at: feeds mislabel.
"""

import functools
import re
from typing import Any

# The commonest English words: a text of which every tenth word is one of them is English, and needs no model.
# (The share in English news is 25-40 %, in French, Spanish, German or Indonesian news under 5 %.)
COMMON = frozenset(
    "the of and to in a is that for on was with as it by at from his her be has have are were "
    "said he she they an who not but been this which their will after had its or one would".split()
)
ENOUGH = 0.12
WORDS = re.compile(r"[^\W\d_]+")
# As much as tells a language for sure; the model's time grows with the text.
SAMPLE_CHARS = 2_000
# py3langid is unsure of shorter texts (a headline of names): what says nothing else is taken for English.
FEWEST_WORDS = 8


def foreign(declared: str | None, text: str) -> str | None:
    """The language code when the text is not English, else None."""
    code = (declared or "").lower().split("-")[0].split("_")[0]
    if code and code not in ("en", "eng", "english"):
        return code
    words = WORDS.findall(text[:SAMPLE_CHARS].lower())
    if len(words) < FEWEST_WORDS or sum(w in COMMON for w in words) >= ENOUGH * len(words):
        return None
    found = recognise(text[:SAMPLE_CHARS])
    return None if found == "en" else found


def recognise(text: str) -> str:
    """The language code that py3langid gives the text."""
    return str(_model().classify(text)[0])


@functools.cache
def _model() -> Any:
    import py3langid

    return py3langid
