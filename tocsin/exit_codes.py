"""Knows the exit codes: those of the error tree and the three that no error of ours carries.

`python -m tocsin.exit_codes` writes docs/exit-codes.md; a test holds it fresh.
"""

from collections.abc import Iterator
from pathlib import Path

from schemas.errors import ArticleError, TocsinError

SUCCESS = 0
UNEXPECTED = 70  # EX_SOFTWARE of sysexits.h
INTERRUPTED = 130  # 128 + SIGINT, as shells have it
DOC = Path(__file__).resolve().parent.parent / "docs" / "exit-codes.md"

_HEAD = """# Exit codes

Every command ends with one of these. A line on stderr says what is wrong and what to do next; `TOCSIN_DEBUG=1` shows
the traceback too. This page is written by `python -m tocsin.exit_codes` from the error tree in `schemas/errors.py`.

| code | error | meaning |
| ---: | --- | --- |
"""


def errors(of: type[TocsinError] = TocsinError) -> Iterator[type[TocsinError]]:
    """The error and all below it, parents first, in the order of their definition."""
    yield of
    for below in of.__subclasses__():
        yield from errors(below)


def page() -> str:
    """The table of exit codes as Markdown."""
    rows = [(SUCCESS, "", "It is done. A stream that was asked to end has drained.")]
    rows += [(e.exit_code, f"`{e.__name__}`", (e.__doc__ or "").strip().split("\n")[0]) for e in _raised()]
    rows += [
        (UNEXPECTED, "any other", "A defect of Tocsin; the line names the file that holds the traceback."),
        (INTERRUPTED, "`KeyboardInterrupt`", "Ctrl-C ended a command that was not streaming."),
    ]
    return _HEAD + "".join(
        f"| {code} | {name} | {meaning} |\n" for code, name, meaning in sorted(rows, key=_code)
    )


def _raised() -> Iterator[type[TocsinError]]:
    """Errors of the tree that can end a command: one of a single article becomes a reject."""
    tree = (e for e in errors() if e.__module__ == TocsinError.__module__)
    return (e for e in tree if not issubclass(e, ArticleError))


def _code(row: tuple[int, str, str]) -> int:
    return row[0]


if __name__ == "__main__":
    DOC.write_text(page(), encoding="utf-8")
