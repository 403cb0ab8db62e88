"""Numbers in words and digits: "eleven", "two hundred and five", "2,162", "1.2 million", "a dozen"."""

import re

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
GROUPS = {"dozen": 12, "score": 20}
# Digits above this are no count of people or incidents, whatever the text says.
LARGEST = 8_000_000_000

_ATOM = "(?:" + "|".join(sorted([*UNITS, *TENS], key=len, reverse=True)) + ")"
_SCALE = "(?:hundred|thousand|million|billion)"
WORD_NUMBER = (
    rf"(?:(?:(?:half\s+)?an?|{_ATOM}(?:[\s-]{_ATOM})?)\s+(?:dozen|score)"
    rf"|(?:an?|{_ATOM}(?:[\s-]+{_ATOM})?)\s+{_SCALE}(?:[\s-]+(?:and\s+)?(?:{_ATOM}|{_SCALE})\b)*"
    rf"|{_ATOM}(?:-{_ATOM}|\s+(?:{_ATOM})\b)?)"
)
DIGIT_NUMBER = r"(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d+(?:\.\d+)?(?=\s*(?:million|billion|thousand)\b)|\d+)"
DIGIT_SCALE = r"(?:\s*(?:hundred|thousand|million|billion)\b)?"


def parse_number_words(text: str) -> int | None:
    """The value of a number in English words or digits, None for anything else.

    Reads "eleven", "twenty-one", "two hundred and five thousand", "a dozen", "half a dozen", "three score", "no",
    "none", "2,162", "1.2 million". Case and hyphens do not matter.
    """
    words = re.sub(r"[\s-]+", " ", text.lower().strip()).split(" ")
    if words in (["no"], ["none"], ["no", "one"], ["nobody"]):
        return 0
    if words and words[0][:1].isdigit():
        return _parse_digits(words)
    if words[0] == "half" and words[-1] == "dozen":
        return 6
    return _parse_words(words)


def _parse_digits(words: list[str]) -> int | None:
    digits = re.sub(r"[,\u00a0\u202f]", "", words[0])
    if not re.fullmatch(r"\d{1,12}(?:\.\d{1,3})?", digits) or len(words) > 2:
        return None
    scale = SCALES.get(words[1], 0) if len(words) == 2 else 1
    if scale == 0 or (scale == 1 and "." in digits):
        return None
    value = round(float(digits) * scale)
    return value if value <= LARGEST else None


def _parse_words(words: list[str]) -> int | None:
    total = current = 0
    seen = False
    for position, word in enumerate(words):
        if word == "and" and seen:
            continue
        if word in ("a", "an") and position == 0:
            current = 1
            continue
        value, is_scale = _value(word)
        if value is None:
            return None
        if not is_scale:
            current += value
        elif value in (100, 12, 20):
            current = max(current, 1) * value
        else:
            total, current = total + max(current, 1) * value, 0
        seen = True
    return total + current if seen else None


def _value(word: str) -> tuple[int | None, bool]:
    if word in UNITS:
        return UNITS[word], False
    if word in TENS:
        return TENS[word], False
    scale = SCALES.get(word) or GROUPS.get(word)
    return scale, True
