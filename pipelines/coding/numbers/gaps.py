"""What may stand between people and the word that tells their harm, and between people and people."""

import re

_ADVERBS = (
    r"(?:[a-z]+ly|also|then|later|both|all|either|even|himself|themselves|more|others?|another|people|off|up|first|being|been|still|now|already|"
    r"shot|arrested|attacked|abducted|kidnapped|beaten|tortured|captured|stabbed|ambushed|raped|seized|taken|detained|wounded|injured|killed|"
    r"and|or|either|feared|confirmed|reported|believed|found|pronounced|presumed|declared|left)"
)
PASSIVE = re.compile(
    rf"\b(?P<aux>was|were|is|are|be|been|being|get|got|gets|getting|has|have|had|'s|lay|lie|lying|left|leaving|leaves|found)\s+(?P<between>(?:{_ADVERBS}\s+){{0,4}})$",
    re.I,
)
# Characters before a word in which its auxiliary is looked for.
PASSIVE_REACH_CHARS = 60
COORDINATED = re.compile(
    r"(?:,\s*(?:ages?|aged)\s+\d{1,2}(?:\s*(?:,\s*and|,|and)\s*\d{1,2})*)?\s*(?:,\s*(?:and|as\s+well\s+as|plus|along\s+with)?|and|&|as\s+well\s+as|plus|along\s+with|together\s+with|or)"
    r"(?:\s+(?:also|then|of|to|on|in))?\s*(?:(?:his|her|their|the)\s+)?(?:\d{1,3}[\s-]year[\s-]old\s+)?",
    re.I,
)
PART = re.compile(
    r"\s*[,(–—-]*\s*(?:including|include[sd]?|among\s+(?:them|whom|those|the\s+(?:dead|victims|wounded|injured))(?:\s+(?:were|was|are))?|of\s+(?:them|whom|which)|"
    r"notably|most\s+of\s+them|mostly|[–—(:])\s*(?:at\s+least\s+)?",
    re.I,
)
OF_THEM = re.compile(
    r"\s*(?:of\s+(?:them|whom|which|the\s+(?:dead|victims|wounded|injured|killed))|among\s+them)\b", re.I
)
OTHER_HARM_AFTER = re.compile(
    r"\s*(?:,?\s*(?:were|was|are|have\s+been|had\s+been|got)\s+)?(?:[a-z]+ly\s+|also\s+|others?\s+|more\s+|people\s+){0,3}"
    r"(?:injured|wounded|hurt|killed|dead|died|arrested|detained|abducted|kidnapped|missing|displaced|hospitali[sz]ed|taken|captured|shot)\b",
    re.I,
)
CLAUSE_BREAK = re.compile(
    r"[;:]|\b(?:while|but|after|when|before|although|whereas|until|because|as\s+(?:the|a|an|they|he))\b", re.I
)
_ACTIVE = ("has", "have", "had")


def passive_before(text: str, start: int) -> re.Match[str] | None:
    """The auxiliary before a word of harm, of which the people before it suffer: "were", "have been", "was reportedly"."""
    found = PASSIVE.search(text, max(0, start - PASSIVE_REACH_CHARS), start)
    return None if found is None or is_perfect(found) else found


def active_before(text: str, start: int) -> bool:
    """True after "have" or "had" without "been": whoever stands before it did the harm."""
    found = PASSIVE.search(text, max(0, start - PASSIVE_REACH_CHARS), start)
    return found is not None and is_perfect(found)


def is_perfect(found: re.Match[str]) -> bool:
    """Whether the auxiliary is that of an active perfect: "have killed", but neither "have been killed" nor "left dead"."""
    return found["aux"].lower() in _ACTIVE and "been" not in found["between"].lower().split()
