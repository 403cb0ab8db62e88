"""How a record declares a column: its sentence of documentation beside its type, and integers of a stated width.

Everything derived from a record (Arrow, JSON Schema, DuckDB DDL, comments, reference pages) reads what is said here.
"""

from dataclasses import MISSING, dataclass, field
from typing import Annotated, Any


@dataclass(frozen=True, slots=True)
class Width:
    """Bits that an integer column takes in Arrow and DuckDB."""

    bits: int


Int8 = Annotated[int, Width(8)]
Int16 = Annotated[int, Width(16)]
Int32 = Annotated[int, Width(32)]


def column(doc: str, *, default: Any = MISSING) -> Any:
    """A dataclass field with its documentation; `default` as in `dataclasses.field`.

    Returns Any as `dataclasses.field` does: the annotation beside it is the type.
    """
    if default is MISSING:
        return field(metadata={"doc": doc})
    return field(default=default, metadata={"doc": doc})
