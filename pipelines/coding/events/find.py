"""Finds the mentions of a parsed sentence: every trigger word with its arguments and its verdict."""

from functools import cache
from typing import Any

from pipelines.coding.actors import ActorMention, Use
from pipelines.coding.events.mention import Mention
from pipelines.coding.events.readings import choose, fitting, object_uses
from pipelines.coding.factuality import judge
from pipelines.coding.gate import Kind, Readings
from pipelines.coding.grammar import by_agents, is_passive, is_verb, objects, phrase, prepositional, subjects
from pipelines.coding.matcher import Hit
from schemas.countries import Country, countries

Doc = Any
Token = Any
Span = Any
Hits = list[Hit[Readings]]

# "carried out an attack on", "staged a protest": the verb lends its subject and its prepositions to the noun.
_LIGHT = frozenset(
    "carried carry carries carrying launched launch launching launches staged stage staging held hold holding conducted conduct "
    "conducting mounted committed commit committing perpetrated made executed started led organized organised engaged claimed "
    "suffered sustained faced came under resumed joined fired planted threw hurled lobbed detonated used opened signed reached "
    "announced declared agreed imposed established set".split()
)
_AGENTLESS_OF = frozenset(
    (
        Kind.KILL,
        Kind.ABDUCT,
        Kind.ARREST,
        Kind.RAPE,
        Kind.WOUND,
        Kind.RELEASE,
        Kind.SEIZE,
        Kind.LOOT,
        Kind.DISPLACE,
    )
)
# "Attack drones", "attack helicopters": a sort of weapon, no attack.
_ARMED_THINGS = frozenset(
    "drone drones helicopter helicopters aircraft plane planes jet jets dog dogs submarine submarines".split()
)
# Weapons that were found or seized have not gone off.
_ARMS = frozenset((Kind.SHELL, Kind.BOMB, Kind.GRENADE, Kind.SUICIDE, Kind.CHEMICAL))
_TIME_OR_NUMBER = frozenset(("nummod", "det", "poss", "quantmod"))


def find_mentions(doc: Doc, hits: Hits, actors: list[ActorMention], start: int) -> list[Mention]:
    """Mentions of a sentence in order; `start` is the sentence's offset, hits and actors are relative to the sentence."""
    by_token = _actors_by_token(doc, actors)
    found = [m for hit in hits if (m := _mention(doc, hit, by_token, start)) is not None]
    if any(m.kind is Kind.DISRUPT and m.verdict.happened for m in found):
        return [m for m in found if m.is_verb or m.kind not in _ARMS]
    return found


def _actors_by_token(doc: Doc, actors: list[ActorMention]) -> dict[int, ActorMention]:
    table: dict[int, ActorMention] = {}
    for actor in actors:
        span = doc.char_span(actor.start, actor.end, alignment_mode="expand")
        if span is not None:
            for token in span:
                table[token.i] = actor
    return table


def _mention(doc: Doc, hit: Hit[Readings], by_token: dict[int, ActorMention], start: int) -> Mention | None:
    span = doc.char_span(hit.start, hit.end, alignment_mode="expand")
    if span is None:
        return None
    token = span.root
    readings = fitting(hit.entry, token)
    if not readings or _is_attribute(token, readings[0].kind):
        return None
    verb = is_verb(token)
    if verb and token.lower_ in _TRIPS and any(o.lower_ in _DEVICES for o in objects(token)):
        return None
    passive = verb and is_passive(token)
    agent_tokens, patient_tokens = (
        _verb_arguments(span, token, passive) if verb else _noun_arguments(token, readings[0].kind)
    )
    if verb and not passive and {r.kind for r in readings} & _SUFFERED and _is_reduced(token):
        agent_tokens, patient_tokens = [], [*agent_tokens, *patient_tokens]
    agents = _actors_of(agent_tokens, by_token)
    if not verb and readings[0].pos == "n" and not agents and not readings[0].strong:
        agents = _lone_forces(doc, by_token) if readings[0].kind in (Kind.CLASH, Kind.ATTACK) else agents
    if verb and not agents:
        agents = _unnamed_agents(agent_tokens, {r.kind for r in readings})
    patients = tuple(p for p in _actors_of(patient_tokens, by_token) if p not in agents)
    if not patients and {r.kind for r in readings} & _OF_PERSONS:
        patients = _persons(patient_tokens, by_token) or (_left_of(token, by_token) if passive else ())
    uses = _uses_of(patient_tokens, doc) | _aircraft(agent_tokens) | (frozenset() if verb else _impact(token))
    if verb and _has_demand(token):
        uses |= {"demand"}
    if verb and any(t.tag_ in ("NNP", "NNPS") and t.i not in by_token for t in objects(token)):
        uses |= {"territory"}  # "captured Starograd": a name that is no actor's is a place's
    reading = choose(readings, agents, patients, uses)
    if reading is None or (verb and _is_state(token, reading.lemma)):
        return None
    return Mention(
        start + hit.start, start + hit.end, reading.kind, reading.lemma, verb, reading.strong, judge(token),
        agents, patients, uses, _is_generic(token, verb=verb), passive,
        frozenset(t.lower_ for t in agent_tokens),
        verb and any(t.tag_ in ("NNP", "NNPS") and t.i not in by_token for t in agent_tokens),
        not verb and any(c.lower_ in _DEFINITE for c in token.children),
    )  # fmt: skip


# "The lorry hit a mine", "a farmer triggered a device": whoever does so suffers the explosion.
_TRIPS = frozenset("hit hits struck triggered".split())
_DEVICES = frozenset("bomb mine landmine ied device explosive explosives bombs mines".split())


# Pits and shafts, not what goes off under a lorry.
_ORES = frozenset(
    "copper gold coal diamond mining iron jade tin salt cobalt silver uranium nickel ruby amber platinum zinc lead bauxite lithium coltan "
    "phosphate opencast open-pit underground abandoned illegal artisanal".split()
)
_PITS = frozenset("mine mines".split())


def _is_attribute(token: Token, kind: Kind) -> bool:
    """What a word before its noun says of it: "attack drones" are no attack, "kidnapped villagers" were freed, and a
    "murdered journalist" is remembered; "gold mines" do not explode."""
    if token.dep_ == "compound" and token.head.lower_ in _ARMED_THINGS:
        return True
    if token.lower_ in _PITS and any(c.lower_ in _ORES for c in token.children):
        return True
    if token.dep_ != "amod" or token.tag_ != "VBN":
        return False
    if kind is Kind.KILL:
        return token.head.tag_ in ("NN", "NNP") and not any(c.dep_ == "nummod" for c in token.head.children)
    return kind in (Kind.ABDUCT, Kind.ARREST)


def _is_state(token: Token, lemma: str) -> bool:
    """Who "is being held" or what "is controlled by" an army tells how things stand, not what happened."""
    aux = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
    if lemma == "hold":
        return "being" in aux or (token.tag_ == "VBN" and bool(aux & {"is", "are", "remains", "remain"}))
    return lemma == "control" and (
        token.tag_ in ("VBZ", "VBP") or token.dep_ in ("acl", "amod") or bool(aux & {"is", "are"})
    )


# "Five soldiers killed in ambush": headlines leave "were" out, and the subject suffers.
_SUFFERED = frozenset((Kind.KILL, Kind.WOUND, Kind.ABDUCT, Kind.ARREST))


def _is_reduced(token: Token) -> bool:
    """A past form without any object, before a preposition, a conjunction or the end of its clause."""
    if token.tag_ not in ("VBD", "VBN") or objects(token) or any(c.dep_ == "conj" for c in token.children):
        return False
    if any(c.dep_ in ("aux", "prt", "ccomp", "npadvmod") for c in token.children):
        return False
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return after is None or after.is_punct or after.lower_ in _AFTER_SUFFERED


_AFTER_SUFFERED = frozenset(
    "in by during on near after when as and while outside inside amid across over".split()
)


def _verb_arguments(span: Span, token: Token, passive: bool) -> tuple[list[Token], list[Token]]:
    """Of a phrase ("shot and killed") each verb lends its agents and objects."""
    told = subjects(token)
    verbs = [t for t in span if is_verb(t)] or [token]
    agents = [a for verb in verbs for a in by_agents(verb)]
    suffered = [o for verb in verbs for o in (*objects(verb), *prepositional(verb))]
    if passive:
        return agents, [*told, *suffered]
    return [*told, *agents], suffered


def _noun_arguments(token: Token, kind: Kind) -> tuple[list[Token], list[Token]]:
    agents, patients = by_agents(token), prepositional(token)
    for clause in (c for c in token.children if c.dep_ in ("acl", "relcl") and is_verb(c)):
        agents += by_agents(clause)
        patients += objects(clause) if clause.tag_ == "VBG" else []
    owners = [c for c in token.children if c.dep_ in ("poss", "compound", "nmod", "amod")]
    if kind in _AGENTLESS_OF:
        patients += [c for c in owners if c.dep_ in ("poss", "compound", "nmod")]
    else:
        agents += owners
    head = token.head
    if head.tag_.startswith("VB") and token.dep_ in ("dobj", "nsubjpass", "pobj", "obj", "attr"):
        if head.lower_ in _LIGHT:
            agents += by_agents(head) if is_passive(head) else subjects(head)
            patients += prepositional(head)
        if kind is Kind.BOMB and token.dep_ == "dobj" and head.lower_ in _TRIPS:
            patients += subjects(head)
    elif token.dep_ == "pobj" and head.head.tag_.startswith("VB"):
        patients += objects(head.head) if head.lower_ == "in" else []
        if is_passive(head.head):
            patients += subjects(head.head)
    if token.dep_ in ("nsubj", "agent") and head.tag_.startswith("VB") and not is_passive(head):
        patients += objects(head)
    return agents, patients


_SAYS = frozenset(
    "said say says alleged alleges told tells reported reports confirmed confirms announced stated added claimed believe believes believed "
    "suspect suspects accused blamed condemned denied denies investigating".split()
)


def _lone_forces(doc: Doc, by_token: dict[int, ActorMention]) -> tuple[ActorMention, ...]:
    """ "Clashes took place between": the parser often hangs the sides on the verb; then whoever is armed in the sentence.

    The police who only say so are none of them; rebels who say that they did it are.
    """
    talking = {t.i for t in doc if t.dep_ == "nsubj" and t.head.lower_ in _SAYS}
    speakers = {a for i, a in by_token.items() if i in talking and a.is_state}
    armed = (a for a in by_token.values() if (a.is_armed or a.is_crowd) and a not in speakers)
    return tuple(dict.fromkeys(armed))


def _actors_of(tokens: list[Token], by_token: dict[int, ActorMention]) -> tuple[ActorMention, ...]:
    found: dict[ActorMention, None] = {}
    for token in tokens:
        for word in phrase(token):
            if word.i in by_token:
                found.setdefault(by_token[word.i])
    return tuple(found)


_CROWDS = frozenset("hundreds thousands dozens scores tens".split())
# What a government does whose capital is named for it: "Kabul has freed 300 prisoners".
_OF_GOVERNMENTS = frozenset((Kind.RELEASE, Kind.AGREE))


def _unnamed_agents(tokens: list[Token], kinds: set[Kind]) -> tuple[ActorMention, ...]:
    """Who acts without a word for people: "thousands marched", "Kabul has freed 300 prisoners"."""
    for token in tokens:
        span = (token.idx, token.idx + len(token.text), token.text)
        if Kind.PROTEST in kinds and token.lower_ in _CROWDS:
            return (ActorMention(*span, Use.CIVILIAN, "people", True),)
        country = _capitals().get(token.lower_) if kinds & _OF_GOVERNMENTS else None
        if country is not None:
            return (ActorMention(*span, Use.GOVERNMENT, "government", False, (), country),)
    return ()


@cache
def _capitals() -> dict[str, Country]:
    return {c.capital.lower(): c for c in countries() if c.capital}


# Done to people; who is only named or meant by a pronoun is one, too.
_OF_PERSONS = frozenset((Kind.KILL, Kind.WOUND, Kind.SHOOT, Kind.ABDUCT, Kind.RAPE, Kind.ARREST))
_PRONOUNS = frozenset(
    "he she him her they them himself herself themselves everyone someone somebody many others".split()
)


_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december".split()
)


def _is_setting(token: Token) -> bool:
    """Where and when it was done: "killed in Benue", "held a drill on Tuesday"."""
    settings = ("in", "at", "near", "from", "to", "over", "inside")
    return token.lower_ in _CALENDAR or (token.dep_ == "pobj" and token.head.lower_ in settings)


def _persons(tokens: list[Token], by_token: dict[int, ActorMention]) -> tuple[ActorMention, ...]:
    found = []
    for token in tokens:
        named = token.tag_ in ("NNP", "NNPS") and token.i not in by_token and not _is_setting(token)
        if named or token.lower_ in _PRONOUNS:
            plural = token.lower_ in ("they", "them", "themselves", "many", "others")
            end = token.idx + len(token.text)
            found.append(ActorMention(token.idx, end, token.text, Use.CIVILIAN, "person", plural))
    return tuple(found[:1])


# Words back to whoever was "stabbed last night", where the parser hangs him on another verb.
_LEFT_REACH = 12


def _left_of(verb: Token, by_token: dict[int, ActorMention]) -> tuple[ActorMention, ...]:
    """Who stands before a passive verb that the parse gives no subject: "arrested after the mayor of X was stabbed"."""
    for place in range(verb.i - 1, max(-1, verb.i - _LEFT_REACH), -1):
        token = verb.doc[place]
        if token.i in by_token:
            return (by_token[token.i],) if by_token[token.i].use is Use.CIVILIAN else ()
        if token.tag_.startswith("VB") and token.dep_ not in ("aux", "auxpass"):
            return ()
    return ()


def _uses_of(tokens: list[Token], doc: Doc) -> frozenset[str]:
    table = object_uses()
    uses: set[str] = set()
    for token in tokens:
        for word in phrase(token):
            uses |= table.get(word.lower_, frozenset())
            if word.ent_type_ == "GPE":
                uses.add("territory")
    return frozenset(uses)


# What a rocket does when it is no mere stock.
_IMPACTS = frozenset(
    "used using inhaling inhaled dropped released containing contained exposed fired fire fires firing hit hits struck strike strikes landed fell slammed launched rained exploded lobbed targeted pounded killed killing wounded injured".split()
)


# What is done with an agreement when it comes about.
_MAKES = frozenset(
    "signed sign signs reached reach agreed agree agrees announced declared brokered entered accepted struck concluded held hold began begun "
    "begin started met took came welcomed implemented hosted hosts conducted attended holding signing reaching".split()
)


def _impact(token: Token) -> frozenset[str]:
    near = [token.head, *(c for c in token.children if c.dep_ in ("acl", "relcl"))]
    found = {"fire"} if any(t.lower_ in _IMPACTS for t in near) else set()
    if (
        token.dep_ in ("dobj", "pobj", "nsubjpass", "nsubj")
        and {token.head.lower_, token.head.head.lower_} & _MAKES
    ):
        found.add("made")
    if any(c.dep_ == "nummod" for c in token.children):
        found.add("counted")
    return frozenset(found)


def _aircraft(tokens: list[Token]) -> frozenset[str]:
    table = object_uses()
    found = {
        use
        for t in tokens
        for w in phrase(t)
        for use in table.get(w.lower_, ())
        if use in ("aircraft", "ordnance")
    }
    return frozenset(found)


# What a crowd comes together for.
_DEMANDS = frozenset(
    "demand denounce protest call oppose condemn reject complain decry defend support commemorate press mark".split()
)


def _has_demand(verb: Token) -> bool:
    """ "Gathered to demand", "marched against", "walked out over": whoever does so protests."""
    return any(
        (c.dep_ in ("xcomp", "advcl") and c.tag_ == "VB" and c.lower_ in _DEMANDS)
        or (c.dep_ == "prep" and c.lower_ == "against")
        for c in verb.children
    )


_DEFINITE = frozenset(("the", "this", "that", "these", "those"))


def _is_generic(token: Token, *, verb: bool) -> bool:
    """A bare plural or mass noun ("attacks on journalists are rising") or gerund ("allied in fighting them") tells of none."""
    if verb:
        return bool(
            token.tag_ == "VBG"
            and token.dep_ == "pcomp"
            and token.head.lower_ in ("in", "of", "for", "about")
        )
    if any(c.dep_ in _TIME_OR_NUMBER for c in token.children):
        return False
    if token.dep_ == "nsubj" and token.head.tag_ == "VBD":
        return False  # "protests filled the streets"
    return bool(token.tag_ in ("NNS", "NN", "NNPS"))
