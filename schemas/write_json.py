"""Writes the JSON Schemas of the records to schemas/json/: `python -m schemas.write_json`. A test holds them fresh."""

import json
import re
from pathlib import Path

from schemas.derive import json_schema
from schemas.tables import LEDGER, TABLES

FOLDER = Path(__file__).parent / "json"


def records() -> dict[str, type]:
    """Every record of a table of the lake, by the name of its file: `LedgerRow` is `ledger`."""
    found = [record for table in (*TABLES.values(), LEDGER) for record in table.records]
    return {_file_name(record): record for record in found}


def pages() -> dict[str, str]:
    """The text of each file by its name."""
    return {
        f"{name}.json": json.dumps(json_schema(record), indent=2, ensure_ascii=False) + "\n"
        for name, record in records().items()
    }


def write(folder: Path = FOLDER) -> None:
    """Writes every file, and removes the ones of records that are no more."""
    folder.mkdir(exist_ok=True)
    fresh = pages()
    for old in folder.glob("*.json"):
        if old.name not in fresh:
            old.unlink()
    for name, text in fresh.items():
        (folder / name).write_text(text, encoding="utf-8")


def _file_name(record: type) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", record.__name__.removesuffix("Row")).lower()


if __name__ == "__main__":
    write()
