"""The log: set up once, plain or JSON, and libraries that chatter toned down."""

import json
import logging
from collections.abc import Iterator

import pytest

from tocsin.logs import QUIETER, LogFormat, LogLevel, LogSettings, _is_news, hush, set_up


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Logging as it was before."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in QUIETER}
    yield
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.removeFilter(_is_news)
    root.setLevel(level)
    for name, quiet in levels.items():
        logging.getLogger(name).setLevel(quiet)


def test_a_plain_line_has_time_level_logger_and_message(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(LogSettings())
    logging.getLogger("tocsin.reader").info("drained %d", 3)
    err = capsys.readouterr().err
    assert "INFO    tocsin.reader: drained 3\n" in err
    assert err[:4].isdigit()


def test_json_is_one_object_per_line_with_the_error_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(LogSettings(format=LogFormat.JSON))
    try:
        raise ValueError("two\nlines")
    except ValueError:
        logging.getLogger("tocsin").exception("it failed: %s", "é")
    (line,) = capsys.readouterr().err.splitlines()
    entry = json.loads(line)
    assert (entry["level"], entry["logger"], entry["message"]) == ("error", "tocsin", "it failed: é")
    assert "ValueError: two\nlines" in entry["error"]
    assert entry["at"].endswith("+00:00")


def test_libraries_say_nothing_at_info_and_we_do(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(LogSettings())
    for name in QUIETER:
        logging.getLogger(f"{name}.module").info("chatter")
    logging.getLogger("tocsin").info("news")
    assert [line.rsplit(": ", 1)[1] for line in capsys.readouterr().err.splitlines()] == ["news"]


def test_what_beam_says_while_it_is_imported_is_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(LogSettings())
    hush()
    logging.warning("apitools not found, and bigquery client libraries are not available")
    logging.warning("disk is full")
    assert capsys.readouterr().err.endswith("root: disk is full\n")
    assert logging.getLogger().filters.count(_is_news) == 1


def test_debug_lets_libraries_speak(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(LogSettings(level=LogLevel.DEBUG))
    logging.getLogger("kafka.client").debug("bytes")
    assert "bytes" in capsys.readouterr().err


def test_handlers_of_other_kinds_stay(caplog: pytest.LogCaptureFixture) -> None:
    set_up(LogSettings())
    logging.getLogger("tocsin").info("seen by both")
    assert "seen by both" in caplog.text


def test_set_up_twice_writes_each_line_once(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(LogSettings())
    set_up(LogSettings())
    logging.getLogger("tocsin").info("once")
    assert capsys.readouterr().err.count("once") == 1
