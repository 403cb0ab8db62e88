"""Places of a sentence: found, told apart from people and groups, homonyms settled by what holds them and by the context."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.coding.places import PlaceKind, PlaceMention, article_context, find_places, resolve


def read(text: str, title: str = "") -> list[PlaceMention]:
    """The places of a text that is an article of its own."""
    return find_places(text, 0, article_context(title, text))


def where(text: str, title: str = "") -> tuple[str | None, str | None, str | None]:
    """Location, first-level unit and country that a sentence resolves to."""
    context = article_context(title, text)
    place = resolve(find_places(text, 0, context), context)
    assert place is not None
    return place.location, place.admin1, place.country


@pytest.mark.parametrize(
    ("text", "location", "admin1", "country"),
    [
        ("A bomb went off in Mosul, Iraq.", "Mosul", "Ninewa", "Iraq"),
        ("A bus burned in Kulu district of Konya.", "Kulu", "Konya", "Turkey"),
        ("A post fell in Sabon Birni LGA (Sokoto).", "Sabon Birni", "Sokoto", "Nigeria"),
        ("Men were seen in Jackson, Mississippi.", "Jackson", "Mississippi", "United States"),
        ("A man was hurt in Newport News, Va.", "Newport News", "Virginia", "United States"),
        ("A post fell in Faiz Abad (Badakhshan), Afghanistan.", "Faizabad", "Badakhshan", "Afghanistan"),
        (
            "Shelling was heard in Cordoba municipality, Veracruz.",
            "Cordoba",
            "Veracruz de Ignacio de la Llave",
            "Mexico",
        ),
        ("Shelling was heard in Donetsk oblast.", "Donetsk", "Donetsk", "Ukraine"),
        ("A march was held in Victoria, Hong Kong.", "Hong Kong", None, "Hong Kong"),
    ],
)
def test_containment_settles_homonyms(text: str, location: str, admin1: str | None, country: str) -> None:
    found = where(text)
    assert (found[0], found[2]) == (location, country) or found == (location, admin1, country)


def test_the_country_of_the_article_settles_homonyms() -> None:
    text = "A post near Tripoli was attacked."
    assert where(text, "Lebanon mourns two soldiers")[2] == "Lebanon"
    assert where(text, "Libya mourns two soldiers")[2] == "Libya"


def test_a_village_that_the_gazetteer_lacks_keeps_its_name_and_takes_the_position_of_its_district() -> None:
    context = article_context("Mali", "")
    found = find_places("Men attacked the village of Qwendibar (Macina, Segou).", 0, context)
    place = resolve(found, context)
    assert place is not None
    assert (place.location, place.admin2, place.admin1, place.country) == (
        "Qwendibar",
        "Macina",
        "Segou",
        "Mali",
    )
    assert place.geo_precision == 2
    assert place.latitude is not None


def test_a_province_alone_is_placed_at_its_largest_town_with_precision_3() -> None:
    context = article_context("", "Fighting went on in Helmand province, Afghanistan.")
    place = resolve(find_places("Fighting went on in Helmand province.", 0, context), context)
    assert place is not None
    assert (place.admin1, place.geo_precision) == ("Helmand", 3)
    assert place.latitude is not None


def test_a_country_alone_has_neither_position_nor_precision() -> None:
    context = article_context("Burundi votes", "Voters went to the polls in Burundi.")
    place = resolve(find_places("Voters went to the polls in Burundi.", 0, context), context)
    assert place is not None
    assert (place.country, place.iso, place.latitude, place.geo_precision) == ("Burundi", 108, None, None)


def test_an_article_that_names_no_place_resolves_to_none() -> None:
    context = article_context("", "Nothing was heard of it.")
    assert resolve(find_places("Nothing was heard of it.", 0, context), context) is None


def test_near_a_town_is_less_precise_than_in_it() -> None:
    near = read("A convoy was attacked near Mosul.")[0]
    inside = read("A convoy was attacked in Mosul.")[0]
    assert (near.near, near.place.geo_precision) == (True, 2)
    assert (inside.near, inside.place.geo_precision) == (False, 1)


@pytest.mark.parametrize(
    "text",
    [
        "General Omar Tripoli said so.",
        "President Washington spoke to them.",
        "Santiago Ramos was there.",
        "The Washington Post wrote about it.",
        "The Aleppo Brigade was there.",
        "He lives on Alexandria Avenue.",
        "Jackson said that it was over.",
        "On Monday the army left.",
        "Iraqi and Turkish forces met.",
    ],
)
def test_people_groups_papers_and_streets_are_no_places(text: str) -> None:
    assert read(text) == []


def test_texts_in_capitals_are_read() -> None:
    text = "SANTIAGO, 6 NOV 89 (RADIO) -- A BOMB WENT OFF IN VALPARAISO, CHILE."
    assert {m.place.location for m in read(text)} >= {"Valparaiso"}


def test_texts_without_capitals_are_read() -> None:
    found = read("two shops were burned in lucknow after a march, said the police of uttar pradesh in india")
    assert "Lucknow" in {m.place.location for m in found}


def test_offsets_point_into_the_article() -> None:
    text = "A bomb went off in Mosul."
    (mention,) = find_places(text, 100, article_context("", text))
    assert text[mention.start - 100 : mention.end - 100] == "Mosul"
    assert mention.kind is PlaceKind.TOWN


def test_coordinates_have_four_decimals_and_countries_their_codes() -> None:
    place = read("A bomb went off in Mosul.")[0].place
    assert place.latitude is not None
    assert round(place.latitude, 4) == place.latitude
    assert (place.iso, place.country_code, place.timezone) == (368, "IQ", "Asia/Baghdad")


@settings(deadline=None)
@given(text=st.text(alphabet=st.sampled_from("Mosul Iraq in, near(A b)\nof San José-"), max_size=120))
def test_no_text_raises_and_mentions_never_overlap(text: str) -> None:
    found = read(text)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_car_in_a_text_of_capitals_is_no_country_and_a_canton_no_city() -> None:
    found = read("A CAR BOMB OF A DRUG GANG WENT OFF IN ARENALES CANTON, USULUTAN, EL SALVADOR, ON FRIDAY.")
    assert {mention.place.country for mention in found} == {"El Salvador"}
