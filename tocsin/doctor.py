"""The doctor: runs every check, one line each, and says what to do for each that fails.

A check never stops another. One that needs what another found missing is not made, and says so.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from schemas.errors import TocsinError
from tocsin.config import Settings


class Verdict(StrEnum):
    """What a check came to."""

    OK = "ok"
    FAILED = "failed"
    NOT_MADE = "not_made"


MARKS = {Verdict.OK: "✓", Verdict.FAILED: "✗", Verdict.NOT_MADE: "–"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `advice` says what to do next, where something is to be done."""

    name: str
    verdict: Verdict
    said: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: `look` gives what it found in a few words, or raises. `needs` names checks that must hold first."""

    name: str
    look: Callable[[Settings], str]
    needs: tuple[str, ...] = ()


def examine(settings: Settings, checks: Iterable[Check]) -> Iterator[Finding]:
    """Makes the checks in their order and gives each finding as soon as it is there; never raises."""
    held: dict[str, bool] = {}
    for check in checks:
        missing = [name for name in check.needs if not held.get(name)]
        if missing:
            finding = Finding(check.name, Verdict.NOT_MADE, f"not looked at without {', '.join(missing)}")
        else:
            finding = _make(check, settings)
        held[check.name] = finding.verdict is Verdict.OK
        yield finding


def _make(check: Check, settings: Settings) -> Finding:
    try:
        return Finding(check.name, Verdict.OK, check.look(settings))
    except TocsinError as error:
        return Finding(check.name, Verdict.FAILED, error.message, error.advice)
    except Exception as error:  # whatever a library raises is a finding too
        return Finding(check.name, Verdict.FAILED, " ".join(f"{type(error).__name__}: {error}".split()))


def line(finding: Finding) -> str:
    """The finding as a person reads it: a line, and one more where something is to be done."""
    advice = f"\n  {'':<14} → {finding.advice}" if finding.advice else ""
    return f"{MARKS[finding.verdict]} {finding.name:<14} {finding.said}{advice}"
