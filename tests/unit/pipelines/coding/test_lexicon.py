"""Lexicons: forms of words, and files that can be trusted."""

import pytest

from pipelines.coding import lexicon
from pipelines.coding.gate import Kind, is_strong, load_triggers
from pipelines.coding.lexicon import digest, noun_forms, read_folder, read_rows, split_words, verb_forms
from pipelines.coding.matcher import Matcher
from schemas.countries import by_name, fold_name
from schemas.taxonomy import SubEventType


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        ("kidnap", "kidnapped"),
        ("shoot", "shot"),
        ("gun down", "gunned down"),
        ("die", "dying"),
        ("defy", "defied"),
    ],
)
def test_verbs_bend_as_english_bends_them(lemma: str, form: str) -> None:
    assert form in verb_forms(lemma)


@pytest.mark.parametrize(
    ("lemma", "form"), [("gunman", "gunmen"), ("casualty", "casualties"), ("car bomb", "car bombs")]
)
def test_nouns_have_their_plural(lemma: str, form: str) -> None:
    assert form in noun_forms(lemma)


def test_words_are_found_whole_and_the_longest_wins() -> None:
    matcher = Matcher([("bomb", 1), ("car bomb", 2)])
    assert [(h.start, h.end, h.entry) for h in matcher.find("a car bomb, no bombast")] == [(2, 10, 2)]


def test_the_gate_opens_at_violence_and_not_at_trade() -> None:
    triggers = load_triggers()
    assert is_strong(triggers.find("three people were kidnapped"))
    assert not is_strong(triggers.find("the company released its figures"))


def test_the_digest_is_part_of_the_version_and_does_not_change_by_itself() -> None:
    assert digest() == digest()
    assert len(digest()) == 8


def test_a_folder_is_read_file_after_file_in_the_order_of_their_names() -> None:
    rows = read_folder("groups")
    assert rows[0] == read_rows("groups/africa.tsv")[0]
    assert rows[-1] == read_rows("groups/middle_east.tsv")[-1]


def test_the_digest_covers_the_files_of_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest()
    real = lexicon.read_text
    monkeypatch.setattr(lexicon, "read_text", lambda name: real(name) + "#" * (name == "groups/asia.tsv"))
    assert digest() != before


def test_regimes_are_of_known_countries_and_in_order() -> None:
    for row in read_rows("regimes.tsv"):
        assert fold_name(row["country"]) in by_name(), row
        firsts = [int(period.split("-")[0]) for period in split_words(row["periods"])]
        assert firsts == sorted(firsts)


def test_every_trigger_has_a_kind_and_every_sub_event_type_a_note() -> None:
    assert all(Kind(row["kind"]) and row["strength"] in "sgw" for row in read_rows("english/triggers.tsv"))
    assert {row["sub_event_type"] for row in read_rows("english/notes.tsv")} == {
        s.value for s in SubEventType
    }
    assert all(SubEventType(row["sub_event_type"]) for row in read_rows("english/labels.tsv"))
