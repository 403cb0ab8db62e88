"""DuckDB's errors are told apart: wait, stop for space, look for the record, or stop."""

import duckdb
import pytest

from schemas.errors import LakeError, LakeFull, LakeLocked
from warehouse.settings import LakeSettings
from warehouse.trouble import Trouble, patiently, trouble


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


def test_a_busy_catalog_is_tried_again_until_it_is_free() -> None:
    answers = iter([duckdb.TransactionException("database is locked")] * 2)

    def write() -> str:
        if error := next(answers, None):
            raise error
        return "written"

    assert patiently(LakeSettings(lock_wait_seconds=5), write) == "written"


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        (duckdb.TransactionException("database is locked"), LakeLocked),
        (duckdb.IOException("No space left on device"), LakeFull),
        (duckdb.BinderException("no such column"), LakeError),
    ],
)
def test_what_does_not_pass_gets_our_name(error: duckdb.Error, ours: type[LakeError]) -> None:
    def write() -> None:
        raise error

    with pytest.raises(ours) as raised:
        patiently(LakeSettings(lock_wait_seconds=0), write)
    assert type(raised.value) is ours
