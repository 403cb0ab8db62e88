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


def _places(text: str) -> list[tuple[str | None, str | None, str | None]]:
    found = find_places(text, 0, article_context("", text))
    return [(m.place.location, m.place.admin1, m.place.country_code) for m in found]


def test_a_town_of_local_news_is_american_where_one_is() -> None:
    text = "Paris Police Lt. Gray said a deputy found the gun in the 300 block of 5th Street in Paris."
    assert {country for _, _, country in _places(text)} == {"US"}


def test_a_state_written_out_holds_its_town() -> None:
    assert ("Quincy", "Washington", "US") in _places("Police in Quincy, Washington are looking for a man.")


def test_a_street_is_no_town() -> None:
    text = "Buffalo police said the boy was shot on Roosevelt Avenue in Buffalo. Police closed Roosevelt for hours."
    assert "Roosevelt" not in [location for location, _, _ in _places(text)]


def test_a_town_is_better_than_none_where_no_country_is_told() -> None:
    assert ("Chattanooga", "Tennessee", "US") in _places("Three men were hurt in Chattanooga on Sunday.")


def test_saint_and_mount_are_written_in_full() -> None:
    places = _places("Florida: Port St. Lucie police arrested a boy.")
    assert ("Port St. Lucie", "Florida", "US") in places


def test_an_american_road_is_no_town() -> None:
    text = "Virginia: a Covington woman was shot near Woodrow Road, the Sheriff's Office said."
    assert "Woodrow" not in [location for location, _, _ in _places(text)]


def test_a_saint_of_a_hospital_is_no_town() -> None:
    text = "Idaho police said he was taken to St. Luke's Medical Center."
    assert "Saint Luke" not in str(_places(text))
