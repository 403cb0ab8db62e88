"""The form of a suite: expectations with a stable name, a severity and a sentence; read from and written as JSON.

Knows the JSON of Great Expectations 1.24.1 (`ExpectationSuite.to_json_dict`), but not the library: reading a suite
must not cost its import (seconds).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import Any

from schemas.errors import ExpectationError

# Written into the suites, as Great Expectations itself does; pinned in pyproject.toml.
GX_VERSION = "1.24.1"
SUITE_NAMES = ("articles", "reports")


class Severity(StrEnum):
    """What a failure means: critical rejects the row, a warning flags it. Great Expectations' own words."""

    CRITICAL = "critical"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expectation.

    `name` is the fault that it finds, `kind` is Great Expectations' type, `kwargs` its own arguments, `sentence` what
    must hold and `source` where the rule comes from.
    """

    name: str
    kind: str
    kwargs: Mapping[str, Any]
    severity: Severity
    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class Suite:
    """All that must hold for the rows of one table."""

    name: str
    expectations: tuple[Expectation, ...]


def to_json(suite: Suite) -> str:
    """The suite as Great Expectations itself writes it, with an end of line."""
    return json.dumps(_suite_json(suite), indent=2, ensure_ascii=False) + "\n"


def _suite_json(suite: Suite) -> dict[str, Any]:
    return {
        "name": suite.name,
        "id": None,
        "expectations": [_expectation_json(e) for e in suite.expectations],
        "meta": {"great_expectations_version": GX_VERSION},
        "notes": None,
    }


def _expectation_json(expectation: Expectation) -> dict[str, Any]:
    return {
        "type": expectation.kind,
        "kwargs": dict(expectation.kwargs),
        "meta": {"name": expectation.name},
        "notes": expectation.source,
        "description": expectation.sentence,
        "severity": expectation.severity.value,
    }


def suite_text(name: str) -> str:
    """The JSON of a suite, as it lies beside this module."""
    return files("schemas.expectations").joinpath(f"{name}.json").read_text(encoding="utf-8")


def load_suite(name: str) -> Suite:
    """The suite of that name (`articles`, `reports`)."""
    return parse_suite(suite_text(name))


def parse_suite(text: str) -> Suite:
    """A suite from Great Expectations' JSON.

    Raises ExpectationError where an expectation has no name, a name that another has, or no known severity: a verdict
    could then not be told apart.
    """
    suite = json.loads(text)
    expectations = tuple(_expectation(suite["name"], e) for e in suite["expectations"])
    names = [e.name for e in expectations]
    for name in {n for n in names if names.count(n) > 1}:
        raise ExpectationError(
            f"Suite {suite['name']}: two expectations are named {name}.", "Give each its own meta.name."
        )
    return Suite(suite["name"], expectations)


def _expectation(suite: str, value: Mapping[str, Any]) -> Expectation:
    name = value.get("meta", {}).get("name")
    if not name:
        message = f"Suite {suite}: an {value.get('type')} has no name."
        raise ExpectationError(message, "Give it a meta.name.")
    if value.get("severity") not in {s.value for s in Severity}:
        message = f"Suite {suite}: {name} has severity {value.get('severity')!r}."
        raise ExpectationError(message, "Use critical or warning.")
    return Expectation(
        name=name,
        kind=value["type"],
        kwargs=value["kwargs"],
        severity=Severity(value["severity"]),
        sentence=value.get("description") or "",
        source=value.get("notes") or "",
    )
