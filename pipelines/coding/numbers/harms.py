"""The words that tell a harm, and how each takes its people: before it, after it, or after "of"."""

import re
from dataclasses import dataclass
from enum import StrEnum

from pipelines.coding.numbers.count import Harm


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


_WORDS: tuple[tuple[Harm, Side, str], ...] = (
    (
        Harm.KILLED,
        Side.TOLL,
        r"(?:death\s+toll|number\s+of\s+(?:the\s+)?(?:dead|deaths|fatalities|people\s+(?:killed|dead)|victims|those\s+killed|casualties)"
        r"|toll)\b[^.;0-9]{0,60}?\b(?:to|at|of|is|was|stands?|stood|reache[sd]|hits?|passe[sd]|tops?|topped|exceeds?|exceeded|climbs?|now)",
    ),
    (
        Harm.KILLED,
        Side.EITHER,
        r"shot\s+(?:and\s+killed|dead|to\s+death)|(?:hacked|stabbed|beaten|clubbed|stoned|tortured|burned|burnt|bludgeoned|crushed|trampled|"
        r"starved|hanged)\s+to\s+death|burned\s+alive|burnt\s+alive|gunned\s+down|mowed\s+down|killed|murdered|massacred|slaughtered|"
        r"executed|assassinated|beheaded|decapitated|lynched|slain|martyred|eliminated|neutrali[sz]ed|hanged",
    ),
    (
        Harm.KILLED,
        Side.RIGHT,
        r"(?:claim(?:ed|ing|s)?|took|taking|takes|cost(?:ing|s)?)\s+the\s+li(?:ves|fe)\s+of|claim(?:ed|ing|s)|killing|kills|kill|murdering|"
        r"murders|massacring|slaughtering|executing|executes|assassinating|assassinates|beheading|lynching|shooting\s+dead|gunning\s+down|"
        r"guns\s+down|shoots?\s+dead|neutrali[sz]ing|neutrali[sz]es",
    ),
    (
        Harm.KILLED,
        Side.LEFT,
        r"died|dies|dying|die|dead|deceased|perished|lost\s+(?:their|his|her)\s+li(?:ves|fe)|los(?:es?|ing)\s+(?:their|his|her)\s+li(?:ves|fe)|"
        r"succumbed|drowned",
    ),
    (
        Harm.KILLED,
        Side.OF,
        r"(?:deaths?|killings?|murders?|slayings?|massacre|executions?|assassinations?|beheadings?|lynchings?|slaughter|lives)\s+of"
        r"|(?:bodies|body|corpses?|remains)\s+of",
    ),
    (Harm.KILLED, Side.COUNTED, r"deaths|death|fatalities|fatality|killings|murders|bodies|corpses|dead\s+bodies|lives"),
    (Harm.INJURED, Side.EITHER, r"(?:seriously\s+|critically\s+|lightly\s+)?(?:wounded|injured|maimed)|hurt|hospitali[sz]ed|shot\s+and\s+(?:wounded|injured)"),
    (Harm.INJURED, Side.RIGHT, r"wounding|injuring|wounds(?=\s+(?:at|\d|a|an|one|two|three|four|five|six|seven|eight|nine|ten|dozens|several|more)\b)|injures|maiming|hurting"),
    (Harm.INJURED, Side.OF, r"(?:wounding|injur(?:y|ies))\s+(?:of|to)"),
    (Harm.INJURED, Side.COUNTED, r"injuries|wounded"),
    (Harm.ABDUCTED, Side.EITHER, r"abducted|kidnapped|(?:taken|held)\s+(?:hostage|captive)|forcibly\s+disappeared"),
    (Harm.ABDUCTED, Side.RIGHT, r"abducting|kidnapping(?!\s+of)|abducts|kidnaps|taking\s+(?:hostage|captive)"),
    (Harm.ABDUCTED, Side.OF, r"(?:abductions?|kidnappings?|disappearances?)\s+of"),
    (Harm.ARRESTED, Side.EITHER, r"arrested|detained|rounded\s+up|apprehended|(?:taken|placed)\s+(?:in\s*to\s+custody|under\s+arrest)|imprisoned|jailed"),
    (Harm.ARRESTED, Side.RIGHT, r"arresting|detaining|arrests(?=\s+(?:at|\d|a|an|one|two|three|four|five|six|seven|eight|nine|ten|dozens|several|more|over)\b)|detains|rounding\s+up|apprehending"),
    (Harm.ARRESTED, Side.OF, r"(?:arrests?|detentions?)\s+of"),
    (Harm.ARRESTED, Side.COUNTED, r"arrests|detentions"),
)  # fmt: skip
_TRIGGER = re.compile(
    "|".join(rf"(?P<t{index}>\b(?:{pattern})\b)" for index, (_, _, pattern) in enumerate(_WORDS)),
    re.IGNORECASE,
)
HAS_HARM = re.compile(
    r"kill|murder|massac|slaught|execut|assassin|beheaded|behead|decapit|lynch|slain|martyr|eliminat|neutrali|hanged|to\s+death|alive|gunn|gun|shot|shoot|"
    r"claim|li[vf]es?\b|die|dying|dead|deceas|perish|succumb|drown|death|fatal|bod(?:y|ies)|corpse|remains|toll|wound|injur|maim|hurt|"
    r"hospital|abduct|kidnap|hostage|captive|disappear|arrest|detain|detention|rounded|rounding|apprehend|custody|imprison|jailed|casualt",
    re.IGNORECASE,
)


def find_triggers(text: str) -> list[Trigger]:
    """The harm words of a sentence, in order, never overlapping."""
    found = []
    for match in _TRIGGER.finditer(text):
        name = match.lastgroup
        assert name is not None  # every alternative is a named group
        harm, side, _ = _WORDS[int(name[1:])]
        found.append(Trigger(match.start(), match.end(), harm, side, match.group().lower()))
    return found
