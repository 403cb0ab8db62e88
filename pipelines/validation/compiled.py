"""A suite compiled: which rows of a frame fail which expectation, in a millisecond."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.validation.conditions import Mask
from pipelines.validation.predicates import compile_predicate
from schemas.expectations.suite import Severity, Suite

# Expectation name -> the rows that fail it, ascending; only expectations that some row fails.
Failures = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class CompiledSuite:
    """Predicates of a suite, in its order."""

    suite: Suite
    predicates: tuple[tuple[str, Mask], ...]
    critical: frozenset[str]

    def failures(self, frame: pa.RecordBatch) -> Failures:
        """Which rows fail what."""
        found = ((name, failing(frame)) for name, failing in self.predicates)
        return {name: _rows(mask) for name, mask in found if pc.any(mask).as_py()}


def compile_suite(suite: Suite, schema: pa.Schema) -> CompiledSuite:
    """The suite's predicates over frames of that schema; raises ExpectationError for one that has none."""
    return CompiledSuite(
        suite,
        tuple((e.name, compile_predicate(e, schema)) for e in suite.expectations),
        frozenset(e.name for e in suite.expectations if e.severity is Severity.CRITICAL),
    )


def _rows(mask: pa.Array) -> tuple[int, ...]:
    return tuple(pc.indices_nonzero(mask).to_pylist())
