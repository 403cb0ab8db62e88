"""Countries by name and demonym: which country an article speaks of where no place of it can be found."""

from collections import Counter

from pipelines.coding.matcher import Matcher
from schemas.countries import Country, countries


class CountryFinder:
    """Holds the automaton over countries' names, capitals and demonyms. Made once, then only read."""

    def __init__(self) -> None:
        self._matcher: Matcher[tuple[Country, int]] = Matcher(_names())

    def weigh(self, lowered: str) -> Counter[str]:
        """Country names with a weight: a name counts 3, a capital 2, a demonym 1."""
        found: Counter[str] = Counter()
        for hit in self._matcher.find(lowered):
            country, weight = hit.entry
            found[country.name] += weight
        return found


def _names() -> list[tuple[str, tuple[Country, int]]]:
    table: list[tuple[str, tuple[Country, int]]] = []
    for country in countries():
        names = [country.name, *(a for a in country.aliases if len(a) > 3)]
        table += [(name.lower(), (country, 3)) for name in names]
        if country.capital:
            table.append((country.capital.lower(), (country, 2)))
        for demonym in country.demonyms:
            table += [(demonym.lower(), (country, 1)), (demonym.lower() + "s", (country, 1))]
    return table
