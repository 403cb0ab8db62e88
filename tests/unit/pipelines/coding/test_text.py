"""Sentences: offsets hold for any text; abbreviations and quotes stay inside."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipelines.coding.text import is_upper_text, longest_sentence_words, lower_same_length, split_sentences


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_offsets_cut_out_exactly_the_sentence(text: str) -> None:
    sentences = split_sentences(text)
    assert all(text[s.start : s.end] == s.text for s in sentences)
    assert all(s.text.strip() == s.text for s in sentences)
    assert all(a.end <= b.start for a, b in pairwise(sentences))


@given(st.text(max_size=200))
def test_small_letters_keep_every_character_at_its_place(text: str) -> None:
    assert len(lower_same_length(text)) == len(text)


def test_abbreviations_do_not_end_a_sentence() -> None:
    found = split_sentences("Gen. A. Diop said the U.S. envoy left at 9 a.m. on Monday. He gave no reason.")
    assert [s.text for s in found] == [
        "Gen. A. Diop said the U.S. envoy left at 9 a.m. on Monday.",
        "He gave no reason.",
    ]


def test_a_text_in_small_letters_ends_its_sentences_at_full_stops() -> None:
    found = split_sentences("Printed on 3 May\n\npolice fired in the air. the crowd ran. nobody was hurt.")
    assert len(found) == 4


def test_long_passages_are_cut_and_their_true_length_is_known() -> None:
    text = "word " * 3_000
    assert max(len(s.text) for s in split_sentences(text)) <= 900
    assert longest_sentence_words(text) == 3_000


def test_texts_in_capitals_are_told() -> None:
    assert is_upper_text("A BOMB EXPLODED IN THE CAPITAL THIS MORNING")
    assert not is_upper_text("A bomb exploded in the capital this morning")
