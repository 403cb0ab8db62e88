"""The words that tell a harm, and how each takes its people: before it, after it, or after "of"."""

import re
from dataclasses import dataclass
from enum import StrEnum

import ahocorasick_rs

from pipelines.coding.numbers.count import Harm
from pipelines.coding.text import lower_same_length


class Side(StrEnum):
    """Where the people stand."""

    EITHER = "either"  # killed: "11 were killed", "killed 11"
    RIGHT = "right"  # killing, kills: "killing 11"
    LEFT = "left"  # died, dead: "11 died"
    OF = "of"  # the death of 11
    COUNTED = "counted"  # 11 deaths
    TOLL = "toll"  # the death toll rose to 11


@dataclass(frozen=True, slots=True)
class Trigger:
    """One word or phrase of harm in a sentence (offsets into the sentence)."""

    start: int
    end: int
    harm: Harm
    side: Side
    word: str


_DEADLY_BLOWS = r"hacked|stabbed|beaten|clubbed|stoned|tortured|burned|burnt|bludgeoned|crushed|trampled|starved|hanged|shot"
_NUMBER_NEXT = r"(?=\s+(?:at\s+least|over|more|about|\d|an?|one|two|three|four|five|six|seven|eight|nine|ten|dozens|several|many)\b)"
_WORDS: tuple[tuple[Harm, Side, tuple[str, ...]], ...] = (
    (
        Harm.KILLED,
        Side.TOLL,
        (
            (
                r"(?:death\s+toll|toll(?![\s-]+free)|number\s+of\s+(?:the\s+)?(?:dead|deaths|fatalities|people\s+(?:killed|dead)|victims|those\s+killed))"
                r"\b[^.;0-9]{0,90}?\b(?:to|at|of|is|was|stands?|stood|reache[sd]|hits?|passe[sd]|tops?|topped|exceeds?|exceeded|now|from(?=\s+\d+\s+to\b))(?=[^.;0-9]{0,25}?(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|scores|hundreds)\b))"
            ),
            r"fatalities\s+(?:(?:are|were)\s+)?(?:coded|recorded)\s+(?:as|to|at)",
        ),
    ),
    (
        Harm.KILLED,
        Side.EITHER,
        (
            rf"(?:{_DEADLY_BLOWS})\s+to\s+death",
            r"shot\s+(?:and\s+killed|dead|fatally)",
            r"fatally\s+(?:shot|stabbed|wounded|injured|struck|hit|beaten)",
            r"(?:burned|burnt)\s+alive|gunned\s+down|mowed\s+down",
            r"killed|murdered|massacred|slaughtered|executed|assassinated|beheaded|decapitated|lynched|slain|martyred",
            r"eliminated|neutrali[sz]ed|hanged",
        ),
    ),
    (
        Harm.KILLED,
        Side.RIGHT,
        (
            r"(?:claim(?:ed|ing|s)?|took|taking|takes|cost(?:ing|s)?)\s+the\s+li(?:ves|fe)\s+of",
            r"(?:beat|beats|hacked|stabbed|stoned|clubbed|tortured|burned)\s+to\s+death",
            r"(?:beat|beats|beating|hacked|hacking|stabbed|stabbing|stoned|clubbed|burned|trampled)(?=\s[^.;,]{1,60}\sto\s+death\b)",
            r"killing|kills|kill|murdering|murders|massacring|slaughtering|executing|executes|assassinating|assassinates",
            r"beheading|lynching|shooting\s+dead|gunning\s+down|guns\s+down|shoots?\s+dead|neutrali[sz]ing|neutrali[sz]es",
            r"(?:claim(?:ed|ing|s)?|took|taking|cost(?:ing|s)?|lost)(?=\s+[^.;,]{1,30}\s+lives\b)",
            rf"claim(?:ed|ing|s){_NUMBER_NEXT}(?![^.;]{{0,80}}\b(?:was|were|been|died|responsib\w+)\b)",
        ),
    ),
    (
        Harm.KILLED,
        Side.LEFT,
        (
            r"died|dies|dying|die|dead|deceased|perished|succumbed|drowned",
            r"(?:lost|los(?:es?|ing))\s+(?:their|his|her)\s+li(?:ves|fe)",
        ),
    ),
    (
        Harm.KILLED,
        Side.OF,
        (
            r"(?:fatal|deadly)\s+(?:shooting|stabbing|beating)s?\s+of|deaths?\s+(?:by\s+\w+\s+)?of|(?:killings?|murders?|slayings?|massacre|executions?|assassinations?)\s+of",
            r"(?:beheadings?|lynchings?|slaughter|bodies|body|corpses?|remains)\s+of",
        ),
    ),
    (
        Harm.KILLED,
        Side.COUNTED,
        (
            r"deaths?|fatalit(?:y|ies)|killings?|murders?|assassination|bodies|corpses|fatally",
            r"lives(?=\s+(?:were|was|have\s+been|had\s+been)\s+(?:lost|claimed|taken)\b)",
            r"body(?=\s+(?:was|has\s+been|is)\s+(?:later\s+|also\s+)?(?:found|discovered|recovered|pulled|dumped|identified)\b)",
        ),
    ),
    (
        Harm.INJURED,
        Side.EITHER,
        (r"(?:shot\s+and\s+)?(?:wounded|injured)|maimed|hurt|hospitali[sz]ed",),
    ),
    (
        Harm.INJURED,
        Side.RIGHT,
        (rf"wounding|injuring|wounds{_NUMBER_NEXT}|injures|maiming|hurting",),
    ),
    (
        Harm.INJURED,
        Side.LEFT,
        (
            r"(?:suffer(?:ed|ing|s)?|sustain(?:ed|ing|s)?|receiv(?:ed|ing))\s+(?:(?!gunshot)[\w-]+\s+){0,4}(?:injur(?:y|ies)|wounds?|burns)",
        ),
    ),
    (Harm.INJURED, Side.OF, (r"(?:wounding|injur(?:y|ies))\s+(?:of|to)",)),
    (Harm.INJURED, Side.COUNTED, (r"injuries|wounded",)),
    (
        Harm.SHOT,
        Side.EITHER,
        (r"shot(?!\s+(?:at|down|up|into|a\s+video|by\s+a\s+camera)\b)",),
    ),
    (
        Harm.SHOT,
        Side.LEFT,
        (
            r"(?:(?:suffer(?:ed|ing|s)?|sustain(?:ed|ing|s)?|receiv(?:ed|ing))\s+(?:from\s+)?|with\s+)(?:[\w-]+\s+){0,3}gunshot\s+(?:wounds?|injur(?:y|ies))",
            r"(?:hit|struck|grazed)\s+by\s+(?:a\s+|an\s+|the\s+)?(?:stray\s+)?(?:gunfire|gunshots?|bullets?|shrapnel|shots)",
            r"struck(?=\s*(?:[.;,]|and\b|in\b|when\b))",
        ),
    ),
    (Harm.SHOT, Side.OF, (r"shootings?\s+of",)),
    (
        Harm.SHOT,
        Side.RIGHT,
        (
            r"(?:sent|sends|sending|lands|landed|landing|put)(?=\s[^.;,]{1,50}\s(?:to|in)\s+(?:the\s+|a\s+|an\s+area\s+|area\s+)?hospitals?\b)",
            r"shooting(?=\s+(?:at\s+least\s+)?(?:\d|an?|one|two|three|four|five|six|seven|him|her|his)\b)|shoots(?!\s+(?:at|down|up)\b)",
        ),
    ),
    (
        Harm.ABDUCTED,
        Side.EITHER,
        (r"abducted|kidnapped|(?:taken|held)\s+(?:hostage|captive)|forcibly\s+disappeared",),
    ),
    (
        Harm.ABDUCTED,
        Side.RIGHT,
        (r"abducting|kidnapping(?!\s+of)|abducts|kidnaps|taking\s+(?:hostage|captive)",),
    ),
    (Harm.ABDUCTED, Side.OF, (r"(?:abductions?|kidnappings?|disappearances?)\s+of",)),
    (
        Harm.ARRESTED,
        Side.EITHER,
        (
            r"arrested|detained|rounded\s+up|apprehended|imprisoned|jailed|(?:taken|placed)\s+(?:in\s*to\s+custody|under\s+arrest)",
        ),
    ),
    (
        Harm.ARRESTED,
        Side.RIGHT,
        (rf"arresting|detaining|arrests{_NUMBER_NEXT}|detains|rounding\s+up|apprehending",),
    ),
    (Harm.ARRESTED, Side.OF, (r"(?:arrests?|detentions?)\s+of",)),
    (Harm.ARRESTED, Side.COUNTED, (r"arrests|detentions",)),
)
_TRIGGER = re.compile(
    "|".join(rf"(?P<t{index}>\b(?:{'|'.join(patterns)})\b)" for index, (_, _, patterns) in enumerate(_WORDS)),
    re.IGNORECASE,
)
# The first letters of all harm words: the patterns are tried only where one of these begins a word.
_STEMS = (
    "death toll number hacked stabbed beaten clubbed stoned tortured burn bludgeoned crushed trampled starved hanged shot shoot "
    "fatal gunn guns mowed kill murder massac slaughter execut assassinat behead decapitat lynch slain slay martyr eliminat "
    "neutrali claim took taking takes cost beat hacking stabbing died dies dying die dead deceased perish succumb drown lost "
    "lose losing li bodies body corpse remains wound injur maim hurt hospital suffer sustain receiv abduct kidnap taken held "
    "forcibl disappear arrest detain detention rounded rounding apprehend imprison jailed placed hit struck grazed with sent sends sending lands landed "
    "landing put"
).split()
_STEM_FINDER = ahocorasick_rs.AhoCorasick(_STEMS, matchkind=ahocorasick_rs.MATCHKIND_LEFTMOST_LONGEST)


def find_triggers(text: str) -> list[Trigger]:
    """The harm words of a sentence, in order, never overlapping."""
    found: list[Trigger] = []
    for _, start, _ in _STEM_FINDER.find_matches_as_indexes(lower_same_length(text)):
        if (start > 0 and text[start - 1].isalnum()) or (found and start < found[-1].end):
            continue
        match = _TRIGGER.match(text, start)
        if match is None:
            continue
        name = match.lastgroup
        assert name is not None  # every alternative is a named group
        harm, side, _ = _WORDS[int(name[1:])]
        found.append(Trigger(match.start(), match.end(), harm, side, match.group().lower()))
    return found
