"""Which figure of several sentences is the event's: read through the coder, on sentences that we wrote."""

import pytest

from tests.kit.coding import reports


def figures(text: str, title: str = "") -> tuple[int | None, int | None]:
    """Dead and hurt of the first report, whatever its scope."""
    found = reports(text, title, "2024-03-12")
    assert found
    return found[0].fatalities_best, found[0].injuries_best


@pytest.mark.parametrize(
    ("text", "dead", "hurt"),
    [
        ("Gunmen shot five traders in Goma on Monday. Two of them died.", 2, 3),
        ("Gunmen shot a trader in Goma on Monday. He died in hospital.", 1, 0),
        ("Gunmen shot a trader in the leg in Goma on Monday.", None, 1),
        (
            "Gunmen killed dozens of villagers near Goma on Monday. A monitor counted 38 dead villagers.",
            38,
            None,
        ),
        (
            "Rebels killed the mayor of Goma on Monday. Two of his guards were also killed in the attack.",
            3,
            None,
        ),
        ("Rebels murdered a priest in Goma on Monday.", 1, None),
    ],
)
def test_later_sentences_settle_what_the_first_leaves_open(
    text: str, dead: int | None, hurt: int | None
) -> None:
    assert figures(text) == (dead, hurt)


def test_the_headlines_exact_figure_goes_before_a_part_of_it() -> None:
    text = (
        "A bomb went off in a market in Goma on Monday. It killed four traders near the gate, a doctor said."
    )
    assert figures(text, "Bomb in Goma market kills 12")[0] == 12


def test_an_arrest_over_a_bombing_has_no_dead_of_its_own() -> None:
    text = "A bomb killed ten people in a market in Goma on Monday and police arrested three men."
    found = reports(text, "", "2024-03-12")
    assert [r.fatalities for r in found if r.sub_event_type == "Arrests"] in ([], [0])
    assert found[0].fatalities == 10


def test_an_attempted_lynching_kills_nobody() -> None:
    text = "Police in Goma stopped the attempted lynching of a thief by a mob on Monday."
    assert all(r.fatalities == 0 for r in reports(text, "", "2024-03-12"))


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        (
            "Rebels attacked two posts near Goma on Monday. 28 soldiers were killed. Fatalities split across two events.",
            14,
        ),
        ("Rebels fought soldiers near Goma on Monday, killing a number of men. Fatalities coded as 3.", 3),
        (
            "Rebels clashed with soldiers near Goma on Monday; five rebels were killed, injured or captured.",
            None,
        ),
        ("Rioters beat to death two suspected thieves in Goma on Monday.", 2),
    ],
)
def test_a_note_may_say_how_its_dead_are_counted(text: str, dead: int | None) -> None:
    assert figures(text)[0] == dead
