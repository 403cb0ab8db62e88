"""Knows how Tocsin logs: once set up, on stderr, as plain lines or JSON; libraries that chatter are toned down."""

import json
import logging
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from schemas.columns import column

# What these say at INFO helps their authors alone; their warnings stay. Kafka logs each lost connection as an
# ERROR while it reconnects by itself: what matters of it reaches the operator as the reader's own words.
QUIETER = {
    "kafka": logging.CRITICAL,
    "apache_beam": logging.WARNING,
    # It logs each exception of a transform with its traceback; the error itself ends the run, in one line of ours.
    "apache_beam.runners.common": logging.CRITICAL,
    "great_expectations": logging.WARNING,
    "trafilatura": logging.CRITICAL,
    "py3langid": logging.WARNING,
    "urllib3": logging.WARNING,
    "asyncio": logging.WARNING,
}


# Beam says this with the root logger whenever it is imported without its Google extra; it is no news to anybody.
_BEAM_S_GUESS = "apitools not found"


class LogFormat(StrEnum):
    """How a line of the log is written."""

    TEXT = "text"
    JSON = "json"


class LogLevel(StrEnum):
    """From which severity on lines are written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class LogSettings:
    """What is logged, and how."""

    format: LogFormat = column("text for people, json for one JSON object per line.", default=LogFormat.TEXT)
    level: LogLevel = column("Lines below this severity are not written.", default=LogLevel.INFO)


class JsonFormatter(logging.Formatter):
    """One JSON object per line: at, level, logger, message, and error where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["error"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def hush() -> None:
    """Drops what libraries say with the root logger while they are imported; called before any of them is."""
    root = logging.getLogger()
    if _is_news not in root.filters:
        root.addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    return not record.getMessage().startswith(_BEAM_S_GUESS)


def set_up(settings: LogSettings) -> None:
    """Sets up Python's logging for this process; called again it replaces what it set up before."""
    handler = logging.StreamHandler(sys.stderr)
    plain = logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")
    handler.setFormatter(JsonFormatter() if settings.format is LogFormat.JSON else plain)
    level = logging.getLevelNamesMapping()[settings.level.value.upper()]
    _put_in_place(handler)
    logging.getLogger().setLevel(level)
    hush()
    for name, quiet in QUIETER.items():
        logging.getLogger(name).setLevel(logging.NOTSET if level <= logging.DEBUG else quiet)
    logging.captureWarnings(True)


def _put_in_place(handler: logging.Handler) -> None:
    """Takes away what wrote plain lines before (we, or a library's `basicConfig`); handlers of other kinds stay."""
    root = logging.getLogger()
    for old in [h for h in root.handlers if type(h) is logging.StreamHandler]:
        root.removeHandler(old)
    root.addHandler(handler)
