"""What an article is about: weights of countries and provinces."""

import pytest

from pipelines.coding.places import article_context, likeliest_country


@pytest.mark.parametrize(
    ("title", "text", "country"),
    [
        ("Iraqi forces retake town", "Soldiers entered at dawn.", "IQ"),
        ("", "Two people were hurt in Mosul.", "IQ"),
        ("Two hurt", "BALTIMORE, Md. (WXYZ) — Two people were hurt.", "US"),
        ("", "two shops were burned in lucknow", "IN"),
        ("Syrias rebels meet", "They met on Monday.", "SY"),
        ("US forces land", "They landed on Monday.", "US"),
    ],
)
def test_the_likeliest_country(title: str, text: str, country: str) -> None:
    assert likeliest_country(article_context(title, text)) == country


def test_weights_sum_up_to_one() -> None:
    context = article_context("Syria and Iraq", "Troops of Turkey left Mosul.")
    assert sum(context.countries.values()) == pytest.approx(1.0)


def test_dateline_source_and_actors_add_weight() -> None:
    bare = article_context("", "Gunmen came.")
    assert likeliest_country(bare) is None
    assert likeliest_country(article_context("", "Gunmen came.", dateline="KABUL")) == "AF"
    assert likeliest_country(article_context("", "Gunmen came.", source="Nigeria Daily")) == "NG"
    assert likeliest_country(article_context("", "Gunmen came.", actors={"ML": 1.0})) == "ML"


def test_provinces_are_kept_by_row() -> None:
    assert article_context("", "Fighting went on in Helmand province.").admin1
