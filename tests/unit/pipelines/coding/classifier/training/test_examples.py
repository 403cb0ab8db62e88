"""Reading the sentences that the classifier learns from."""

import random
from pathlib import Path

import pytest

from pipelines.coding.classifier.labels import LABELS, Aside
from pipelines.coding.classifier.training.examples import Example, read_examples, with_company
from schemas.errors import InputError


def written(folder: Path, text: str) -> Path:
    (folder / "some.tsv").write_text(text, encoding="utf-8")
    return folder


def test_header_comments_and_blank_lines_are_left_out(tmp_path: Path) -> None:
    folder = written(
        tmp_path, "label\ttext\n# a word\n\nAttack\tMen shot a guard.\nnone:court\tHe was jailed.\n"
    )
    assert read_examples(folder) == [
        Example("Men shot a guard.", "Attack"),
        Example("He was jailed.", "none:court"),
    ]


def test_the_label_of_a_kind_is_none() -> None:
    assert Example("He was jailed.", "none:court").label is Aside.NONE


@pytest.mark.parametrize("line", ["Brawl\tMen fought.", "Attack", "Attack\t "])
def test_a_line_that_is_no_example_is_named(line: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"some\.tsv:2"):
        read_examples(written(tmp_path, f"label\ttext\n{line}\n"))


def test_a_tenth_is_held_out_whatever_its_case_and_spaces() -> None:
    texts = [f"Gunmen shot {n} men." for n in range(2_000)]
    share = sum(Example(t, "Attack").held_out for t in texts) / len(texts)
    assert 0.07 < share < 0.13
    assert all(Example(t, "Attack").held_out == Example(t.upper() + " ", "Attack").held_out for t in texts)


def test_the_project_has_examples_of_every_label() -> None:
    assert {e.label for e in read_examples()} == set(LABELS)


def test_company_is_a_second_sentence_without_an_event_and_changes_no_label() -> None:
    attack, court = Example("Men shot a guard", "Attack"), Example("He was jailed.", "none:court")
    alone = with_company([attack, court], 0.0, random.Random(1))
    assert alone == [attack, court]
    joined = with_company([attack, court], 1.0, random.Random(1))
    assert joined[0] == Example("Men shot a guard. He was jailed.", "Attack")
    assert [e.name for e in joined] == ["Attack", "none:court"]
