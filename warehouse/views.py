"""The views and macros that analysts read: kept as SQL in `warehouse/sql/`, each with its words in its header.

A header is `-- view NAME: what it is.` (or `-- macro NAME(parameter): …`), then one `-- column: what it holds.` for
each column that no table of the lake has; the other columns take their words from the records in `schemas`.

DuckLake keeps a comment on a view but not on its columns, so the columns' words are served by the view `dictionary`.
Names inside a view are unqualified (a view finds its own lake's tables under any alias); inside a macro they carry
the alias `tocsin`, because a macro looks its tables up where it is called.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from schemas.tables import LEDGER, TABLES
from warehouse.lake import Lake, literal

# In the order in which they can be made: later ones read earlier ones.
NAMES = (
    "reports_latest",
    "articles_latest",
    "aggregates",
    "rejects_open",
    "conservation",
    "ingest_lag",
    "coverage",
    "reports_by_day",
    "reports_by_month",
    "evidence",
    "recoding_changes",
    "recodings",
    "reports_of_version",
)
_DICTIONARY_DOC = "Every column of every table, view and macro, with what it holds."
_DICTIONARY_COLUMNS = {
    "relation": "Name of the table, view or macro.",
    "kind": "table, view or macro.",
    "column_name": "Name of the column.",
    "doc": "What it holds.",
}
_HEAD = re.compile(r"-- (?P<kind>view|macro) (?P<name>\w+)(?P<parameters>\([\w, ]*\))?: (?P<doc>.+)")
_COLUMN = re.compile(r"-- (?P<name>\w+): (?P<doc>.+)")


@dataclass(frozen=True, slots=True)
class Definition:
    """One view, or one table macro (`parameters` is then not None), with its words."""

    name: str
    doc: str
    parameters: str | None
    column_docs: Mapping[str, str]
    select: str

    @property
    def statement(self) -> str:
        """The SQL that makes it, in the current catalog."""
        if self.parameters is None:
            return f'CREATE OR REPLACE VIEW "{self.name}" AS\n{self.select}'
        return f'CREATE OR REPLACE MACRO "{self.name}"{self.parameters} AS TABLE\n{self.select}'

    @property
    def sources(self) -> tuple[str, ...]:
        """Names of the relations that it reads, in their order."""
        return tuple(re.findall(r"(?:FROM|JOIN)\s+(?:tocsin\.)?(\w+)", self.select))


def parse(text: str) -> Definition:
    """The definition in the text of one file; raises ValueError if its header is not of the form."""
    lines = text.splitlines()
    head = _HEAD.fullmatch(lines[0])
    if head is None:
        message = f"not a header: {lines[0]!r}"
        raise ValueError(message)
    docs = [m for line in lines[1:] if (m := _COLUMN.fullmatch(line))]
    select = "\n".join(lines[1 + len(docs) :]).strip()
    return Definition(
        head["name"], head["doc"], head["parameters"], {m["name"]: m["doc"] for m in docs}, select
    )


@cache
def definitions() -> tuple[Definition, ...]:
    """All of them, in the order in which they can be made."""
    folder = files("warehouse") / "sql"
    return tuple(parse((folder / f"{name}.sql").read_text(encoding="utf-8")) for name in NAMES)


def column_doc(relation: str, column: str) -> str | None:
    """What a column of a table or view holds; a view's column that has no words of its own has its source's."""
    known = {**TABLES, "ledgers": LEDGER}
    if table := known.get(relation):
        return next((c.doc for c in table.columns if c.name == column), None)
    definition = next((d for d in definitions() if d.name == relation), None)
    if definition is None:
        return None
    if own := definition.column_docs.get(column):
        return own
    found = (column_doc(source, column) for source in definition.sources)
    return next((doc for doc in found if doc), None)


@cache
def digest() -> str:
    """Changes whenever a definition, its words, a table's words or this module do."""
    code = Path(__file__).read_bytes()
    views = [(d.statement, d.doc, sorted(d.column_docs.items())) for d in definitions()]
    tables = [(t.name, [(c.name, c.doc) for c in t.columns]) for t in (*TABLES.values(), LEDGER)]
    return hashlib.sha256(repr((views, tables, code)).encode()).hexdigest()[:16]


def create_views(lake: Lake) -> None:
    """Makes all views and macros anew, in the caller's transaction; tables and the view `ledgers` have to be there.

    Every change of the catalog's form makes transactions that are open beside it fail at COMMIT: call it only when
    `digest()` is not the one that the lake was made with.
    """
    rows: list[tuple[str, str, str, str]] = []
    for definition in definitions():
        lake.execute(definition.statement)
        if definition.parameters is None:
            lake.execute(f'COMMENT ON VIEW "{definition.name}" IS {literal(definition.doc)}')
        rows.extend(_words(lake, definition))
    for table in TABLES.values():
        rows.extend((table.name, "table", c.name, c.doc) for c in table.columns)
    rows.extend(("ledgers", "view", c.name, c.doc) for c in LEDGER.columns)
    rows.extend(("dictionary", "view", name, doc) for name, doc in _DICTIONARY_COLUMNS.items())
    _create_dictionary(lake, rows)


def _words(lake: Lake, definition: Definition) -> Iterator[tuple[str, str, str, str]]:
    is_view = definition.parameters is None
    source = definition.name if is_view else f"{definition.name}{_nulls(definition.parameters or '')}"
    kind = "view" if is_view else "macro"
    for name, *_ in lake.execute(f"DESCRIBE FROM {source}").fetchall():
        doc = column_doc(definition.name, name)
        if doc is None:
            message = f"{definition.name}.{name} has no words in warehouse/sql/{definition.name}.sql"
            raise KeyError(message)
        yield definition.name, kind, name, doc


def _nulls(parameters: str) -> str:
    return re.sub(r"\w+", "NULL", parameters)


def _create_dictionary(lake: Lake, rows: list[tuple[str, str, str, str]]) -> None:
    words = json.dumps([dict(zip(_DICTIONARY_COLUMNS, row, strict=True)) for row in rows], ensure_ascii=False)
    form = json.dumps([dict.fromkeys(_DICTIONARY_COLUMNS, "VARCHAR")])
    # One JSON text instead of VALUES: hundreds of rows of expressions take half a second to bind.
    lake.execute(
        "CREATE OR REPLACE VIEW dictionary AS\n"
        f"SELECT unnest(from_json({literal(words)}, {literal(form)}), recursive := true)"
    )
    lake.execute(f"COMMENT ON VIEW dictionary IS {literal(_DICTIONARY_DOC)}")
