"""A small lake on disk for tests that only read it, and the way to make one."""

import pytest

from tests.kit.rows import insert
from warehouse.lake import Lake
from warehouse.settings import LakeSettings


@pytest.fixture(scope="session")
def read_lake(tmp_path_factory: pytest.TempPathFactory) -> LakeSettings:
    """A closed lake with 1,000 reports in Parquet and three in the catalog. Tests may not write it."""
    settings = LakeSettings(folder=str(tmp_path_factory.mktemp("lake")))
    with Lake.create_or_open(settings) as lake:
        fill(lake)
    return settings


def fill(lake: Lake) -> None:
    """1,000 reports of Mali in Parquet, three of Niger still in the catalog, one article."""
    insert(lake, "reports", report_id="seed", country="Mali", source="=cmd", evidence=[])
    lake.execute(
        "INSERT INTO reports BY NAME SELECT s.* EXCLUDE (report_id), 'm' || r.range AS report_id "
        "FROM reports AS s, range(1000) AS r"
    )
    lake.execute("DELETE FROM reports WHERE report_id = 'seed'")
    for n in range(3):
        insert(lake, "reports", report_id=f"n{n}", country="Niger")
    insert(lake, "articles", article_id="a", title="Written for this test")
