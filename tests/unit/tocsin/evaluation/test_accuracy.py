"""The accuracy table of docs/coding.md is what the coder reaches on our gold, to the last decimal."""

from tocsin.evaluation.accuracy import PAGE, our_figures, page


def test_the_accuracy_table_is_true() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(our_figures()), (
        "run `python -m tocsin.evaluation.accuracy`"
    )
