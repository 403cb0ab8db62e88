"""The rooms of the design: each module imports only the rooms that its own may know."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODING = "pipelines.coding"
# DESIGN section 2; a room may always import itself.
ALLOWED: dict[str, set[str]] = {
    "schemas": set(),
    "infra": {"schemas"},
    "connectors": {"schemas"},
    "warehouse": {"schemas"},
    CODING: {"schemas"},
    "pipelines": {"schemas", "connectors", "warehouse", CODING},
    "tocsin": {"schemas", "connectors", "warehouse", CODING, "pipelines", "infra"},
}
ROOMS = frozenset(ALLOWED)
# What a room must not know of the world outside.
FORBIDDEN: dict[str, set[str]] = {
    "schemas": {"apache_beam", "kafka", "duckdb", "great_expectations", "spacy", "typer"},
    "connectors": {"apache_beam", "duckdb", "great_expectations", "spacy"},
    "warehouse": {"apache_beam", "kafka", "spacy"},
    CODING: {"apache_beam", "kafka", "duckdb", "pyarrow", "great_expectations"},
}


def room(dotted: str) -> str:
    """The room of a module's dotted name."""
    return CODING if f"{dotted}.".startswith(f"{CODING}.") else dotted.partition(".")[0]


def imports(source: str, package: str) -> Iterator[str]:
    """Every module that a source imports, inside functions and under TYPE_CHECKING too, relative ones resolved."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            up = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*up, *([node.module] if node.module else [])])
            yield base
            # `from pipelines import coding` imports a room by the name on the right
            yield from (f"{base}.{alias.name}" for alias in node.names)


def breaches(dotted: str, source: str, package: str) -> set[str]:
    """What a module imports although its room must not."""
    here = room(dotted)
    names = set(imports(source, package))
    if here == CODING:
        # the left side of `from pipelines import coding`: the package alone is no room, its modules are
        names.discard("pipelines")
    rooms = {room(name) for name in names if name.partition(".")[0] in ROOMS}
    outside = {name.partition(".")[0] for name in names} & FORBIDDEN.get(here, set())
    return {f"{dotted} imports {name}" for name in (rooms - ALLOWED[here] - {here}) | outside}


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of ours with its dotted name."""
    for top in sorted({name.partition(".")[0] for name in ROOMS}):
        for path in sorted((ROOT / top).rglob("*.py")):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts), path


def package_of(dotted: str) -> str:
    """The package that relative imports of a module start from."""
    return dotted.removesuffix(".__init__") if dotted.endswith(".__init__") else dotted.rpartition(".")[0]


def test_arrows_between_rooms_point_one_way() -> None:
    found = set[str]()
    for dotted, path in modules():
        found |= breaches(dotted, path.read_text(encoding="utf-8"), package_of(dotted))
    assert not found


def test_every_room_is_looked_at() -> None:
    assert {room(dotted) for dotted, _ in modules()} == ROOMS


@pytest.mark.parametrize(
    ("dotted", "source", "wrong"),
    [
        ("warehouse.land", "import connectors.settings", "connectors"),
        ("connectors.reader", "from warehouse.lake import Lake", "warehouse"),
        ("pipelines.coding.coder", "from pipelines.settings import RunSettings", "pipelines"),
        ("pipelines.coding.coder", "from pipelines import settings", "pipelines"),
        ("pipelines.coding.coder", "from ..settings import RunSettings", "pipelines"),
        ("pipelines.coding.coder", "def f():\n    import duckdb", "duckdb"),
        ("schemas.report", "from tocsin.config import current", "tocsin"),
        ("pipelines.ingest", "from infra.broker.server import Broker", "infra"),
        ("warehouse.land", "from pipelines.coding.coder import code", "pipelines.coding"),
    ],
)
def test_a_wrong_arrow_is_seen(dotted: str, source: str, wrong: str) -> None:
    assert breaches(dotted, source, package_of(dotted)) == {f"{dotted} imports {wrong}"}


@pytest.mark.parametrize(
    ("dotted", "source"),
    [
        ("pipelines.ingest", "from pipelines.coding import coder"),
        ("pipelines.coding.coder", "from pipelines.coding.dates import find"),
        ("pipelines.coding.coder", "from . import lexicon"),
        ("tocsin.cli.broker", "from infra.broker.server import Broker"),
        ("warehouse.land", "from schemas.tables import TABLES\nimport duckdb"),
    ],
)
def test_a_right_arrow_is_let_through(dotted: str, source: str) -> None:
    assert breaches(dotted, source, package_of(dotted)) == set()
