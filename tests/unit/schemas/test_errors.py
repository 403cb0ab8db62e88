"""The error tree: every class pickles whole, says one line, and has a place in the drawing."""

import pickle
import re

import pytest

import schemas.errors
from schemas.errors import ArticleError, TocsinError
from schemas.reject import RejectCode

CLASSES = [
    value
    for value in vars(schemas.errors).values()
    if isinstance(value, type) and issubclass(value, TocsinError)
]
# Constructor arguments of the classes that carry facts; all others take a message and advice.
FACTS: dict[str, tuple[object, ...]] = {
    "PortTaken": (19092, "java (pid 1)"),
    "BrokerFolderInUse": ("/data", 12, 19092),
    "JreMissing": ("gone", "detail"),
    "JarDownloadFailed": ("a.jar", "http://mirror/a.jar", "404"),
    "JarChecksumMismatch": ("a.jar", "http://mirror/a.jar", "aa", "bb", 10),
    "BrokerNotReady": ("ended while starting", "/data/broker.log", "last line"),
    "OffsetsLost": ("kafka:a/0", 5, 9),
    "LedgerHole": ("kafka:a/0", 5, 9),
    "RecordUnreadable": ("a", ((0, 5),), "CRC"),
}


def made(cls: type[TocsinError]) -> TocsinError:
    """An error of the class."""
    if issubclass(cls, ArticleError):
        return cls(RejectCode.EMPTY, "It is empty.")
    return cls(*FACTS.get(cls.__name__, ("It is wrong.", "Do this.")))  # type: ignore[arg-type]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_an_error_pickles_whole(cls: type[TocsinError]) -> None:
    error = made(cls)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is cls
    assert (str(again), vars(again), again.args) == (str(error), vars(error), error.args)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_an_error_says_what_is_wrong_and_what_to_do(cls: type[TocsinError]) -> None:
    error = made(cls)
    assert error.message
    assert str(error) == f"{error.message} {error.advice}".strip()
    assert issubclass(cls, ArticleError) or error.advice


def test_every_class_stands_in_the_drawing_under_its_parent() -> None:
    drawn: dict[str, str] = {}
    path: list[str] = []
    for line in (schemas.errors.__doc__ or "").splitlines():
        if found := re.match(r"^(?:    )((?:[│ ]   )*)(?:[├└]── )?([A-Z]\w+)", line):
            depth = len(found[1]) // 4 + ("── " in line)
            path[depth:] = [found[2]]
            drawn[found[2]] = path[depth - 1] if depth else ""
    assert drawn == {cls.__name__: "" if cls is TocsinError else cls.__bases__[0].__name__ for cls in CLASSES}
