"""Phrases are found whole, and what a cut phrase hid is found too."""

from pipelines.coding.matcher import Matcher


def _found(matcher: Matcher[str], text: str) -> list[tuple[str, str]]:
    return [(text[hit.start : hit.end], hit.entry) for hit in matcher.find(text)]


def test_a_phrase_that_ends_inside_a_word_gives_way_to_the_word_it_begins_with() -> None:
    matcher = Matcher([("seized", "verb"), ("seized the village", "phrase")])
    assert _found(matcher, "they seized the village") == [("seized the village", "phrase")]
    assert _found(matcher, "they seized the villages") == [("seized", "verb")]


def test_a_phrase_that_ends_inside_a_word_gives_way_to_the_word_it_ends_in() -> None:
    matcher = Matcher([("car bomb", "phrase"), ("bombing", "noun")])
    assert _found(matcher, "a car bombing, a car bomb") == [("bombing", "noun"), ("car bomb", "phrase")]


def test_a_word_inside_another_is_not_found() -> None:
    assert _found(Matcher([("war", "noun")]), "the warden warned of war") == [("war", "noun")]


def test_a_phrase_cut_off_hides_none_of_the_words_within_it() -> None:
    matcher = Matcher([("artillery shell", 1), ("artillery", 2), ("shelled", 3)])
    text = "turkish artillery shelled a village"
    assert [text[hit.start : hit.end] for hit in matcher.find(text)] == ["artillery", "shelled"]
