"""Knows where settings come from: the file, the environment, flags. Each gives values with their origin.

Unknown keys stop here, with the nearest right name, before any value is looked at.
"""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path as FilePath
from typing import Any

from schemas.errors import ConfigError
from tocsin.leaves import Leaf, Path, variable

FILE_NAME = "tocsin.toml"
PREFIX = "TOCSIN_"
DELIMITER = "__"
# Variables of ours that are no settings: where the file lies, tracebacks shown, where downloads are kept.
CONFIG_VARIABLE = "TOCSIN_CONFIG"
DEBUG_VARIABLE = "TOCSIN_DEBUG"
CACHE_VARIABLE = "TOCSIN_CACHE_DIR"
NOT_SETTINGS = frozenset({CONFIG_VARIABLE, DEBUG_VARIABLE, CACHE_VARIABLE})


class OriginKind(StrEnum):
    """The sources, weakest first."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from: `where` is file and line, the variable's name, or the flag."""

    kind: OriginKind
    where: str = ""

    def __str__(self) -> str:
        """As `tocsin config` prints it."""
        return self.where or self.kind.value


@dataclass(frozen=True, slots=True)
class Given:
    """One value that somebody gave."""

    path: Path
    value: Any
    origin: Origin


def file_layer(file: FilePath | None) -> tuple[Given, ...]:
    """The values of a TOML file; raises ConfigError if it cannot be read or is not TOML."""
    if file is None:
        return ()
    try:
        text = file.read_text(encoding="utf-8")
        tree = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"The file {file} cannot be read: {error}.", "Give another one with --config."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file} is not TOML: {error}.", "tocsin.example.toml shows the form.") from error
    lines = _key_lines(text)
    return tuple(
        Given(path, value, Origin(OriginKind.FILE, f"{file}:{_line(lines, path)}"))
        for path, value in _walk(tree, ())
    )


def environment_layer(environment: Mapping[str, str]) -> tuple[Given, ...]:
    """The values of all variables `TOCSIN_SECTION__KEY`, as text."""
    return tuple(
        Given(
            tuple(name.removeprefix(PREFIX).lower().split(DELIMITER)),
            value,
            Origin(OriginKind.ENVIRONMENT, name),
        )
        for name, value in sorted(environment.items())
        if name.startswith(PREFIX) and name not in NOT_SETTINGS
    )


def set_layer(assignments: Iterable[str]) -> tuple[Given, ...]:
    """The values of `--set section.key=value`; raises ConfigError for one without `=`."""
    givens = []
    for text in assignments:
        name, equals, value = text.partition("=")
        if not equals:
            raise ConfigError(f"--set {text} has no value.", "Write it as --set kafka.topic=articles.")
        path = tuple(name.strip().split("."))
        givens.append(Given(path, value, Origin(OriginKind.FLAG, f"--set {name.strip()}")))
    return tuple(givens)


def flag_layer(flags: Mapping[str, Any]) -> tuple[Given, ...]:
    """The values of a command's own flags, named `section__key`; a flag that was not given is None and left out."""
    return tuple(
        Given(
            tuple(name.split(DELIMITER)),
            value,
            Origin(OriginKind.FLAG, f"flag for {name.replace(DELIMITER, '.')}"),
        )
        for name, value in flags.items()
        if value is not None
    )


def check_known(givens: Iterable[Given], leaves: Iterable[Leaf]) -> None:
    """Raises ConfigError that names every key which is no setting, each with the nearest right name."""
    known = {leaf.path: leaf for leaf in leaves}
    wrong = [g for g in givens if not _is_known(g.path, known)]
    if wrong:
        told = " ".join(_unknown(g, known) for g in wrong)
        raise ConfigError(told, "`tocsin config` lists all settings.")


def _is_known(path: Path, known: Mapping[Path, Leaf]) -> bool:
    return path in known or any(path[:n] in known and known[path[:n]].open for n in range(1, len(path)))


def _unknown(given: Given, known: Mapping[Path, Leaf]) -> str:
    from_environment = given.origin.kind is OriginKind.ENVIRONMENT
    written = given.origin.where if from_environment else ".".join(given.path)
    place = f" ({given.origin.where})" if given.origin.kind is OriginKind.FILE else ""
    nearest = _nearest(given.path, known)
    right = (variable(nearest) if from_environment else ".".join(nearest)) if nearest else ""
    return f"There is no setting {written}{place}" + (f": did you mean {right}?" if right else ".")


def _nearest(path: Path, known: Mapping[Path, Leaf]) -> Path | None:
    """The setting whose whole name is nearest; else one of another section whose last part is."""
    whole = {".".join(p): p for p in known}
    if close := difflib.get_close_matches(".".join(path), whole, n=1, cutoff=0.75):
        return whole[close[0]]
    last = {p[-1]: p for p in known}
    close = difflib.get_close_matches(path[-1], last, n=1, cutoff=0.75)
    return last[close[0]] if close else None


def nested(givens: Iterable[Given]) -> dict[str, Any]:
    """The tree that these values make; a later one wins."""
    tree: dict[str, Any] = {}
    for given in givens:
        branch = tree
        for part in given.path[:-1]:
            below = branch.get(part)
            branch[part] = branch = below if isinstance(below, dict) else {}
        branch[given.path[-1]] = given.value
    return tree


def _walk(tree: Mapping[str, Any], under: Path) -> Iterable[tuple[Path, Any]]:
    for key, value in tree.items():
        if isinstance(value, dict) and value:
            yield from _walk(value, (*under, key))
        else:
            yield (*under, key), value


def _key_lines(text: str) -> dict[Path, int]:
    """Line of each `[section]` and `key =`. tomllib tells no lines; the rest of TOML's forms fall back to the table's."""
    lines: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+([^\]]+)\]", line):
            table = _dotted(header[1])
            lines[table] = number
        elif key := re.match(r"\s*([A-Za-z0-9_.\"'\s-]+?)\s*=", line):
            lines.setdefault((*table, *_dotted(key[1])), number)
    return lines


def _dotted(text: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in text.split("."))


def _line(lines: Mapping[Path, int], path: Path) -> int:
    return next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), 1)
