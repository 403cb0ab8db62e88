"""A synthetic stream for crash tests: new articles, revisions, duplicates, bad records, tombstones, other languages.

Deterministic for a seed. Every text is made of words that we wrote here.
"""

import json
import random
from collections.abc import Iterator

from connectors.publisher import RawRecord

SOURCES = tuple(f"Crash Gazette {letter}" for letter in "ABCDEFGHI")
PLACES = ("Ambara", "Sorobi", "Tel Dovan", "Kerem", "Maslan", "Oda", "Pirta")
FOREIGN = "Hombres armados mataron el lunes a tres comerciantes en el mercado, según informó la policía de la ciudad."
PUBLISHED_AT = "2024-05-07T09:00:00Z"


def records(count: int, seed: int) -> Iterator[RawRecord]:
    """`count` records; revisions and duplicates follow in the partition of the article that they repeat."""
    dice = random.Random(seed)
    known: list[tuple[str, str]] = []
    for number in range(count):
        yield _record(number, dice, known)


def _record(number: int, dice: random.Random, known: list[tuple[str, str]]) -> RawRecord:
    kind = dice.random()
    source = dice.choice(SOURCES)
    if known and kind < 0.08:  # a new text under a known id
        article_id, source = dice.choice(known)
        return _article(article_id, source, _text(dice))
    if known and kind < 0.14:  # a copy of what may be current
        article_id, source = known[-1]
        return _article(article_id, source, _text(random.Random(article_id)))
    if kind < 0.18:
        return RawRecord(dice.choice([b"", b"no json", b"[]", b'{"text": 7}', b"\xff\xfe"]), source.encode())
    if kind < 0.19:  # kept apart: above 64 KB
        return RawRecord(b"[" + b'"long",' * 12_000 + b"1]", source.encode())
    if kind < 0.21:
        return RawRecord(None, source.encode())
    if kind < 0.24:
        return _article(f"crash-{number}", source, FOREIGN)
    known.append((f"crash-{number}", source))
    return _article(f"crash-{number}", source, _text(random.Random(f"crash-{number}")))


def _text(dice: random.Random) -> str:
    place, dead = dice.choice(PLACES), dice.randint(0, 9)
    return (
        f"Gunmen attacked the market of {place} on Monday and killed {dead} people, the mayor said. "
        f"The attack was the {dice.randint(2, 10**9)}th that he had counted in his notes."
    )


def _article(article_id: str, source: str, text: str) -> RawRecord:
    fields = {"article_id": article_id, "source": source, "text": text, "published_at": PUBLISHED_AT}
    return RawRecord(json.dumps(fields).encode(), source.encode())
