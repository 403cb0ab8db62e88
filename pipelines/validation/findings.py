"""What is wrong with each item of a Batch: the names of its failures, and a sentence for whoever reads the reject."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from pipelines.validation.compiled import CompiledSuite, Failures
from pipelines.validation.rows import Rows
from schemas.expectations.suite import Expectation

# Not of a suite: the item holds a value that no column can hold, so that no expectation can be asked.
NOT_JUDGEABLE = "value_not_judgeable"
# Values of a row stand in a message of at most 500 characters.
VALUE_CHARS = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """Failures of one item, in the suite's order; `message` tells of the critical ones."""

    critical: tuple[str, ...]
    warnings: tuple[str, ...]
    message: str


NOTHING = Finding((), (), "")


def findings(
    compiled: CompiledSuite, rows: Rows, frame: pa.RecordBatch, failures: Failures
) -> Mapping[int, Finding]:
    """The findings by position of the item; items with nothing to find are not in it."""
    found = {
        position: Finding((NOT_JUDGEABLE,), (), f"A value cannot be judged or stored: {why}")
        for position, why in rows.refused.items()
    }
    for row in sorted({row for failing in failures.values() for row in failing}):
        failed = [e for e in compiled.suite.expectations if row in failures.get(e.name, ())]
        critical = [e for e in failed if e.name in compiled.critical]
        found[rows.positions[row]] = Finding(
            tuple(e.name for e in critical),
            tuple(e.name for e in failed if e.name not in compiled.critical),
            " ".join(_sentence(e, frame, row) for e in critical),
        )
    return found


def _sentence(expectation: Expectation, frame: pa.RecordBatch, row: int) -> str:
    """What must hold, and the values that do not."""
    kwargs = expectation.kwargs
    columns = kwargs.get("column_list") or [
        kwargs[key] for key in ("column", "column_A", "column_B") if key in kwargs
    ]
    values = ", ".join(f"{c} is {_value(frame[c][row].as_py())}" for c in columns)
    return f"Expected: {expectation.sentence.rstrip('.')}. Here {values}."


def _value(value: object) -> str:
    text = "NULL" if value is None else repr(value)
    return text if len(text) <= VALUE_CHARS else text[: VALUE_CHARS - 1] + "…"
