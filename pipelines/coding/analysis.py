"""Reads an article: sentences, gate, actors, dates, figures, places. What is read goes to assembly."""

import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pipelines.coding.actors import ActorFinder, ActorMention, add_references, strangers
from pipelines.coding.classifier.consult import with_unspoken
from pipelines.coding.classifier.model import Classifier
from pipelines.coding.dates import (
    Dateline,
    DateMention,
    ReferenceDay,
    find_dateline,
    find_dates,
    reference_day,
)
from pipelines.coding.events.find import find_mentions
from pipelines.coding.events.frames import build_frames, labelled_frame, note_label, unspoken_frame
from pipelines.coding.events.mention import Frame
from pipelines.coding.events.victims import that_happened, untold_deaths
from pipelines.coding.events.where import places_around, places_of
from pipelines.coding.gate import Readings, is_strong, load_triggers
from pipelines.coding.matcher import Hit
from pipelines.coding.numbers import find_casualties, find_counts
from pipelines.coding.places import (
    PlaceContext,
    PlaceMention,
    article_context,
    likeliest_country,
)
from pipelines.coding.scope import MarkFinder
from pipelines.coding.settings import CoderSettings
from pipelines.coding.text import (
    LAST_OF_LEAD,
    Sentence,
    is_upper_text,
    longest_sentence_words,
    lower_same_length,
    split_sentences,
)
from schemas.actors import ActorType
from schemas.article import Article
from schemas.countries import by_alpha2, by_name, fold_name
from schemas.errors import CodingError
from schemas.reject import RejectCode

_WEAPONS = re.compile(
    r"\b(?:weapons?|ammunition|ammo|explosives?|firearms?|pistols?|rifles?|grenades?|landmines?|ieds?|bombs?)\b",
    re.I,
)
_HELD = frozenset(("prisoner", "detainee", "hostage", "captive"))
# What a crowd did is often told in the sentence after the one that names the demonstration.
_AFTER_CHARS = 160
# A text this long is looked at for an endless sentence even where no word of it opens the gate.
_LONG_CHARS = 10_000
Hits = list[Hit[Readings]]


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as read. `frames` run in its order, each with its own dates and places beside it; `marks` are the words of
    scope in all of it, `headline` those of its title."""

    article: Article
    frames: list[Frame]
    places: list[list[PlaceMention]]
    day: ReferenceDay
    dateline: Dateline | None
    context: PlaceContext
    around: list[PlaceMention]
    marks: Counter[str]
    headline: frozenset[str]
    groups: tuple[ActorMention, ...]


@dataclass(frozen=True, slots=True)
class Gated:
    """An article whose words opened the gate: its text as far as it is read, and the sentences to parse."""

    article: Article
    text: str
    pairs: list[tuple[Sentence, Hits]]
    dateline: Dateline | None

    def readable(self) -> list[str]:
        """The sentences as the parser likes them."""
        head = self.dateline.end if self.dateline else 0
        return [_readable(sentence, head) for sentence, _ in self.pairs]


class Analyser:
    """Holds the automata: opens the gate, and reads what has been parsed."""

    def __init__(self, settings: CoderSettings, classifier: Classifier | None) -> None:
        self._settings, self._classifier = settings, classifier
        self._triggers = load_triggers()
        self._actors = ActorFinder()
        self._marks = MarkFinder()

    def gate(self, article: Article) -> Gated | None:
        """The sentences worth parsing, or None where no word opens the gate. Raises CodingError (sentence length)."""
        text = article.text[: self._settings.max_text_chars]
        pairs = self._gate(article.title, text)
        return (
            Gated(article, text, pairs, find_dateline(text, article.published_at.date())) if pairs else None
        )

    def read(self, gated: Gated, docs: Iterable[Any], deadline: float) -> Reading | None:
        """What the article tells; `docs` are the parses of its sentences. None where no sentence tells of anything.

        Raises CodingError at the first parse that comes after the deadline.
        """
        article, text, dateline = gated.article, gated.text, gated.dateline
        day = reference_day(article.published_at, dateline)
        capitals = is_upper_text(text)
        named = self._named(article.title, text, capitals)
        lowered = lower_same_length(f"{article.title}\n{text}")
        strange = strangers(named, lowered)
        named = [m for m in named if m.noun not in strange]
        frames = [
            frame
            for doc, pair in self._in_time(docs, gated, deadline)
            for frame in self._frames(doc, pair, day, capitals, (text, named, strange))
        ]
        frames = with_unspoken(frames, dateline.end if dateline else 0, self._classifier)
        if not frames:
            return None
        place = dateline.place if dateline else None
        context = article_context(
            article.title,
            text,
            dateline=place,
            source=article.source,
            actors=_homes(named),
            day=article.published_at.date(),
        )
        head = dateline.end if dateline else 0
        local = reference_day(article.published_at, dateline, _timezone(context))
        if local.day != day.day:
            _date_again(frames, local)
        _add_what_follows(frames, lowered[len(article.title) + 1 :])
        return Reading(
            article, frames, places_of(frames, context, dateline), local, dateline, context,
            places_around(article.title, text, context, head), Counter(self._marks.find(lowered)),
            frozenset(self._marks.find(lowered[: len(article.title)])),
            _rebels(named),
        )  # fmt: skip

    def _in_time(
        self, docs: Iterable[Any], gated: Gated, deadline: float
    ) -> Iterator[tuple[Any, tuple[Sentence, Hits]]]:
        for n, (doc, pair) in enumerate(zip(docs, gated.pairs, strict=True)):
            if time.monotonic() > deadline:
                raise CodingError(
                    RejectCode.CODING_TIMEOUT,
                    f"Coding took too long; {n} of {len(gated.pairs)} sentences were read.",
                )
            yield doc, pair

    def _named(self, title: str, text: str, capitals: bool) -> list[ActorMention]:
        """The groups that headline and text name, in order; those of the headline stand before the text's first character."""
        ahead = self._actors.find_groups(title, lower_same_length(title), capitals)
        return [
            *(replace(m, start=0, end=0) for m in ahead),
            *self._actors.find_groups(text, lower_same_length(text), capitals),
        ]

    def _gate(self, title: str, text: str) -> list[tuple[Sentence, Hits]]:
        gated: list[tuple[Sentence, Hits]] = []
        for part, body in (("title", title), ("text", text)):
            hits = self._triggers.find(lower_same_length(body)) if body else []
            if hits or len(body) > _LONG_CHARS:
                self._check(body)
            if hits:
                gated += _with_hits(split_sentences(body, part), hits)
        return [pair for pair in gated if self._opens(*pair)][: self._settings.max_parsed_sentences]

    def _opens(self, sentence: Sentence, hits: Hits) -> bool:
        return is_strong(hits) or bool(note_label(sentence.text.lower())) or self._has_forces(sentence)

    def _has_forces(self, sentence: Sentence) -> bool:
        """True where soldiers, police, a crowd, an armed group or their captives stand in the sentence: they open it to
        weaker words."""
        if _WEAPONS.search(sentence.text):
            return True
        actors = self._actors.find(sentence.text, lower_same_length(sentence.text))
        return any(a.is_armed or a.is_crowd or a.noun in _HELD for a in actors)

    def _check(self, body: str) -> None:
        words = longest_sentence_words(body)
        longest = self._settings.max_sentence_words
        if words > longest:
            raise CodingError(
                RejectCode.SENTENCE_TOO_LONG,
                f"A sentence has {words:,} words; at most {longest:,} are read.",
            )

    def _frames(
        self,
        doc: Any,
        pair: tuple[Sentence, Hits],
        day: ReferenceDay,
        capitals: bool,
        known: tuple[str, list[ActorMention], frozenset[str]],
    ) -> list[Frame]:
        sentence, hits = pair
        text, named, strange = known
        lowered = lower_same_length(sentence.text)
        actors = self._actors.find(sentence.text, lowered, capitals, strange)
        if not sentence.is_title:
            actors = add_references(actors, sentence.text, sentence.start, text, named)
        dates = find_dates(sentence.text, sentence.start, day.day)
        hits = [h for h in hits if not (_is_in_date(h, sentence.start, dates) or _is_month(h, sentence))]
        mentions = find_mentions(doc, hits, actors, sentence.start)
        frames = build_frames(sentence, mentions)
        label = note_label(lowered)
        if label:
            frames = frames[:1] or [labelled_frame(sentence)]
            frames[0].label = label
        if not frames and sentence.index <= LAST_OF_LEAD and all(m.verdict.happened for m in mentions):
            frames = [unspoken_frame(sentence)]  # what is denied, feared or planned, the rules know best
        if not frames:
            return []
        spans = [(d.start, d.end) for d in dates]
        casualties = that_happened(find_casualties(sentence.text, sentence.start, spans), mentions)
        counts = find_counts(sentence.text, sentence.start, spans)
        marks = frozenset(self._marks.find(lowered))
        for frame in frames:
            frame.actors, frame.dates, frame.lowered = tuple(actors), tuple(dates), lowered
            frame.counts, frame.marks = tuple(counts), marks
            frame.casualties = (*casualties, *untold_deaths(frame, casualties))
        return frames


# What a group says of the country an article is about: as much as a name of it in the head of the text.
_HOME_WEIGHT = 1.0


def _homes(named: list[ActorMention]) -> dict[str, float]:
    """Weights of the countries that the named groups are at home in; a group of several says less of each, a name of
    groups of several countries only of those that they share, and a common name ("rebel factions") of none."""
    weights: defaultdict[str, float] = defaultdict(float)
    for groups in {m.groups for m in named if not m.text.islower()}:
        shared = set.intersection(*(set(g.countries) for g in groups))
        homes = [by_name()[key].alpha2 for c in sorted(shared) if (key := fold_name(c)) in by_name()]
        for code in homes:
            weights[code] += _HOME_WEIGHT / len(homes)
    return dict(weights)


_UNDER_ARMS = (ActorType.REBEL_GROUP, ActorType.POLITICAL_MILITIA, ActorType.IDENTITY_MILITIA)


def _rebels(named: list[ActorMention]) -> tuple[ActorMention, ...]:
    """The article's armed groups that are no state's, the most often named first: whom "the rebels" may mean, and whose an
    attack is of which nobody says who did it."""
    often = Counter(m.groups for m in named if any(g.type in _UNDER_ARMS for g in m.groups))
    first = {m.groups: m for m in reversed(named)}
    return tuple(first[groups] for groups, _ in often.most_common(3))


def _with_hits(sentences: list[Sentence], hits: Hits) -> Iterator[tuple[Sentence, Hits]]:
    """Each sentence with the hits inside it, made relative to it; sentences without any are left out."""
    n = 0
    for sentence in sentences:
        inside: Hits = []
        while n < len(hits) and hits[n].start < sentence.end:
            if hits[n].start >= sentence.start:
                inside.append(
                    Hit(hits[n].start - sentence.start, hits[n].end - sentence.start, hits[n].entry)
                )
            n += 1
        if inside:
            yield sentence, inside


def _date_again(frames: list[Frame], day: ReferenceDay) -> None:
    """Dates told from the day at the place of the event: "today" is a day of its time zone."""
    for frame in frames:
        frame.dates = tuple(find_dates(frame.sentence.text, frame.sentence.start, day.day))


def _add_what_follows(frames: list[Frame], lowered: str) -> None:
    for frame in frames:
        if not frame.sentence.is_title:
            frame.after = lowered[frame.sentence.end : frame.sentence.end + _AFTER_CHARS]


def _timezone(context: PlaceContext) -> str:
    code = likeliest_country(context)
    return by_alpha2()[code].timezone if code else "UTC"


def _is_in_date(hit: Hit[Readings], offset: int, dates: list[DateMention]) -> bool:
    """ "March" is a month where a date stands."""
    return any(d.start <= hit.start + offset < d.end for d in dates)


# "For delivery in March", "the March contract": not at the head of a sentence, and in no headline, whose words are capitals.
_MONTH = re.compile(r"(?<=[a-z,] )March\b")


def _is_month(hit: Hit[Readings], sentence: Sentence) -> bool:
    return not sentence.is_title and _MONTH.match(sentence.text, hit.start) is not None


def _readable(sentence: Sentence, head: int) -> str:
    """The sentence as the parser likes it, no character moved: line ends become spaces, capitals throughout small letters,
    and a dateline, which ends at `head`, is blanked out: "GOMA, March 13 - M23 rebels" would be one name."""
    text = sentence.text
    if not sentence.is_title and sentence.start < head < sentence.end:
        text = " " * (head - sentence.start) + text[head - sentence.start :]
    plain = text.replace("\n", " ").replace("\t", " ").replace("\r", " ")
    # "IS militants": the parser would read a verb
    return lower_same_length(plain) if is_upper_text(plain) else plain.replace(" IS ", " XS ")
