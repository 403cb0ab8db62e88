"""Predicates and judge side by side: what counts, and where the two differ."""

from collections.abc import Collection
from dataclasses import dataclass

from pipelines.validation.compiled import Failures
from pipelines.validation.judge import Verdict

# In place of an expectation's name: the judge failed on the suite as a whole.
EVERY = "*"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Predicate and judge differ on an expectation, or the judge could not evaluate it (`reason` then says why)."""

    suite: str
    expectation: str
    predicate_rows: tuple[int, ...]
    judge_rows: tuple[int, ...]
    reason: str = ""

    def __str__(self) -> str:
        """One line for a log or an alert."""
        where = f"expectation {self.expectation} of suite {self.suite}"
        if self.reason:
            return (
                f"Great Expectations could not judge {where}; the predicate's verdict stands: {self.reason}"
            )
        return (
            f"Great Expectations and the predicate differ on {where}: "
            f"rows {list(self.judge_rows)} fail by the judge, who decides, rows {list(self.predicate_rows)} by the predicate"
        )


def settle(
    suite: str, predicates: Failures, verdict: Verdict, asked: Collection[str] = ()
) -> tuple[Failures, tuple[Disagreement, ...]]:
    """The failures that count, and every difference.

    The judge decides each expectation that it was asked about (all where `asked` is empty) and could evaluate; the
    rest stays with the predicates.
    """
    names = sorted(asked or {*predicates, *verdict.failures, *verdict.unjudged})
    differences = tuple(d for name in names if (d := _difference(suite, name, predicates, verdict)))
    judged = {name: verdict.failures.get(name, ()) for name in names if name not in verdict.unjudged}
    return {name: rows for name, rows in {**predicates, **judged}.items() if rows}, differences


def _difference(suite: str, name: str, predicates: Failures, verdict: Verdict) -> Disagreement | None:
    ours, theirs = predicates.get(name, ()), verdict.failures.get(name, ())
    reason = verdict.unjudged.get(name, "")
    return Disagreement(suite, name, ours, theirs, reason) if reason or ours != theirs else None
