"""What a parse tells: subjects, objects and agents of a word. Knows no lexicon of events."""

from collections.abc import Iterator
from typing import Any

Doc = Any  # spaCy's classes, whose types the strict checker does not read
Token = Any

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_OBJECTS = ("dobj", "obj", "dative", "oprd", "attr")
_PATIENT_PREPOSITIONS = frozenset(
    "against on at upon with between into toward towards targeting among over of to near inside in from".split()
)
_CLAUSES = frozenset(("relcl", "advcl", "ccomp", "acl", "parataxis", "csubj", "pcomp"))


def is_verb(token: Token) -> bool:
    """True for any form of a verb."""
    return bool(token.tag_.startswith("VB"))


def is_passive(token: Token) -> bool:
    """True where the word suffers: "was killed", "killed by", "the men killed in"."""
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in token.children):
        return True
    if token.tag_ != "VBN":
        return False
    if token.dep_ == "acl" and any(c.dep_ == "conj" and c.tag_ == "VBD" for c in token.children):
        return False  # "militants tortured and killed a woman"
    if token.dep_ == "conj" and token.head.tag_ == "VBN" and not _has(token, _SUBJECTS):
        return not _has(token, ("dobj",)) and is_passive(token.head)
    return token.dep_ in ("acl", "ROOT", "amod") and not _has(token, ("dobj", "aux", "nsubj"))


def _has(token: Token, deps: tuple[str, ...]) -> bool:
    return any(child.dep_ in deps for child in token.children)


def subjects(token: Token, depth: int = 0) -> list[Token]:
    """The subject of a verb, through coordination, open complements and relative clauses; empty if none is told."""
    own = [child for child in token.children if child.dep_ in _SUBJECTS]
    if own:
        pronouns = ("who", "which", "that", "whom")
        return [token.head if c.lower_ in pronouns and token.dep_ == "relcl" else c for c in own]
    if depth > 4:
        return []
    if token.dep_ == "acl":
        return [token.head]
    if token.dep_ in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "aux") and token.head is not token:
        head = token.head.head if token.dep_ == "pcomp" else token.head
        return subjects(head, depth + 1) if head.tag_.startswith("VB") else []
    return []


def objects(token: Token) -> list[Token]:
    """Direct objects of a verb."""
    return [child for child in token.children if child.dep_ in _OBJECTS]


def by_agents(token: Token) -> list[Token]:
    """Who stands after "by"."""
    found = []
    for child in token.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            found += [grand for grand in child.children if grand.dep_ == "pobj"]
    return found


def prepositional(token: Token, words: frozenset[str] = _PATIENT_PREPOSITIONS) -> list[Token]:
    """Objects of prepositions on a word; of "between A and B" both."""
    found = []
    for child in token.children:
        if child.dep_ in ("prep", "dative") and child.lower_ in words:
            found += [grand for grand in child.children if grand.dep_ in ("pobj", "pcomp")]
    return found


def phrase(token: Token) -> Iterator[Token]:
    """The words of a noun phrase: its head and what hangs on it, without the clauses inside."""
    yield token
    for child in token.children:
        if child.dep_ not in _CLAUSES:
            yield from phrase(child)
