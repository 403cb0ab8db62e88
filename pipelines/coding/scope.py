"""Whether a happening is political, an ordinary crime or an accident, and what is no event at all (sport, film, markets).

ACLED codes political violence, demonstrations and strategic developments. A murder in a family, a robbery or a house on
fire is none of them, and neither is a "battle" for a cup.
"""

import re
from collections import Counter

from pipelines.coding.actors import Use
from pipelines.coding.events.happening import Happening, incident_count
from pipelines.coding.events.harm import is_bare_harm, is_force
from pipelines.coding.events.mention import Family, Frame
from pipelines.coding.events.tolls import shares
from pipelines.coding.gate import Kind
from pipelines.coding.lexicon import read_rows, split_words, word_set
from pipelines.coding.matcher import Matcher
from pipelines.coding.numbers import Harm
from schemas.precision import Scope

_WEAPONS = frozenset((Kind.AIR, Kind.SUICIDE, Kind.SHELL, Kind.GRENADE, Kind.CHEMICAL, Kind.BOMB))
_PERSONAL = frozenset(
    (Kind.KILL, Kind.DEATH, Kind.WOUND, Kind.SHOOT, Kind.RAPE, Kind.ATTACK, Kind.ABDUCT, Kind.LOOT)
)
# So many such words in an article, and it is about a game, a film or a market.
_PLAY_WORDS = 4


class MarkFinder:
    """Finds the words that take a sentence out of political violence; made once, then only read."""

    def __init__(self) -> None:
        table: dict[str, set[str]] = {}
        for row in read_rows("english/scope.tsv"):
            for word in split_words(row["words"]):
                table.setdefault(word, set()).add(row["use"])
        self._matcher: Matcher[frozenset[str]] = Matcher(
            (word, frozenset(uses)) for word, uses in table.items()
        )

    def find(self, lowered: str) -> list[str]:
        """The uses of all such words in a text, each as often as it stands there."""
        return [use for hit in self._matcher.find(lowered) for use in hit.entry]


def scope_of(frame: Frame, article: Counter[str]) -> Scope | None:
    """The scope of what a frame tells; None where it tells of no event at all. `article`: marks of the whole text."""
    if frame.label or frame.family is Family.DEMONSTRATION:
        return Scope.POLITICAL if frame.label else _of_demonstration(frame, article)
    armed = any(is_force(a) for m in frame.mentions for a in m.agents + m.patients)
    play = _is_play(article) and not (armed and _is_hurt(frame))
    if play or _is_told_tale(frame) or _is_game(frame):
        return None
    if frame.family is Family.VIOLENCE:
        return _of_violence(frame, article, armed=armed)
    if frame.family is Family.ARREST:
        return _of_arrest(frame, article)
    return (
        _of_abduction(frame, armed=armed)
        if frame.family is Family.ABDUCTION
        else _of_strategic(frame, armed=armed)
    )


def _is_play(article: Counter[str]) -> bool:
    return max(article["sport"], article["fiction"]) >= _PLAY_WORDS and article["political"] < 2


# "In the new film a banker is abducted".
_TALE = re.compile(
    r"\bin (?:the|a|his|her|their|this) (?:new |latest |debut |short |feature |first )*(?:film|movie|novel|thriller|drama|play|video game|tv series)\b"
    r"|\b(?:new|latest|debut) (?:film|movie|novel|thriller|drama|play|video game|tv series)\b"
)


def _is_told_tale(frame: Frame) -> bool:
    """What happens in a film or a novel; whatever names a day or a group of the world is none."""
    return _TALE.search(frame.lowered) is not None and not frame.dates and not _names_group(frame)


def _names_group(frame: Frame) -> bool:
    return any(a.use is Use.NAMED for a in frame.actors)


def _is_game(frame: Frame) -> bool:
    """Teams beat each other and strikers shoot; nobody is hurt."""
    return "sport" in frame.marks and frame.kinds <= {Kind.WOUND, Kind.SHOOT} and not _is_hurt(frame)


def _is_hurt(frame: Frame) -> bool:
    return any(
        c.harm in (Harm.KILLED, Harm.INJURED, Harm.SHOT) and c.count.best > 0 for c in frame.casualties
    )


def _of_demonstration(frame: Frame, article: Counter[str]) -> Scope | None:
    if _is_play(article) and not any(a.use is Use.PROTESTER for a in frame.actors):
        return None
    only_rally = all(
        m.lemma in ("rally", "rallied against", "march", "strike", "picket", "mass meeting", "public meeting")
        for m in frame.mentions
    )
    if only_rally and sum(word in _MARKETS for word in frame.lowered.split()) >= _MARKET_WORDS:
        return None
    if _is_mourning(frame) or _LAWMAKERS.search(frame.lowered):
        return None
    if only_rally and "election" in frame.marks and not _DEMANDS.search(frame.lowered):
        return None
    return Scope.POLITICAL


# A protest inside a parliament is a matter of its house (ACLED codebook: legislative protests are left out).
_LAWMAKERS = re.compile(
    r"\b(?:mps|lawmakers|legislators|members of (?:the )?(?:parliament|house|congress|opposition)|senators|deputies)\b.{0,80}"
    r"\bprotest.{0,80}\b(?:in|inside|during)\b.{0,40}\b(?:chamber|parliament|legislature|house of|session|assembly)\b"
    r"|\bprotests? (?:in|inside) (?:the )?(?:legislature|parliament|chamber|house of|national assembly)\b"
)


def _is_mourning(frame: Frame) -> bool:
    """Candles for the dead; with a demand a vigil is a protest."""
    vigil = all("vigil" in m.lemma for m in frame.mentions)
    return vigil and not _DEMANDS.search(frame.lowered)


# Prices, shares and currencies rally, too.
_MARKETS = frozenset(
    "dollar euro yen pound rand rupee currency currencies shares stocks stock bonds bond oil crude gold market markets prices "
    "index futures wall yields bitcoin dealers traders".split()
)
_MARKET_WORDS = 2
_DEMANDS = re.compile(r"\bto demand\b|\bdemanding\b|\bprotest|\bagainst\b|\bcalling for\b|\bover\b")


def _of_violence(frame: Frame, article: Counter[str], *, armed: bool) -> Scope | None:
    causes = {cause for m in frame.mentions for cause in m.causes}
    weapons = bool(frame.kinds & _WEAPONS)
    armed_blast = any(
        m.kind in _WEAPONS and m.strong for m in frame.mentions
    )  # "a vehicle hit a roadside bomb"
    natural = (bool(causes & word_set("english/scope.tsv", "cause")) and not armed_blast) or (
        "cause" in frame.marks and is_bare_harm(frame)
    )
    if natural or (weapons and "natural" in frame.marks):
        return Scope.ACCIDENT
    if not armed and not weapons and frame.marks & {"accident", "disease"}:
        return Scope.ACCIDENT
    if weapons or frame.kinds & {Kind.CLASH, Kind.SEIZE, Kind.MOB}:
        mere_blast = frame.kinds <= {Kind.BOMB, Kind.DEATH, Kind.KILL, Kind.WOUND} and not any(
            m.strong for m in frame.mentions if m.kind is Kind.BOMB
        )
        return Scope.ACCIDENT if mere_blast and "accident" in article and not armed else Scope.POLITICAL
    people = (
        any(m.patients or m.agents for m in frame.mentions)
        or _is_hurt(frame)
        or frame.has(Kind.LOOT, Kind.CLAIM)
        or shares(frame.lowered) is not None
        or any("post" in m.object_uses for m in frame.mentions)
    )
    if not people:
        return None
    return _of_personal(frame, article)


def _of_personal(frame: Frame, article: Counter[str]) -> Scope:
    """Killings, shootings and beatings without a weapon of war: political by whom they are done, or what is said of them."""
    agents = [a for m in frame.mentions for a in m.agents]
    organised = any(
        a.use in (Use.NAMED, Use.MILITARY, Use.COMMUNAL, Use.RIOTER, Use.ARMED, Use.POLICE, Use.GANG)
        for a in agents
    )
    if _is_neighbours(frame):
        return Scope.POLITICAL
    if "crime" in frame.marks and not organised and "political" not in frame.marks:
        return Scope.CRIMINAL
    if not organised and article["crime"] + article["court"] >= 4 and article["political"] < 3:
        return Scope.CRIMINAL
    return Scope.POLITICAL


_NEIGHBOURS = frozenset(
    "resident villager local neighbour neighbor community youth mob crowd student worshipper supporter".split()
)


def _is_neighbours(frame: Frame) -> bool:
    """Residents who beat a thief are a mob, whatever he did (ACLED codebook: vigilante and mob violence)."""
    return not frame.has(Kind.SHOOT) and any(
        a.plural and a.noun in _NEIGHBOURS
        for m in frame.mentions
        if m.kind in (Kind.WOUND, Kind.KILL, Kind.ATTACK, Kind.ABDUCT)
        for a in m.agents
    )


# So many words of a crash or a flood, and the driver or the owner is arrested.
_ACCIDENT_WORDS = 2


def _of_arrest(frame: Frame, article: Counter[str]) -> Scope | None:
    if article["accident"] >= _ACCIDENT_WORDS and article["political"] < _TERROR_WORDS:
        return Scope.CRIMINAL
    if frame.marks & {"criminal", "accident"} and not any(
        a.use in (Use.NAMED, Use.ARMED, Use.PROTESTER) for a in frame.actors
    ):
        return Scope.CRIMINAL
    return Scope.POLITICAL


def _of_abduction(frame: Frame, *, armed: bool) -> Scope | None:
    people = any(m.patients for m in frame.mentions) or any(c.harm is Harm.ABDUCTED for c in frame.casualties)
    if not people and not armed and incident_count(frame) is None:
        return None
    return Scope.POLITICAL


_PEACE = re.compile(r"\bpeace\b|cease-?fire|truce|armistice|reconciliation")


def _of_strategic(frame: Frame, *, armed: bool) -> Scope | None:
    if frame.has(Kind.AGREE) and any(_PEACE.search(m.lemma) for m in frame.mentions):
        return Scope.POLITICAL  # communities without an armed name make peace, too
    if (
        frame.has(Kind.DISRUPT, Kind.BASE, Kind.CHANGE, Kind.AGREE, Kind.COUP, Kind.WITHDRAW)
        and not armed
        and not any(a.is_armed for a in frame.actors)
    ):
        return (
            None
            if not frame.has(Kind.DISRUPT)
            else (Scope.CRIMINAL if "crime" in frame.marks else Scope.POLITICAL)
        )
    return Scope.POLITICAL


def in_calm_country(h: Happening, country: str | None, article: Counter[str], scope: Scope) -> Scope:
    """In countries without armed conflict a killing, a rape or an arrest is a matter for the courts, unless its victims
    are many, its doer is organised or the article speaks of terror or hate."""
    if scope is not Scope.POLITICAL or country not in word_set("english/scope.tsv", "calm"):
        return scope
    if (
        h.family is Family.STRATEGIC
        and Kind.DISRUPT in h.kinds
        and not any(a.use is Use.NAMED for a in h.actors())
    ):
        return Scope.CRIMINAL
    if h.family in (Family.DEMONSTRATION, Family.STRATEGIC) or not h.kinds <= _PERSONAL | {
        Kind.ARREST,
        Kind.BOMB,
    }:
        return scope
    organised = (Use.NAMED, Use.MILITARY, Use.COMMUNAL, Use.PROTESTER, Use.RIOTER)
    people = h.agents() + h.patients()
    if any(a.use in organised or a.noun in word_set("english/scope.tsv", "statesman") for a in people):
        return scope
    if h.family is not Family.ARREST and (article["political"] >= _TERROR_WORDS or _hurt(h) >= _MASS):
        return scope
    return Scope.CRIMINAL


# Words of terror and hate in an article that make a killing political; people hurt that make a shooting a massacre.
_TERROR_WORDS, _MASS = 2, 4


def _hurt(h: Happening) -> int:
    tolls = (h.toll(Harm.KILLED), h.toll(Harm.INJURED))
    return sum(t.best for t in tolls if t is not None)
