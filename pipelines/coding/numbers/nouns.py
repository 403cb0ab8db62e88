"""Words for people, and the noun phrase after a number: "11 | Afghan government soldiers | were killed"."""

import re
from functools import cache
from importlib.resources import files

from schemas.countries import by_demonym

# a short bracket inside a noun phrase is passed over: "Katiba Macina (JNIM) militants"
_TOKEN = re.compile(r"[ \u00a0\n]+(?:\([^()]{1,40}\)[ \n]+)?(\(?[A-Za-zÀ-ÿ’'&-]+(?:\.[A-Za-z]\.)*)")
# Where a noun phrase ends: verbs of being and having, prepositions, conjunctions, and the words that tell a harm.
_STOP = frozenset(
    """was were is are be been being has have had having will would could may might must can did do does who whom whose
    which that when while where after before during since until as in on at by from to into onto near around over under
    with without within against between among amid including for and or but nor yet so than then because if not also
    reportedly allegedly apparently still later earlier yesterday today overnight ago each every last this
    killed kills kill killing dead die died dies dying wounded wounds wound injured injures hurt shot slain murdered
    massacred executed beheaded lynched drowned burned burnt crushed maimed missing abducted kidnapped kidnap seized captured
    detained arrested held released freed rescued taken lost perished succumbed suffered sustained protested gathered
    marched rallied demonstrated took blocked stormed attended joined participated clashed attacked came went fled said says
    told remain remained gone found recovered left leaving hospitalized hospitalised monday tuesday wednesday thursday
    friday saturday sunday some one two three four five
    six seven eight nine ten eleven twelve dozen dozens hundreds thousands both via per following trapped stabbed beaten hacked""".split()
)
_LEAD = frozenset(
    "of the them his her its their our these those other others more further additional innocent".split()
)
_LEADING = re.compile(r"^(?:of\s+)?(?:the\s+)?", re.IGNORECASE)
_AGED = re.compile(r"\s+(?:\d{1,3}|[a-z]+)[\s-]years?[\s-]old\b", re.IGNORECASE)
# A noun phrase longer than this is a sentence misread.
_LONGEST = 7


@cache
def persons() -> dict[str, str]:
    """Every word for people, lower case, to its number and use: "one", "many", or "crowd" (only a crowd is called so)."""
    table: dict[str, str] = {}
    text = files("pipelines.coding.numbers").joinpath("data/persons.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            _add_person(table, line)
    for demonym in by_demonym():
        table.setdefault(demonym, "many" if demonym.endswith(("s", "ese", "ish", "ch", "sh")) else "one")
    return table


def _add_person(table: dict[str, str], line: str) -> None:
    singular, _, plural = line.partition(" ")
    crowd = singular.endswith("*")
    singular = singular.rstrip("*")
    if plural == "=":
        table[singular] = "many"
        return
    table.setdefault(singular, "one")
    for word in (plural or f"{singular}s").split("|"):
        table[word] = "crowd" if crowd else "many"


def noun_span(text: str, start: int) -> tuple[int, int]:
    """Where the noun phrase lies that follows position `start`: up to its last word for people, or to the first word that
    no noun phrase holds. Empty (start, start) where none follows."""
    aged = _AGED.match(text, start)
    people, position = persons(), aged.end() if aged else start
    words: list[tuple[int, str]] = []
    while len(words) < _LONGEST:
        match = _TOKEN.match(text, position)
        if match is None:
            break
        word = match[1].lower()
        if word in _STOP or word.startswith("("):
            if word in ("and", "or") and words and _joins_people(text, match.end(), [w for _, w in words]):
                words.append((match.end(), word))
                position = match.end()
                continue
            break
        if not (word in _LEAD and not any(w not in _LEAD for _, w in words)) and word in ("of", "the"):
            break
        words.append((match.end(), word))
        position = match.end()
    ends = [end for end, word in words if _is_person(word, people)]
    if ends:
        return _first_after(text, start), ends[-1]
    return (_first_after(text, start), words[-1][0]) if words else (start, start)


def _joins_people(text: str, position: int, words: list[str]) -> bool:
    """Whether "and" joins two descriptions of the same people ("regime | and | rebel fighters")."""
    people = persons()
    if any(_is_person(word, people) for word in words):
        return False
    for _ in range(2):
        match = _TOKEN.match(text, position)
        if match is None or match[1].lower() in _STOP:
            return False
        if _is_person(match[1].lower(), people):
            return True
        position = match.end()
    return False


def age_span(text: str, start: int) -> int | None:
    """Where an age ends that stands at `start` (" 14-year-old"); None where there is none."""
    match = _AGED.match(text, start)
    return match.end() if match else None


def ends_noun_phrase(words: list[str]) -> bool:
    """Whether any of the words is one that no noun phrase holds (a verb, a preposition, a conjunction)."""
    return any(word.lower() in _STOP for word in words)


def _is_person(word: str, people: dict[str, str]) -> bool:
    bare = word.removesuffix("'s").removesuffix("’s").rstrip("'’")
    return bare in people or bare.rpartition("-")[2] in people or bare in ("others", "more")


def _first_after(text: str, start: int) -> int:
    return start + len(text[start:]) - len(text[start:].lstrip())


def noun_after(text: str, start: int) -> str:
    """The noun phrase after `start`, as written; empty where none follows."""
    first, end = noun_span(text, start)
    return _LEADING.sub("", text[first:end], count=1)


def is_people(noun: str) -> bool:
    """Whether a noun phrase names people: its last word does, or it is empty ("killed 11")."""
    words = noun.lower().split()
    return not words or any(_is_person(word, persons()) for word in words[-3:])


def is_armed(noun: str) -> bool:
    """Whether a noun phrase names fighters of any side."""
    words = noun.lower().split()
    return bool(words) and words[-1].strip("'’") in _ARMED


_ARMED = frozenset(
    "fighters militants soldiers troops rebels insurgents forces militiamen militias gunmen terrorists jihadists guerrillas combatants "
    "paramilitaries mercenaries members personnel".split()
)


def is_crowd(noun: str) -> bool:
    """Whether a noun phrase names people who demonstrate ("student protesters")."""
    return any(
        persons().get(word.strip("'’")) == "crowd" or word.startswith(("protest", "demonstrat", "rioter"))
        for word in noun.lower().split()[-2:]
    )
