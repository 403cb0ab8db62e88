"""The page of errors: whole in one file, escaped, its kinds of error named, evidence marked."""

import dataclasses
import re

from pipelines.evaluating.pairing import judge
from schemas.report import Evidence
from tests.kit.coded import TEXT, article
from tests.kit.evaluated import gold, judged, told
from tocsin.evaluation.compared import BACKGROUND, INVENTED, MISSED, RIGHT, compared
from tocsin.evaluation.marks import Mark, marks, pieces
from tocsin.evaluation.page import QUIET, page


def kinds(*found: object) -> list[tuple[str, ...]]:
    """The kinds of error of an article's events."""
    return [event.kinds for event in compared(judged(*found))]  # type: ignore[arg-type]


def test_events_are_right_missed_invented_background_or_wrong_by_column() -> None:
    assert kinds([gold()], [told(1)]) == [(RIGHT,)]
    assert kinds([gold()], []) == [(MISSED,)]
    assert kinds([], [told(1)]) == [(INVENTED,)]
    assert kinds([gold(main=False)], [told(1)]) == [(BACKGROUND,)]
    assert kinds([gold(fatalities=5, country="Mali")], [told(1, admin1="Gao")]) == [("admin1", "fatalities")]


def test_the_page_needs_nothing_from_elsewhere_and_filters_by_kind() -> None:
    text = page([judged([gold()], []), judged([], [])])
    assert not re.search(r"(?:src|href)=|https?://", text)
    assert f'data-kinds="{MISSED}"' in text
    assert f'data-kinds="{QUIET}"' in text
    assert 'data-kind="missed"' in text


def test_hostile_words_stay_words() -> None:
    hostile = '<script>alert(1)</script> "quoted" & <img src=x onerror=alert(2)>'
    evil = dataclasses.replace(article(), title=hostile, text=hostile, source='"><b>')
    found = told(1, notes=hostile, actor1=hostile, evidence=(Evidence("actor1", hostile, "text", 0, 8),))
    text = page([judge(evil, [gold(actor1=hostile, evidence={"actor1": ('"quoted"',)})], [found])])
    assert text.count("<script>") == 1
    assert "<img" not in text
    assert "<b>" not in text
    assert "&lt;script&gt;" in text


def test_the_golds_words_and_ours_are_marked_where_they_stand() -> None:
    one = judged([gold()], [told(1)])
    found = list(marks(one, "text"))
    assert {TEXT[m.start : m.end] for m in found if m.who == "gold"} == {"attacked an army post"}
    assert "attacked" in {TEXT[m.start : m.end] for m in found if m.who == "ours"}
    assert list(marks(one, "title")) == []


def test_overlapping_marks_are_cut_into_pieces_that_give_the_text_again() -> None:
    found = list(
        pieces("abcdef", [Mark(1, 4, "gold", "x"), Mark(3, 5, "ours", "y"), Mark(9, 12, "ours", "z")])
    )
    assert [(p.text, p.classes) for p in found] == [
        ("a", ""), ("bc", "gold"), ("d", "gold ours"), ("e", "ours"), ("f", ""),
    ]  # fmt: skip
