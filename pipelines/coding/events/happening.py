"""A happening: the frames of an article that tell of one event, and what they say together."""

from dataclasses import dataclass, field

from pipelines.coding.actors import ActorMention
from pipelines.coding.dates import DateKind, DateMention
from pipelines.coding.events.mention import Family, Frame, Mention
from pipelines.coding.events.tolls import happening_toll
from pipelines.coding.gate import Kind
from pipelines.coding.numbers import Count, Harm, Toll
from pipelines.coding.places import PlaceMention

# Nouns that count incidents of a kind: "2,162 attacks", "302 operations".
_INCIDENT_NOUNS = frozenset(
    "attack attacks operation operations airstrikes airstrike strikes raids raid bombings bombing clashes incidents incident protests "
    "demonstrations rallies explosions blasts assaults shellings killings abductions kidnappings murders ambushes explosion violations "
    "offensives shootings rapes riots bombs battles".split()
)
# Characters from the number to its noun: "302 separate military operations".
_NOUN_REACH = 40


# Things of which each that is found, defused or shot down is an incident: "defused 41 roadside bombs".
_DEVICES = frozenset("bombs mines landmines ieds devices rockets missiles drones mortars shells".split())
# Words that end the counted noun: "2,162 attacks across the country".
_NOUN_ENDS = frozenset(
    "across throughout along over since during against around inside outside near between within nationwide".split()
)


def incident_count(frame: Frame) -> Count | None:
    """How many incidents the frame's own noun counts; None where it tells of one."""
    spans = [m.start for m in frame.mentions if not m.is_verb]
    for count in frame.counts:
        last = _head_noun(count.noun)
        near = any(0 <= start - count.end <= min(_NOUN_REACH, len(count.noun) + 12) for start in spans)
        if count.best > 1 and (
            (last in _INCIDENT_NOUNS and near) or (last in _DEVICES and _counts_devices(frame))
        ):
            return count
    return None


def _head_noun(noun: str) -> str:
    words = noun.lower().split()
    end = next((n for n, word in enumerate(words) if word in _NOUN_ENDS), len(words))
    return words[end - 1] if end else ""


def _counts_devices(frame: Frame) -> bool:
    """Devices put out of use are counted one by one; those launched only where a report covers more than a day or two."""
    if Kind.DISRUPT in frame.kinds:
        return True
    spans = (DateKind.RANGE, DateKind.SINCE, DateKind.WEEK, DateKind.MONTH)
    return Kind.AIR in frame.kinds and any(d.kind in spans for d in frame.dates)


@dataclass(slots=True)
class Happening:
    """One event as the article tells it. `date` is explicit or None; `places` are those of its sentences, best first."""

    family: Family
    frames: list[Frame]
    date: DateMention | None = None
    places: list[PlaceMention] = field(default_factory=list)

    @property
    def kinds(self) -> set[Kind]:
        """All kinds told."""
        return {kind for frame in self.frames for kind in frame.kinds}

    @property
    def main(self) -> Frame:
        """The frame that tells most: the first with a place or figure in the text, else the first."""
        return self.frames[0]

    def mentions(self) -> list[Mention]:
        """All mentions in the article's order."""
        return [mention for frame in self.frames for mention in frame.mentions]

    def agents(self) -> list[ActorMention]:
        """Who acts, in order, none twice: the text knows better than its headline, who only claims it or is blamed for it
        comes last, and whoever dies does not act by it."""
        text = [m for f in self.frames if not f.sentence.is_title for m in f.mentions]
        headline = [m for f in self.frames if f.sentence.is_title for m in f.mentions]
        told = sorted((m for m in (*text, *headline) if not _is_dying(m)), key=lambda m: m.kind is Kind.CLAIM)
        return list(
            dict.fromkeys(a for m in told for a in (*m.agents, *(m.patients if m.kind is Kind.CLAIM else ())))
        )

    def patients(self) -> list[ActorMention]:
        """Who suffers, in order, none twice."""
        told = [m for m in self.mentions() if m.kind is not Kind.CLAIM]
        return list(
            dict.fromkeys(p for m in told for p in (*(m.agents if _is_dying(m) else ()), *m.patients))
        )

    def actors(self) -> list[ActorMention]:
        """Everyone in its sentences."""
        return list(dict.fromkeys(a for frame in self.frames for a in frame.actors))

    def toll(self, harm: Harm) -> Toll | None:
        """The figure of a harm, None where nothing is said of it."""
        return happening_toll(self.frames, harm)


def _is_dying(mention: Mention) -> bool:
    """ "Two soldiers died": the verb's subject suffers."""
    return mention.kind is Kind.DEATH and mention.is_verb
