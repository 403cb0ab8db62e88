"""Reports that sum up many incidents: their counts, their sides and their spans of time. The texts are our own."""

from datetime import date

import pytest

from schemas.report import Report
from schemas.taxonomy import SubEventType
from tests.kit.coding import political

ARMY = "Military Forces of Afghanistan (2014-2021)"

# The hard case in two more wordings.
WORDINGS = (
    (
        "More than 2,100 attacks by the Taliban on Afghan security forces have been recorded since 29 February, an official "
        "said on Wednesday. He said government forces carried out 302 operations from March 3 until April 7. Kabul has freed "
        "over 300 Taliban inmates so far, but the movement wants 5,000 to be released."
    ),
    (
        "Since February 29, Taliban militants have conducted 2,100 attacks on government troops, a spokesman said. The army "
        "launched 302 offensive operations against them between March 3 and April 7. The two sides should reduce violence. "
        "The Afghan government has released 300 prisoners, and may release more if the attacks stop."
    ),
)


def _sides(report: Report) -> tuple[str, str | None]:
    return report.actor1, report.actor2


@pytest.mark.parametrize("text", WORDINGS)
def test_the_hard_case_is_right_in_other_words(text: str) -> None:
    attacks, operations, release = political(text, "", "2020-04-09")
    assert (attacks.incident_count, operations.incident_count, release.incident_count) == (2100, 302, 1)
    assert (_sides(attacks), _sides(operations)) == (("Taliban", ARMY), (ARMY, "Taliban"))
    assert (attacks.event_date, attacks.event_date_end) == (date(2020, 2, 29), date(2020, 4, 9))
    assert (operations.event_date, operations.event_date_end) == (date(2020, 3, 3), date(2020, 4, 7))
    assert release.sub_event_type is SubEventType.OTHER
    assert release.actor1 == "Government of Afghanistan (2014-2021)"


def test_a_months_attacks_fill_the_month_and_the_same_period_is_that_month() -> None:
    text = (
        "Al Shabaab carried out 45 attacks in Lower Shabelle in January 2023, a monitor said on 5 February. Somali forces "
        "conducted 12 operations against the group in the same period."
    )
    attacks, operations = political(text, "", "2023-02-06")
    assert (attacks.incident_count, operations.incident_count) == (45, 12)
    for report in (attacks, operations):
        assert (report.event_date, report.event_date_end) == (date(2023, 1, 1), date(2023, 1, 31))


def test_bombs_that_are_defused_are_counted_and_do_not_go_off() -> None:
    (defusal,) = political(
        "Malian soldiers found and defused 14 landmines near Gao since the start of May.", "", "2023-05-20"
    )
    assert (defusal.sub_event_type, defusal.incident_count) == (SubEventType.DISRUPTED_WEAPONS, 14)


def test_counted_killings_are_the_dead() -> None:
    (killings,) = political(
        "Armed groups carried out 23 killings of farmers in Cauca in May, a monitor said.", "", "2023-06-03"
    )
    assert (killings.incident_count, killings.fatalities) == (23, 23)
