"""DuckDB's errors are told apart: wait, stop for space, look for the record, or stop."""

import duckdb
import pytest

from warehouse.trouble import Trouble, trouble


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (duckdb.IOException("Could not write: No space left on device"), Trouble.FULL),
        (duckdb.Error("Failed to execute: database or disk is full"), Trouble.FULL),
        (duckdb.TransactionException("Failed to commit: database is locked"), Trouble.BUSY),
        (duckdb.TransactionException("Transaction conflict - attempting to update"), Trouble.BUSY),
        (duckdb.ConstraintException("NOT NULL constraint failed: articles.title"), Trouble.DATA),
        (duckdb.ConversionException("Could not convert"), Trouble.DATA),
        (duckdb.InvalidInputException("Invalid unicode"), Trouble.DATA),
        (duckdb.BinderException("column not found"), Trouble.OTHER),
        (duckdb.IOException("Could not read the file"), Trouble.OTHER),
    ],
)
def test_kinds(error: duckdb.Error, kind: Trouble) -> None:
    assert trouble(error) is kind
