"""The synthetic lake obeys ACLED's rules, and its questions are answered both ways alike."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benches import bench_queries
from benches.synthetic import fill
from schemas.actors import ActorType, interaction
from schemas.taxonomy import EVENT_TYPE_OF, SubEventType, disorder_type
from warehouse.lake import Lake
from warehouse.settings import LakeSettings

pytestmark = pytest.mark.integration


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    with Lake.create_or_open(LakeSettings(folder=str(tmp_path))) as lake:
        fill(lake, 2_000)
        yield lake


def test_synthetic_reports_obey_the_rules_of_types_and_actors(lake: Lake) -> None:
    rows = lake.rows(
        "SELECT sub_event_type, event_type, disorder_type, inter1, inter2, interaction, civilian_targeting, actor2 FROM reports"
    )
    assert len(rows) == 2_000
    assert len({row[0] for row in rows}) == len(SubEventType)
    for sub, kind, disorder, inter1, inter2, both, targeted, actor2 in rows:
        assert EVENT_TYPE_OF[SubEventType(sub)] == kind
        assert disorder_type(SubEventType(sub)) == disorder
        assert interaction(inter1, inter2) == both
        assert (inter2 is None) == (actor2 is None)
        assert (targeted is not None) == (
            inter2 == ActorType.CIVILIANS or sub == SubEventType.EXCESSIVE_FORCE
        )


def test_synthetic_reports_belong_to_articles_and_codings(lake: Lake) -> None:
    ((reports, current, ids),) = lake.rows(
        "SELECT count(*), count(*) FILTER (superseded_by IS NULL), count(DISTINCT report_id) FROM reports"
    )
    assert (reports, current, ids) == (2_000, 1_960, 2_000)
    joined = (
        "SELECT count(*) FROM reports_latest JOIN articles_latest USING (article_id, text_sha256, coding_id)"
    )
    assert lake.rows(joined) == [(1_960,)]
    assert lake.rows("SELECT count(*) FROM reports WHERE year <> year(event_date)") == [(0,)]


def test_the_bench_measures_five_questions_both_ways() -> None:
    figures = {f.name: f.value for f in bench_queries.run(2_000)}
    assert figures["reports"] == 2_000
    assert len([name for name in figures if name.endswith(": ratio")]) == 5
    assert all(value > 0 for value in figures.values())
