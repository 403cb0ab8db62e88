"""`tocsin code`: files of every kind, the order of the input, and cards with marked words. Texts written by us."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from pipelines.coding.settings import CoderSettings
from schemas.coding import Coding
from schemas.errors import InputError
from tests.kit.coding import article, coder
from tocsin.cards import cards, marked
from tocsin.cli.code import CodeFormat, run_code
from tocsin.coding import Refusal, code_articles, read_articles

TEXT = "On 3 March 2022, gunmen shot dead three farmers in Zamfara, Nigeria."
DAY = datetime(2022, 3, 4, tzinfo=UTC)


def test_text_html_json_and_lines_are_told_apart(tmp_path: Path) -> None:
    as_json = json.dumps({"text": TEXT, "published_at": "2022-03-04T00:00:00Z"})
    given = {
        "a.txt": TEXT, "b.html": f"<html><body><p>{TEXT}</p></body></html>", "c.json": as_json, "d.jsonl": f"{as_json}\n" * 2,
    }  # fmt: skip
    counts = {}
    for name, content in given.items():
        (tmp_path / name).write_text(content)
        counts[name] = len(list(read_articles(str(tmp_path / name), DAY)))
    assert counts == {"a.txt": 1, "b.html": 1, "c.json": 1, "d.jsonl": 2}


def test_a_missing_and_an_empty_file_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(InputError):
        list(read_articles(str(tmp_path / "missing"), DAY))
    with pytest.raises(InputError):
        list(read_articles(str(tmp_path / "empty"), DAY))


def test_bad_lines_are_refused_with_their_number_and_the_rest_goes_on() -> None:
    good = json.dumps({"text": TEXT, "published_at": "2022-03-04T00:00:00Z"}).encode()
    first, second, third = code_articles([b"{broken", good, b"{}"], CoderSettings(), 0)
    assert isinstance(first, Refusal)
    assert isinstance(second, Coding)
    assert isinstance(third, Refusal)
    assert (first.line, third.line) == (1, 3)
    assert second.reports[0].fatalities == 3


def test_json_lines_have_the_reports_fields_and_injuries(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert run_code(str(tmp_path / "a.txt"), CoderSettings(), CodeFormat.JSONL, published_at=DAY) == 0
    line = json.loads(capfdbinary.readouterr().out)
    assert line["sub_event_type"] == "Attack"
    assert line["inter2"] == 7
    assert "injuries" in line


def test_a_card_shows_the_fields_and_the_words() -> None:
    coding = coder().code(article(TEXT, day="2022-03-04"))
    console = Console(record=True, width=100, force_terminal=True)
    for shown in cards(coding):
        console.print(shown)
    text = console.export_text()
    assert "Unidentified Armed Group (Nigeria)" in text
    assert "shot dead" in text


def test_an_article_without_events_says_so() -> None:
    console = Console(record=True, width=100)
    for shown in cards(coder().code(article("The library opens at nine."))):
        console.print(shown)
    assert "No event" in console.export_text()


def test_marks_lie_on_the_supporting_words() -> None:
    coding = coder().code(article(f"Rain fell. {TEXT}", day="2022-03-04"))
    evidence = [e for e in coding.reports[0].evidence if e.field == "actor1"]
    text = marked(evidence[0].sentence, coding.article.text, evidence)
    span = text.spans[0]
    assert text.plain[span.start : span.end] == "gunmen"
