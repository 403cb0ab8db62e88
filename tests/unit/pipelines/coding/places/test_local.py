"""Local news of the United States tells its state by its media and its country by its offices."""

import pytest

from pipelines.coding.places import article_context, find_places
from pipelines.coding.places.local import states_told, us_weight


@pytest.mark.parametrize(
    ("title", "text", "state"),
    [
        ("Boy hurt - WSMV Channel 4", "", "Tennessee"),
        ("", "Anyone with information should call 843-555-0100.", "South Carolina"),
        ("", "Witnesses told KMOV.com that a car sped off.", "Missouri"),
        ("", "By A. Writer | awriter@pennlive.com", "Pennsylvania"),
    ],
)
def test_media_tell_their_state(title: str, text: str, state: str) -> None:
    assert list(states_told(title, text)) == [state]


def test_other_capitals_and_numbers_tell_no_state() -> None:
    assert not states_told("", "UNITA and WFP said that 2015-2016 cost 100.200.3000.")


def test_offices_speak_for_the_united_states() -> None:
    assert us_weight("", "Police Sgt. Smith said the man was shot in the 300 block of 5th Street.") > 1
    assert us_weight("", "The rebels took the town after heavy shelling.") == 0


def test_a_town_is_sought_in_the_state_of_the_station() -> None:
    text = "DANVILLE (WSLS 10) - Police in Danville seek a man who shot at a house."
    (place, *_) = [m.place for m in find_places(text, 0, article_context("", text)) if m.place.location]
    assert (place.location, place.admin1) == ("Danville", "Virginia")
