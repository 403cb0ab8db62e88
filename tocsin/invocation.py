"""What the front door was told for all commands. Light, so that `--help` stays quick."""

import os
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Invocation:
    """The file and the assignments of `--set`, and the surroundings that are read besides."""

    config: Path | None = None
    assignments: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    folder: Path = field(default_factory=Path)


# Set once by the front door before a command runs; a command called on its own reads the plain sources.
INVOCATION: ContextVar[Invocation | None] = ContextVar("invocation", default=None)
