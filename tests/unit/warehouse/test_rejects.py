"""Rejects counted, listed, filtered, shown, discarded, and handed out for a replay."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from schemas.errors import InputError
from schemas.reject import RejectCode, RejectStatus, Stage
from tests.kit.rows import MemoryLake, insert
from warehouse.reject_detail import show
from warehouse.rejects import (
    RejectFilter,
    count_to_replay,
    counts,
    discard,
    list_rejects,
    rejects_to_replay,
)
from warehouse.settings import LakeSettings

L = "kafka:articles/0"
THEN = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def lake(tmp_path: Path) -> Any:
    """A lake in memory with five rejects of four kinds."""
    lake = MemoryLake()
    lake.settings = LakeSettings(folder=str(tmp_path))  # for the writers' lock
    add(lake, "aaaa1", 1, Stage.PARSE, RejectCode.NOT_JSON, source=None)
    add(lake, "aaaa2", 2, Stage.PARSE, RejectCode.NOT_JSON, source="Example Herald", days=1)
    add(lake, "bbbb1", 3, Stage.CODE, RejectCode.CODING_TIMEOUT, source="Example Herald", days=2)
    add(lake, "cccc1", 4, Stage.VALIDATE, RejectCode.EXPECTATION_FAILED, report_id="r1", days=3)
    add(lake, "cccc2", 4, Stage.VALIDATE, RejectCode.EXPECTATION_FAILED, report_id="r2", days=3)
    add(lake, "dddd1", 5, Stage.CODE, RejectCode.CODING_FAILED, status=RejectStatus.REPLAYED, days=4)
    return lake


def add(
    lake: Any, reject_id: str, offset: int, stage: Stage, code: RejectCode, *, days: int = 0, **more: Any
) -> None:
    insert(
        lake,
        "rejects",
        reject_id=reject_id,
        stage=stage,
        code=code,
        first_seen_at=THEN + timedelta(days=days),
        **{
            "ledger": L,
            "topic": "articles",
            "partition": 0,
            "offset": offset,
            "payload": f"payload {offset}".encode(),
            "payload_sha256": f"digest {offset}",
            "record_key": b"key",
            "record_timestamp_at": THEN,
            "attempts": 1,
            **more,
        },
    )


def ids(lake: Any, **which: Any) -> list[str]:
    return sorted(r.reject_id for r in list_rejects(lake, RejectFilter(**which)))


def test_counts_are_by_stage_and_code_and_status(lake: Any) -> None:
    found = {(c.stage, c.code): (c.open, c.replayed, c.discarded) for c in counts(lake)}
    assert found == {
        (Stage.PARSE, RejectCode.NOT_JSON): (2, 0, 0),
        (Stage.VALIDATE, RejectCode.EXPECTATION_FAILED): (2, 0, 0),
        (Stage.CODE, RejectCode.CODING_TIMEOUT): (1, 0, 0),
        (Stage.CODE, RejectCode.CODING_FAILED): (0, 1, 0),
    }
    assert [c.open for c in counts(lake)] == [2, 2, 1, 0]
    assert {c.oldest_open_at for c in counts(lake) if c.code is RejectCode.NOT_JSON} == {THEN}


@pytest.mark.parametrize(
    ("which", "meant"),
    [
        ({}, ["aaaa1", "aaaa2", "bbbb1", "cccc1", "cccc2"]),
        ({"status": None}, ["aaaa1", "aaaa2", "bbbb1", "cccc1", "cccc2", "dddd1"]),
        ({"status": RejectStatus.REPLAYED}, ["dddd1"]),
        ({"stages": (Stage.PARSE, Stage.CODE)}, ["aaaa1", "aaaa2", "bbbb1"]),
        ({"codes": (RejectCode.CODING_TIMEOUT,)}, ["bbbb1"]),
        ({"sources": ("Example Herald",)}, ["aaaa2", "bbbb1"]),
        ({"ids": ("aaaa", "bbbb1")}, ["aaaa1", "aaaa2", "bbbb1"]),
        ({"ids": ("aaaa",), "sources": ("Example Herald",)}, ["aaaa2"]),
        ({"since": THEN + timedelta(days=2)}, ["bbbb1", "cccc1", "cccc2"]),
        ({"until": THEN + timedelta(days=2)}, ["aaaa1", "aaaa2"]),
        ({"ids": ("%",)}, []),
    ],
)
def test_a_filter_means_those_for_which_all_of_it_holds(
    lake: Any, which: dict[str, Any], meant: list[str]
) -> None:
    assert ids(lake, **which) == meant


def test_a_list_begins_with_the_newest_and_may_be_cut(lake: Any) -> None:
    assert [r.reject_id for r in list_rejects(lake, limit=2)] == ["cccc1", "cccc2"]


def test_one_reject_is_shown_whole_by_the_beginning_of_its_id(lake: Any) -> None:
    insert(
        lake,
        "reject_attempts",
        reject_id="bbbb1",
        stage=Stage.CODE,
        code=RejectCode.CODING_FAILED,
        ledger="@replay",
    )
    shown = show(lake, "bbbb")
    assert shown.reject.code is RejectCode.CODING_TIMEOUT
    assert shown.reject.status is RejectStatus.OPEN
    assert shown.provenance.offset == 3
    assert shown.payload == b"payload 3"
    assert [a.code for a in shown.attempts] == [RejectCode.CODING_FAILED]


def test_a_large_payload_is_found_in_its_own_table(lake: Any) -> None:
    add(lake, "eeee1", 9, Stage.PARSE, RejectCode.TOO_LARGE, payload=None)
    assert show(lake, "eeee1").payload is None
    insert(lake, "reject_payloads", payload_sha256="digest 9", payload=b"large")
    assert show(lake, "eeee1").payload == b"large"
    assert [r.payload for r in rejects_to_replay(lake, RejectFilter(ids=("eeee1",)))] == [b"large"]


@pytest.mark.parametrize(
    ("beginning", "said"), [("aaaa", "Several"), ("ffff", "No reject"), ("aa", "too short")]
)
def test_an_id_that_means_none_or_several_is_refused(lake: Any, beginning: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        show(lake, beginning)


def test_discarding_settles_the_open_ones_with_the_reason_and_keeps_them(lake: Any) -> None:
    assert sorted(discard(lake, RejectFilter(codes=(RejectCode.NOT_JSON,)), "broken\nfeed", "me")) == [
        "aaaa1",
        "aaaa2",
    ]
    shown = show(lake, "aaaa1")
    assert shown.reject.status is RejectStatus.DISCARDED
    assert shown.reject.settled_by == "me: broken feed"
    assert shown.reject.settled_at is not None
    assert shown.payload == b"payload 1"
    assert ids(lake) == ["bbbb1", "cccc1", "cccc2"]


def test_discarding_needs_a_reason_and_something_to_discard(lake: Any) -> None:
    with pytest.raises(InputError, match="with a reason"):
        discard(lake, RejectFilter(), "  ")
    with pytest.raises(InputError, match="No open reject"):
        discard(lake, RejectFilter(ids=("dddd",)), "why")
    with pytest.raises(InputError, match="settled"):
        discard(lake, RejectFilter(status=RejectStatus.REPLAYED), "why")
    assert len(ids(lake)) == 5


def test_a_replay_gets_one_record_for_each_offset_oldest_first(lake: Any) -> None:
    records = list(rejects_to_replay(lake))
    assert [(r.reject_id, r.offset) for r in records] == [
        ("aaaa1", 1),
        ("aaaa2", 2),
        ("bbbb1", 3),
        ("cccc1", 4),
    ]
    assert count_to_replay(lake) == 4
    assert records[0].ledger == L
    assert (records[0].topic, records[0].partition, records[0].key) == ("articles", 0, b"key")
    assert records[0].timestamp_at == THEN
    assert records[3].payload == b"payload 4"


def test_a_whole_article_stands_before_its_reports_in_a_replay(lake: Any) -> None:
    add(lake, "zzzz1", 4, Stage.LAND, RejectCode.INSERT_FAILED, days=9)
    assert [r.reject_id for r in rejects_to_replay(lake)][-1] == "zzzz1"


def test_a_reject_that_came_out_of_a_replay_knows_the_original_place(lake: Any) -> None:
    add(lake, "ffff1", 0, Stage.VALIDATE, RejectCode.EXPECTATION_FAILED, ledger="@replay", report_id="r9",
        payload_sha256="digest 3", payload=b"payload 3")  # fmt: skip
    (record,) = rejects_to_replay(lake, RejectFilter(ids=("ffff",)))
    assert (record.ledger, record.topic, record.partition, record.offset) == ("@replay", "articles", 0, 3)


def test_a_replay_goes_on_while_its_rejects_are_settled(lake: Any) -> None:
    for n in range(40):
        add(lake, f"gggg{n:02}", 100 + n, Stage.CODE, RejectCode.CODING_FAILED, days=20)
    replay = rejects_to_replay(lake, RejectFilter(ids=("gggg",)))
    seen = []
    for record in replay:
        seen.append(record.offset)
        lake.execute("UPDATE rejects SET status = 'replayed' WHERE reject_id = ?", [record.reject_id])
    assert seen == list(range(100, 140))
