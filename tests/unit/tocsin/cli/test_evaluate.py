"""`tocsin evaluate`: tables or JSON on stdout, the page in its file, one line and code 2 for bad input."""

import json
from pathlib import Path

import pytest

from tocsin.__main__ import main

TEXT = "On 3 March 2022, gunmen shot dead three farmers in Zamfara, Nigeria. Written for a test; nothing of it happened."
ARTICLE = {"article_id": "a", "text": TEXT, "published_at": "2022-03-04T00:00:00Z"}
EVENT = {"article_id": "a", "event_date": "2022-03-03", "sub_event_type": "Attack", "country": "Nigeria"}


def run(*arguments: str) -> int:
    """The exit code."""
    with pytest.raises(SystemExit) as ended:
        main(("evaluate", *arguments))
    return int(ended.value.code or 0)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """An article and its gold, in an empty working directory."""
    monkeypatch.chdir(tmp_path)
    Path("a.jsonl").write_text(json.dumps(ARTICLE))
    Path("g.jsonl").write_text(json.dumps(EVENT))
    return "a.jsonl", "g.jsonl"


def test_json_and_the_page(files: tuple[str, str], capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(*files, "--format", "json", "--errors", "e.html") == 0
    assert json.loads(capsysbinary.readouterr().out)["events"]["recall"]["right"] == 1
    assert "Zamfara" in Path("e.html").read_text()


def test_tables(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*files) == 0
    assert "Sub-event types" in capsys.readouterr().out


def test_an_article_in_another_language_is_told_on_stderr(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.jsonl").write_text(json.dumps({**ARTICLE, "language": "fr"}))
    assert run(*files) == 0
    assert "not coded: line 1: unsupported_language" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere.jsonl", "g.jsonl"), "nowhere.jsonl cannot be read"),
        (("a.jsonl", "a.jsonl"), "is no gold event"),
        (("a.jsonl", "g.jsonl", "--errors", "no/such/folder.html"), "cannot be written"),
    ],
)
def test_bad_input_is_one_line_and_code_2(
    files: tuple[str, str], arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert files
    assert run(*arguments) == 2
    err = capsys.readouterr().err.strip().splitlines()[-1]
    assert err.startswith("tocsin: ")
    assert words in err
