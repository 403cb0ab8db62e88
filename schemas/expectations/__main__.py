"""Writes the suites' JSON beside this module: `python -m schemas.expectations`."""

from pathlib import Path

from schemas.expectations.articles import ARTICLES
from schemas.expectations.reports import REPORTS
from schemas.expectations.suite import to_json

SUITES = (ARTICLES, REPORTS)


def write_suites(folder: Path) -> None:
    """One `NAME.json` a suite; run it again after any change of a rule or a vocabulary."""
    for suite in SUITES:
        (folder / f"{suite.name}.json").write_text(to_json(suite), encoding="utf-8")


if __name__ == "__main__":
    write_suites(Path(__file__).parent)
