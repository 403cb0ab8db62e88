"""Judges one trigger word by its negation, modals and conditions, and by the words that govern its clause.

The way goes from the trigger up through the parse. A relative clause and a clause of time end it: "the group, which
attacked the town, plans talks" tells of an attack.
"""

from dataclasses import dataclass
from typing import Any

from pipelines.coding.factuality.governors import ATTRIBUTED, CONDITIONS, FACTIVE, MODALS, governors
from schemas.precision import Factuality

Token = Any  # spaCy's, whose types the strict checker does not read

# Steps up the parse: longer chains are mistakes of the parser.
_MAX_STEPS = 12
# Who says so is quoted up to this many characters (the report's bound).
_MAX_ATTRIBUTION = 80
# "Announces his resignation after protests": what stands after them is no content of the verb.
_OF_TIME = frozenset("after following during before amid since despite because due over".split())
_FUTURE_DEPS = frozenset(("xcomp", "advcl", "acl", "ccomp", "relcl", "prep", "pobj", "pcomp"))
_MAYBE_NOUN_DEPS = frozenset(("compound", "amod", "nmod"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Factuality, and who says so (None where the article itself does)."""

    factuality: Factuality
    attribution: str | None = None

    @property
    def happened(self) -> bool:
        """True if the text says that it happened."""
        return self.factuality in (Factuality.ASSERTED, Factuality.ATTRIBUTED)


def judge(token: Token) -> Verdict:
    """The verdict on what `token` (the trigger's head word) tells of. Never raises on any parse."""
    attribution: str | None = None
    current = token
    for _ in range(_MAX_STEPS):
        own = _own_marks(current)
        if own:
            return Verdict(Factuality(own))
        if current.dep_ == "ROOT" or current.head is current:
            break
        if current.dep_ in ("relcl",) or (current.dep_ == "advcl" and not _is_infinitive(current)):
            break
        if current.dep_ == "prep" and current.lower_ in _OF_TIME:
            break
        head = current.head
        word = _governing(current, head)
        if word == ATTRIBUTED and _reports(current, head):
            attribution = attribution or _speaker(head)
        elif word not in ("", FACTIVE, ATTRIBUTED):
            return Verdict(Factuality(word))
        elif _is_infinitive(current) and word == "" and current.dep_ in _FUTURE_DEPS:
            return Verdict(Factuality.PLANNED)
        if current.dep_ in ("acl",) and not _is_infinitive(current) and word != ATTRIBUTED:
            break  # but "reports that troops had killed" share what is made of the reports
        current = head
    attribution = attribution or _according_to(token.sent)
    return Verdict(Factuality.ATTRIBUTED if attribution else Factuality.ASSERTED, attribution)


def _own_marks(token: Token) -> str:
    """Negation, modal or condition on the word itself."""
    if token.dep_ == "pobj" and token.head.lower_ in ("without", "unlike"):
        return "denied"
    return next((mark for child in token.children if (mark := _mark(child, token))), "")


_DETERMINERS = {"no": "denied", "neither": "denied", "any": "hypothetical"}


def _mark(child: Token, token: Token) -> str:
    low = child.lower_
    if child.dep_ == "det":
        return _DETERMINERS.get(low, "")
    if child.dep_ in ("aux", "auxpass"):
        return MODALS.get(low, "")
    if child.dep_ in ("mark", "advmod", "prep") and child.i < token.i and CONDITIONS.get(low):
        return CONDITIONS[low]
    if child.dep_ in ("amod", "advmod", "compound") and token.tag_.startswith("NN"):
        return governors().get((low, "a"), "")
    return "denied" if child.dep_ == "neg" or _is_none(child) else ""


def _is_none(child: Token) -> bool:
    """ "No group claimed it", "found no trace"."""
    return child.dep_ in ("dobj", "nsubj") and any(
        c.lower_ == "no" and c.dep_ == "det" for c in child.children
    )


def _is_infinitive(token: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in token.children)


def _governing(current: Token, head: Token) -> str:
    """What the head makes of the word below it."""
    if current.dep_ in ("nsubj", "nsubjpass"):
        return _of_subject(head)
    if current.dep_ in ("conj", "appos", "punct"):
        return FACTIVE
    if current.dep_ in _MAYBE_NOUN_DEPS:
        return governors().get((head.lower_, "n"), FACTIVE)
    pos = (
        "v"
        if head.pos_ in ("VERB", "AUX") or head.tag_.startswith("VB")
        else "n"
        if head.tag_.startswith("NN")
        else "a"
    )
    found = governors().get((head.lower_, pos), "")
    if head.dep_ == "prep" or pos == "a":
        return found or FACTIVE
    if found == "" and not _is_infinitive(current):
        return FACTIVE
    return found


# "Air strikes were ordered", "an attack is planned".
_PASSIVE_FATES = ("planned", "feared", "averted", "threatened", "denied", "hoped", "demanded")


def _of_subject(head: Token) -> str:
    """A subject shares the fate of its verb where that verb is future, negated or passive of a plan ("is planned")."""
    own = _own_marks(head)
    if own and own != "denied":
        return own
    if any(child.dep_ == "auxpass" for child in head.children):
        found = governors().get((head.lower_, "v"), FACTIVE)
        return found if found in _PASSIVE_FATES else FACTIVE
    return FACTIVE


def _reports(current: Token, head: Token) -> bool:
    return current.dep_ in ("ccomp", "xcomp", "dobj", "pobj", "parataxis", "acl", "advcl", "pcomp")


def _speaker(head: Token) -> str | None:
    for child in head.children:
        if child.dep_ in ("nsubj", "agent"):
            words = " ".join(t.text for t in child.subtree)
            return words[:_MAX_ATTRIBUTION].strip() or None
    return None


def _according_to(sentence: Any) -> str | None:
    words = [t.lower_ for t in sentence]
    for n in range(len(words) - 2):
        if words[n] == "according" and words[n + 1] == "to":
            tail = sentence[n + 2 : n + 12].text
            return tail.split(",")[0].split(".")[0][:_MAX_ATTRIBUTION].strip() or None
    return None
