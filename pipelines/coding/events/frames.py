"""Puts the mentions of one sentence together into frames: what belongs to one happening."""

from functools import cache

from pipelines.coding.events.mention import Family, Frame, Mention
from pipelines.coding.events.tolls import shares
from pipelines.coding.factuality import Verdict
from pipelines.coding.gate import Kind
from pipelines.coding.lexicon import read_rows
from pipelines.coding.numbers import Harm, NumberBasis
from pipelines.coding.text import Sentence
from schemas.precision import Factuality
from schemas.taxonomy import EVENT_TYPE_OF, EventType, SubEventType

FAMILY: dict[Kind, Family] = {
    **dict.fromkeys(
        (
            Kind.KILL, Kind.DEATH, Kind.WOUND, Kind.SHOOT, Kind.ATTACK, Kind.CLASH, Kind.AIR, Kind.SHELL, Kind.BOMB,
            Kind.SUICIDE, Kind.GRENADE, Kind.CHEMICAL, Kind.SEIZE, Kind.RAPE, Kind.MOB, Kind.LOOT,
            Kind.CLAIM,
        ),
        Family.VIOLENCE,
    ),
    **dict.fromkeys((Kind.PROTEST, Kind.RIOT, Kind.DISPERSE), Family.DEMONSTRATION),
    Kind.ABDUCT: Family.ABDUCTION,
    Kind.ARREST: Family.ARREST,
}  # fmt: skip
# Kinds that only lend figures: alone they tell of no event.
SUPPORT = frozenset((Kind.DEATH, Kind.CLAIM))


def build_frames(sentence: Sentence, mentions: list[Mention]) -> list[Frame]:
    """Frames of a sentence, one per family; of strategic developments one per kind."""
    told = [m for m in mentions if m.verdict.happened]
    told = [
        m
        for m in told
        if not (m.is_generic and m.kind in (Kind.CHANGE, Kind.AGREE, Kind.RELEASE, Kind.DISPLACE))
    ]
    if not told:
        return []
    groups: dict[tuple[Family, Kind | None], list[Mention]] = {}
    for mention in told:
        family = FAMILY.get(mention.kind, Family.STRATEGIC)
        groups.setdefault((family, mention.kind if family is Family.STRATEGIC else None), []).append(mention)
    groups = _absorb_into_abduction(_absorb_into_demonstration(groups))
    return [
        Frame(sentence, family, members, (), kinds={m.kind for m in members})
        for (family, _), members in groups.items()
    ]


Groups = dict[tuple[Family, Kind | None], list[Mention]]


def _absorb_into_abduction(groups: Groups) -> Groups:
    """ "In an attack gunmen abducted nine": the attack without any harm of its own is the abduction."""
    abduction, violence = (Family.ABDUCTION, None), (Family.VIOLENCE, None)
    attack = groups.get(violence, [])
    if abduction in groups and attack and {m.kind for m in attack} <= {Kind.ATTACK, Kind.SHOOT, Kind.CLAIM}:
        return {
            key: [*ms, *attack] if key == abduction else ms for key, ms in groups.items() if key != violence
        }
    return groups


def _absorb_into_demonstration(groups: Groups) -> Groups:
    """Violence and arrests around a demonstration are part of it where the crowd suffers or does them."""
    key = (Family.DEMONSTRATION, None)
    demo = groups.get(key)
    if not demo:
        return groups
    kept: Groups = {key: list(demo)}
    for other, members in groups.items():
        if other == key:
            continue
        joins = other[0] in (Family.VIOLENCE, Family.ARREST) and _touches_crowd(members, demo)
        if joins:
            kept[key] += members
        else:
            kept[other] = members
    return kept


def _touches_crowd(members: list[Mention], demo: list[Mention]) -> bool:
    if any(a.is_crowd for m in members for a in m.agents + m.patients):
        return True
    strong_arms = {
        Kind.AIR,
        Kind.SHELL,
        Kind.SUICIDE,
        Kind.BOMB,
        Kind.CHEMICAL,
        Kind.GRENADE,
        Kind.SEIZE,
        Kind.RAPE,
    }
    return any(m.is_verb or m.strong for m in demo) and not any(m.kind in strong_arms for m in members)


@cache
def _labels() -> dict[str, str]:
    return {row["label"]: row["sub_event_type"] for row in read_rows("english/labels.tsv")}


def note_label(lowered: str) -> str:
    """The sub-event type that a label at the head of a note names ("Weapons seizure: ..."), or an empty string."""
    head, colon, _ = lowered[:60].partition(":")
    return _labels().get(head.strip(), "") if colon else ""


def is_vague(frame: Frame) -> bool:
    """True where only bare nouns tell of it, without a day, a figure or a verb: "attacks on journalists are a worry". Who
    claims an attack is no vague word, and neither is fighting between two sides on a day."""
    if frame.has(Kind.CLAIM) or (frame.dates and _has_two_sides(frame)):
        return False
    if any(not c.is_implied for c in frame.casualties) or frame.sentence.is_title or _says_who_died(frame):
        return False
    if frame.dates and not frame.kinds <= {Kind.RAPE, Kind.CLASH}:
        return False
    return all(m.is_generic for m in frame.mentions if m.kind not in SUPPORT)


def _says_who_died(frame: Frame) -> bool:
    """ "He died in hospital" lends its figure to the event told before it."""
    if not frame.kinds <= {Kind.DEATH}:
        return False
    return shares(frame.lowered) is not None or any(
        c.harm is Harm.KILLED and c.count.basis is NumberBasis.EXACT and c.count.best > 0
        for c in frame.casualties
    )


def _has_two_sides(frame: Frame) -> bool:
    armed = {
        a.text for m in frame.mentions if m.kind is Kind.CLASH for a in m.agents + m.patients if a.is_armed
    }
    return len(armed) > 1


def labelled_frame(sentence: Sentence) -> Frame:
    """The frame of a note that only its label tells of."""
    return _bare_frame(sentence, sentence.start + sentence.text.index(":"))


def unspoken_frame(sentence: Sentence) -> Frame:
    """The frame of a sentence that tells of an event, if any, by its whole wording."""
    frame = _bare_frame(sentence, sentence.end)
    frame.is_unspoken = True
    return frame


def _bare_frame(sentence: Sentence, end: int) -> Frame:
    told = Mention(
        sentence.start,
        end,
        Kind.CHANGE,
        "label",
        False,
        True,
        Verdict(Factuality.ASSERTED),
        (),
        (),
        frozenset(),
        False,
    )
    return Frame(sentence, Family.STRATEGIC, [told], (), kinds={Kind.CHANGE})


FAMILY_OF_TYPE = {
    EventType.BATTLES: Family.VIOLENCE,
    EventType.EXPLOSIONS: Family.VIOLENCE,
    EventType.VIOLENCE_AGAINST_CIVILIANS: Family.VIOLENCE,
    EventType.PROTESTS: Family.DEMONSTRATION,
    EventType.RIOTS: Family.DEMONSTRATION,
    EventType.STRATEGIC: Family.STRATEGIC,
}


def name_frame(frame: Frame, sub: SubEventType) -> None:
    """Gives an unspoken frame the event that it tells of."""
    frame.label = sub.value
    frame.family = {SubEventType.ABDUCTION: Family.ABDUCTION, SubEventType.ARRESTS: Family.ARREST}.get(
        sub, FAMILY_OF_TYPE[EVENT_TYPE_OF[sub]]
    )
