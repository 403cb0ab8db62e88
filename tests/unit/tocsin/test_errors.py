"""How an error leaves Tocsin: one line, the right exit code, and a traceback only where it helps."""

import pickle
import re
from pathlib import Path

import pytest

from schemas.errors import AuditFailed, ConfigError, LedgerHole, TocsinError
from tocsin.errors import report
from tocsin.exit_codes import DOC, errors, page


def raised(error: BaseException) -> BaseException:
    """The error with a traceback, as it is met in life."""
    try:
        raise error
    except BaseException as caught:
        return caught


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (ConfigError("It is wrong.", "Do this."), 2, "tocsin: It is wrong. Do this.\n"),
        (AuditFailed("3 rows lack."), 1, "tocsin: 3 rows lack.\n"),
        (
            LedgerHole("kafka:a/0", 5, 9),
            4,
            "tocsin: kafka:a/0: a Batch begins at 9, but the ledger stands at 5.",
        ),
        (KeyboardInterrupt(), 130, "tocsin: interrupted.\n"),
    ],
)
def test_an_error_of_ours_is_one_line_and_its_code(
    error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(raised(error)) == code
    out, err = capsys.readouterr()
    assert err.startswith(said)
    assert err.count("\n") == 1
    assert out == ""


def test_a_defect_is_one_line_that_names_the_file_of_its_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert report(raised(ValueError("two\nlines"))) == 70
    err = capsys.readouterr().err
    assert err.startswith("tocsin: unexpected ValueError: two lines")
    assert err.count("\n") == 1
    found = re.search(r"in (\S+\.txt)", err)
    assert found
    kept = Path(found[1])
    try:
        assert "Traceback" in kept.read_text()
        assert kept.stat().st_mode & 0o077 == 0
    finally:
        kept.unlink()


@pytest.mark.parametrize(("value", "shown"), [("1", True), ("0", False), ("", False)])
def test_the_traceback_is_shown_when_it_is_asked_for(
    value: str, shown: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TOCSIN_DEBUG", value)
    report(raised(ConfigError("It is wrong.")))
    assert ("Traceback" in capsys.readouterr().err) is shown


def test_the_page_of_exit_codes_is_fresh() -> None:
    assert DOC.read_text(encoding="utf-8") == page(), "run `make pages`"


def test_every_error_that_ends_a_command_is_on_the_page() -> None:
    text = page()
    listed = set(re.findall(r"`(\w+)`", text))
    tree = {e.__name__ for e in errors() if e.__module__ == "schemas.errors"}
    assert tree - listed == {"ArticleError", "ParseError", "CodingError", "StorageError"}


def test_codes_leave_room_for_what_shells_mean_by_theirs() -> None:
    codes = {e.exit_code for e in errors()}
    assert all(0 < code < 64 for code in codes)


def test_an_error_crosses_processes_whole() -> None:
    error = pickle.loads(pickle.dumps(TocsinError("Wrong.", "Do.")))
    assert (str(error), error.advice) == ("Wrong. Do.", "Do.")
