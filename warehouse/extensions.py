"""DuckDB's extensions, loaded from the wheels that are installed beside it: a server room cannot download them.

Knows where a wheel keeps its file. Never installs anything.
"""

import importlib.util
from pathlib import Path
from typing import Any

import duckdb

from schemas.errors import LakeError

LAKE_EXTENSIONS = ("sqlite_scanner", "ducklake")


def extension_file(name: str) -> Path:
    """The extension's file in the wheel `duckdb-extension-NAME`; raises LakeError where the wheel is missing."""
    spec = importlib.util.find_spec(f"duckdb_extension_{name}")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    files = sorted(f for folder in folders for f in Path(folder).glob("extensions/*/*.duckdb_extension"))
    if not files:
        message = f"DuckDB's extension {name} is not installed."
        raise LakeError(
            message, f"Install the wheel duckdb-extension-{name.replace('_', '-')}=={duckdb.__version__}."
        )
    return files[-1]


def load_extensions(connection: Any, names: tuple[str, ...] = LAKE_EXTENSIONS) -> None:
    """LOAD the named extensions; raises LakeError for one that is missing or of another DuckDB."""
    for name in names:
        file = extension_file(name)
        try:
            connection.execute(f"LOAD '{str(file).replace(chr(39), chr(39) * 2)}'")
        except duckdb.Error as error:
            message = f"DuckDB {duckdb.__version__} cannot load its extension {name} from {file}: {error}"
            advice = f"Install the wheel duckdb-extension-{name.replace('_', '-')}=={duckdb.__version__}."
            raise LakeError(message, advice) from error
