"""Names: when two spellings mean one actor or place."""

import pytest

from pipelines.evaluating.names import holds, same_actor, same_country


@pytest.mark.parametrize(
    ("wanted", "told", "same"),
    [
        ("Islamic State Sahel Province (ISSP)", "Islamic State (Sahel)", True),
        ("JNIM: Group for Support of Islam and Muslims", "JNIM", True),
        ("Military Forces of Mali (2021-)", "Military Forces of Mali (2020-2021)", True),
        ("Military Forces of Mali (2021-)", "Police Forces of Niger (2023-)", False),
        ("ELN: National Liberation Army", "Gulf Clan", False),
        ("Civilians (Mali)", None, False),
        ("", "", False),
        ("The Group (X)", "The Group (X)", True),
    ],
)
def test_actors_are_compared_by_their_telling_words(wanted: str, told: str | None, same: bool) -> None:
    assert same_actor(wanted, told) is same


def test_countries_and_places_are_compared_without_accents_and_case() -> None:
    assert same_country("Ivory Coast", "IVORY COAST")
    assert not same_country("Niger", "Nigeria")
    assert holds("Arrondissement de Ménaka", "menaka")
    assert not holds(None, "Menaka")
    assert not holds("Menaka", "")
