"""Prints how to open the lake without Tocsin: from plain Python, and from the DuckDB command line.

Both attach it read-only, under the name `tocsin` and with its data path, or stored macros and a moved lake would
not open. Reading so is safe beside live writers; it is not a sandbox.
"""

from warehouse.extensions import LAKE_EXTENSIONS
from warehouse.lake import attach_statement
from warehouse.settings import LakeSettings

_PYTHON = """\
# Needs: pip install duckdb=={version} {wheels} pytz
import glob, importlib.util
import duckdb

con = duckdb.connect()
for name in {names!r}:
    folder = importlib.util.find_spec(f"duckdb_extension_{{name}}").submodule_search_locations[0]
    con.load_extension(glob.glob(f"{{folder}}/extensions/*/*.duckdb_extension")[0])
con.execute({attach!r})
con.execute("USE tocsin")
con.execute("SET TimeZone = 'UTC'")

con.sql("SELECT country, count(*) AS reports FROM reports_latest GROUP BY ALL ORDER BY ALL").show()
con.sql("SELECT relation, column_name, doc FROM dictionary").show()"""
_CLI = """\
-- For DuckDB {version} or newer. With a route to the extension repository: INSTALL ducklake; INSTALL sqlite;
LOAD ducklake;
LOAD sqlite;
{attach};
USE tocsin;
SET TimeZone = 'UTC';

SELECT country, count(*) AS reports FROM reports_latest GROUP BY ALL ORDER BY ALL;
SELECT relation, column_name, doc FROM dictionary;"""


def python_snippet(settings: LakeSettings) -> str:
    """A Python program that opens this lake and asks it two questions; needs DuckDB and its wheels, not Tocsin."""
    import duckdb

    wheels = [f"duckdb-extension-{name.replace('_', '-')}=={duckdb.__version__}" for name in LAKE_EXTENSIONS]
    return _PYTHON.format(
        version=duckdb.__version__,
        wheels=" ".join(wheels),
        names=LAKE_EXTENSIONS,
        attach=attach_statement(settings, read_only=True),
    )


def duckdb_snippet(settings: LakeSettings) -> str:
    """The same for the DuckDB command line (`duckdb < FILE`, or pasted)."""
    import duckdb

    return _CLI.format(version=duckdb.__version__, attach=attach_statement(settings, read_only=True))
