"""The lexicon of armed groups: every row can be trusted, and no name means two groups of one country."""

from collections import defaultdict

import pytest

from pipelines.coding.actors.groups import spellings
from pipelines.coding.lexicon import read_folder, read_rows, split_words
from schemas.actors import ActorType
from schemas.countries import by_name, fold_name

_COLUMNS = ["name", "aliases", "country", "type", "from", "to", "source"]
_FILES = ("africa", "americas", "asia", "europe", "global", "middle_east")

# Rows that each file had when it was last worked on: a file that loses rows was cut by mistake.
_FLOORS = {"africa": 1160, "americas": 890, "asia": 920, "europe": 295, "global": 8, "middle_east": 460}


@pytest.mark.parametrize("file", _FILES)
def test_every_row_is_whole(file: str) -> None:
    rows = read_rows(f"groups/{file}.tsv")
    assert len(rows) >= _FLOORS[file]
    for row in rows:
        assert list(row) == _COLUMNS, row
        assert row["name"], row
        assert row["source"], row
        assert ActorType(int(row["type"])), row
        countries = split_words(row["country"])
        assert countries, row
        assert all(c == "*" or fold_name(c) in by_name() for c in countries), row


@pytest.mark.parametrize("file", _FILES)
def test_a_group_ends_no_earlier_than_it_began(file: str) -> None:
    for row in read_rows(f"groups/{file}.tsv"):
        first, last = int(row["from"] or 1800), int(row["to"] or 2026)
        assert 1800 <= first <= last <= 2026, row


@pytest.mark.parametrize("file", _FILES)
def test_no_alias_is_a_single_letter(file: str) -> None:
    for row in read_rows(f"groups/{file}.tsv"):
        assert all(len(alias) >= 2 for alias in split_words(row["aliases"])), row


def test_no_group_is_listed_twice() -> None:
    names = [row["name"] for row in read_folder("groups")]
    assert len(names) == len(set(names)), sorted(n for n in set(names) if names.count(n) > 1)


def _live_together(one: dict[str, str], two: dict[str, str]) -> bool:
    """True unless one had ended when the other began: the coder tells them apart by the day."""
    firsts, lasts = (
        [int(r[key] or open_) for r in (one, two)] for key, open_ in (("from", 1800), ("to", 2026))
    )
    return max(firsts) <= min(lasts)


def test_no_name_means_two_groups_of_one_country() -> None:
    owners: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in read_folder("groups"):
        names = (row["name"], *split_words(row["aliases"]))
        for spelling in {s for name in names for s in spellings(name)}:
            owners[spelling].append(row)
    shared = [
        (alias, one["name"], two["name"])
        for alias, rows in owners.items()
        for n, one in enumerate(rows)
        for two in rows[n + 1 :]
        if set(split_words(one["country"])) & set(split_words(two["country"])) and _live_together(one, two)
    ]
    assert not shared
