"""What a found actor is: where it stands, what sort it is, and what the words around it say."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schemas.actors import ActorType
from schemas.countries import Country


class Use(StrEnum):
    """Sorts of actor."""

    NAMED = "named"
    ARMED = "armed"
    GANG = "gang"
    COMMUNAL = "communal"
    MILITARY = "military"
    POLICE = "police"
    GOVERNMENT = "government"
    PROTESTER = "protester"
    RIOTER = "rioter"
    CIVILIAN = "civilian"
    MEANS = (
        "means"  # a strike or an assault, which is its army's where a country's adjective stands before it
    )
    SITE = "site"  # a post or vehicle, which is its owner's where an owner stands beside it


ARMED_USES = frozenset({Use.NAMED, Use.ARMED, Use.GANG, Use.COMMUNAL, Use.MILITARY, Use.POLICE})
STATE_USES = frozenset({Use.MILITARY, Use.POLICE, Use.GOVERNMENT})


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the lexicon: its ACLED name, home countries (empty: any), type and the years it lived."""

    name: str
    countries: tuple[str, ...]
    type: ActorType
    first_year: int | None
    last_year: int | None

    def lives_on(self, day: date) -> bool:
        """True if the group existed in that year."""
        return (self.first_year or 0) <= day.year <= (self.last_year or 9999)


@dataclass(frozen=True, slots=True)
class ActorMention:
    """One mention in a sentence. Offsets are into the sentence; `noun` is the head word in small letters.

    `groups` are the lexicon's groups that the name may mean; `country` is the one that the words beside it name;
    `people` is the folk or place word before it ("Fulani herders": Fulani); `unknown` says that the words before it call
    it unknown or unidentified, so that it stands for no group named elsewhere; `of_state` that a thing is the state's.
    """

    start: int
    end: int
    text: str
    use: Use
    noun: str
    plural: bool
    groups: tuple[Group, ...] = ()
    country: Country | None = None
    people: str | None = None
    unknown: bool = False
    of_state: bool = False

    @property
    def is_state(self) -> bool:
        """True for soldiers, police and officials, also where they are named ("FARDC")."""
        if self.use is Use.NAMED:
            return any(g.type is ActorType.STATE_FORCES for g in self.groups)
        return self.use in STATE_USES

    @property
    def is_crowd(self) -> bool:
        """True for protesters, rioters and the followers of a party or movement."""
        if self.use is Use.NAMED:
            return all(g.type in (ActorType.RIOTERS, ActorType.PROTESTERS) for g in self.groups)
        return self.use in (Use.PROTESTER, Use.RIOTER)

    @property
    def is_armed(self) -> bool:
        """True for whoever carries weapons by trade."""
        return self.use in ARMED_USES and not self.is_crowd
