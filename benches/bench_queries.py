"""Five questions of analysts over a million reports: the lake against the same Parquet files read bare.

`python -m benches.bench_queries [REPORTS]`. Each question is asked both ways in turn, and the medians are compared.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benches.figures import Figure, show
from benches.synthetic import fill
from warehouse.lake import METADATA, Lake, literal, quoted
from warehouse.maintain import maintain
from warehouse.settings import LakeSettings
from warehouse.views import definitions

REPORTS = 1_000_000
# Enough for a median that one slow moment of the machine does not move.
ROUNDS = 9
GOAL = "ratio at most 1.25, or 20 ms more"
QUESTIONS = {
    "events by country and month": """
        SELECT country, date_trunc('month', event_date) AS month, event_type, count(*) AS reports
        FROM reports_latest GROUP BY ALL ORDER BY ALL""",
    "top actors of a year": """
        SELECT actor, count(*) AS reports, sum(fatalities) AS fatalities
        FROM (
            SELECT actor1 AS actor, fatalities FROM reports_latest WHERE year = 2024
            UNION ALL
            SELECT actor2, fatalities FROM reports_latest WHERE year = 2024 AND actor2 IS NOT NULL
        )
        GROUP BY actor ORDER BY reports DESC, actor LIMIT 20""",
    "deaths in one country, month by month": """
        SELECT date_trunc('month', event_date) AS month, sum(fatalities) AS fatalities,
            count(fatalities_best) AS reports_with_figures
        FROM reports_latest WHERE country = (SELECT min(country) FROM reports_latest)
        GROUP BY ALL ORDER BY ALL""",
    "words in notes and places": """
        SELECT event_date, country, location, notes FROM reports_latest
        WHERE notes ILIKE '%market bridge%' OR location ILIKE '%market bridge%'
        ORDER BY event_date DESC, notes LIMIT 100""",
    "reports for each hundred articles, by source": """
        SELECT c.source, sum(c.articles) AS articles, any_value(r.reports) * 100 / sum(c.articles) AS rate
        FROM coverage AS c
        JOIN (
            SELECT a.source, count(*) AS reports
            FROM reports_latest AS r JOIN articles_latest AS a USING (article_id)
            GROUP BY a.source
        ) AS r USING (source)
        GROUP BY c.source ORDER BY c.source""",
}


def run(reports: int = REPORTS) -> list[Figure]:
    """Fills a lake of its own in the system's temporary folder (700 MB for a million reports) and asks."""
    with tempfile.TemporaryDirectory() as name:
        settings = LakeSettings(folder=name, memory_limit="4GB")
        with Lake.create_or_open(settings) as lake:
            started = time.perf_counter()
            fill(lake, reports)
            maintain(lake)
            filled = time.perf_counter() - started
            _open_bare(lake)
            figures = [f for name, sql in QUESTIONS.items() for f in _ask_both_ways(lake, name, sql)]
            size = (
                sum(f.stat().st_size for t in ("reports", "articles", "codings") for f in _files(lake, t))
                / 1e6
            )
    return [
        Figure("reports", reports, ""),
        Figure("filled in", filled, "s"),
        Figure("Parquet", size, "MB"),
        *figures,
    ]


def _open_bare(lake: Lake) -> None:
    """A schema `bare` in memory in which the tables are the lake's own Parquet files, and the views the lake's."""
    lake.execute("CREATE SCHEMA memory.bare")
    for table in ("reports", "articles", "codings"):
        files = ", ".join(literal(str(path)) for path in _files(lake, table))
        lake.execute(f"CREATE VIEW memory.bare.{quoted(table)} AS SELECT * FROM read_parquet([{files}])")  # noqa: S608
    lake.execute("USE memory.bare")
    for view in definitions():
        if view.name in ("reports_latest", "articles_latest", "coverage"):
            lake.execute(view.statement)
    lake.execute("USE tocsin")


def _files(lake: Lake, table: str) -> list[Path]:
    rows = lake.rows(
        f"SELECT d.path FROM {METADATA}.ducklake_data_file AS d JOIN {METADATA}.ducklake_table AS t USING (table_id) "  # noqa: S608
        "WHERE d.end_snapshot IS NULL AND t.end_snapshot IS NULL AND t.table_name = ?",
        [table],
    )
    return [lake.settings.data_path / "main" / table / path for (path,) in rows]


def _ask_both_ways(lake: Lake, name: str, sql: str) -> list[Figure]:
    times: dict[str, list[float]] = {"tocsin": [], "memory.bare": []}
    answers: dict[str, Any] = {}
    for number in range(ROUNDS + 1):
        for place, taken in times.items():
            lake.execute(f"USE {place}")
            started = time.perf_counter()
            answers[place] = lake.rows(sql)
            if number:  # the first round warms both up
                taken.append((time.perf_counter() - started) * 1000)
    lake.execute("USE tocsin")
    if answers["tocsin"] != answers["memory.bare"] or not answers["tocsin"]:
        message = f"the two ways answer differently: {name}"
        raise RuntimeError(message)
    ours, bare = (statistics.median(taken) for taken in times.values())
    return [
        Figure(f"{name}: lake", ours, "ms"),
        Figure(f"{name}: bare", bare, "ms"),
        Figure(f"{name}: ratio", ours / bare, f"({ours - bare:+.0f} ms)", GOAL),
    ]


if __name__ == "__main__":
    show("queries", run(int(sys.argv[1]) if len(sys.argv) > 1 else REPORTS))
