"""What is to be recoded: said by the lake, in order, in chunks, each article once; and what a trial would change."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from schemas.batch import Origin
from schemas.ledger import LedgerKey, LedgerKind
from tests.kit.lake import KEY, REPLAY, MemoryLake, Told, coded_batch, column, contents, land, new_lander, one
from warehouse import recoding
from warehouse.audit import audit
from warehouse.differences import Cell, Figures, Trial, read_differences
from warehouse.land import Lander
from warehouse.ledger import open_ledger
from warehouse.plan import NEWER_TEXT, SAME_VERSION
from warehouse.recoding import RecodeFilter, StoredArticle, to_recode
from warehouse.rejects import rejects_to_replay
from warehouse.rows import to_landing
from warehouse.views import create_views

RECODE = LedgerKey(LedgerKind.RECODE)
V2 = "coder 2"


@pytest.fixture
def lake(tmp_path: Path) -> MemoryLake:
    made = MemoryLake(tmp_path)
    for key in (REPLAY, RECODE):
        open_ledger(made, key, 0)
    return made


@pytest.fixture
def lander(lake: MemoryLake) -> Lander:
    return new_lander(lake)


def meant(lake: MemoryLake, version: str = V2, which: RecodeFilter | None = None) -> list[StoredArticle]:
    return list(to_recode(version, which).articles(lake))


def named(lake: MemoryLake, version: str = V2, which: RecodeFilter | None = None) -> list[str]:
    found = [stored.article.article_id for stored in meant(lake, version, which)]
    assert to_recode(version, which).count(lake) == len(found)
    return found


def recoded(offset: int, name: str, text: str = "first text", reports: int = 1, **more: object) -> Told:
    told = Told(offset, name, text, reports, coder=V2, origin=Origin("articles", 0, 0))
    return dataclasses.replace(told, **more)  # type: ignore[arg-type]


def test_only_articles_of_another_version_are_meant_in_their_current_text(
    lake: MemoryLake, lander: Lander
) -> None:
    land(lander, Told(0, "a"), Told(1, "b", coder=V2), Told(2, "c", text="old"), Told(3, "c", text="new"))
    land(lander, Told(4, "d", reports=0), Told(5, "e", reports=None), Told(6, "f", fails=True))
    assert named(lake) == ["a", "c", "d"]
    assert [s.article.text for s in meant(lake)] == ["first text", "new", "first text"]
    assert to_recode(V2).versions(lake) == ("coder 1",)


def test_an_article_comes_out_as_it_went_in(lake: MemoryLake, lander: Lander) -> None:
    told = Told(3, "a", "Text with a 🚨 in it.")
    land(lander, Told(0, "z"), told, to_offset=4)
    (stored,) = [s for s in meant(lake) if s.article.article_id == "a"]
    assert stored == StoredArticle(told.article, Origin("articles", 0, 3), None)


def test_they_come_in_order_of_publication_in_chunks_each_once(
    lake: MemoryLake, lander: Lander, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recoding, "KEYS_AT_ONCE", 3)
    monkeypatch.setattr(recoding, "TEXTS_AT_ONCE", 2)
    land(lander, *(Told(n, f"a{n}") for n in range(10)))
    day = datetime(2026, 3, 1, tzinfo=UTC)
    for n in range(10):  # 9 to 0, two on each day
        lake.execute(
            "UPDATE articles SET published_at = ? WHERE article_id = ?",
            [day - timedelta(days=n // 2), f"a{n}"],
        )
    assert named(lake) == ["a8", "a9", "a6", "a7", "a4", "a5", "a2", "a3", "a0", "a1"]


def test_articles_that_are_recoded_or_come_in_between_are_not_handed_out(
    lake: MemoryLake, lander: Lander, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recoding, "KEYS_AT_ONCE", 1)
    land(lander, Told(0, "a"), Told(1, "b"), Told(2, "c"))
    handed = to_recode(V2).articles(lake)
    assert next(handed).article.article_id == "a"
    land(lander, recoded(0, "b"), key=RECODE)
    land(lander, Told(3, "d"))
    assert [stored.article.article_id for stored in handed] == ["c"]
    assert named(lake) == ["a", "c", "d"]


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (RecodeFilter(sources=("Herald",)), ["a1", "a3"]),
        (
            RecodeFilter(sources=("Herald", "Example Herald"), until=datetime(2026, 3, 3, tzinfo=UTC)),
            ["a1", "a2"],
        ),
        (
            RecodeFilter(since=datetime(2026, 3, 2, tzinfo=UTC), until=datetime(2026, 3, 3, tzinfo=UTC)),
            ["a2"],
        ),
        (RecodeFilter(sources=("nobody",)), []),
    ],
)
def test_source_and_day_of_publication_narrow_it(
    lake: MemoryLake, lander: Lander, which: RecodeFilter, found: list[str]
) -> None:
    for n in (1, 2, 3):
        land(lander, Told(n, f"a{n}"), to_offset=n + 1) if n > 1 else land(
            lander, Told(0, "z"), Told(1, "a1")
        )
        lake.execute(
            "UPDATE articles SET published_at = ?, source = ? WHERE article_id = ?",
            [datetime(2026, 3, n, tzinfo=UTC), "Herald" if n % 2 else "Example Herald", f"a{n}"],
        )
    lake.execute("UPDATE articles SET published_at = '2026-04-01', source = 'other' WHERE article_id = 'z'")
    assert named(lake, V2, which) == found


def test_a_recoding_replaces_the_coding_and_keeps_the_old_reports(lake: MemoryLake, lander: Lander) -> None:
    land(lander, Told(0, "a", reports=2), Told(1, "b", reports=1))
    landed = land(lander, recoded(0, "a", reports=1), recoded(1, "b", reports=0), key=RECODE)
    assert (landed.codings, landed.reports, landed.skips) == (2, 1, 0)
    assert named(lake) == []
    assert one(lake, "SELECT count(*) FROM articles") == 2
    current = "SELECT coder_version, count(*) FROM reports WHERE superseded_by IS NULL GROUP BY ALL"
    assert lake.rows(current) == [(V2, 1)]
    assert one(lake, "SELECT count(*) FROM reports WHERE superseded_by IS NOT NULL") == 3
    assert audit(lake).broken == {}


@pytest.mark.parametrize(
    ("meanwhile", "why"),
    [(Told(1, "a", "newer text"), NEWER_TEXT), (Told(1, "a", coder=V2), SAME_VERSION)],
)
def test_a_recoding_that_comes_too_late_becomes_a_skip(
    lake: MemoryLake, lander: Lander, meanwhile: Told, why: str
) -> None:
    land(lander, Told(0, "a"))
    key = KEY if why == NEWER_TEXT else REPLAY
    land(lander, dataclasses.replace(meanwhile, offset=1 if key is KEY else 0), key=key)
    before = contents(lake, ("articles", "codings", "reports"))
    assert land(lander, recoded(0, "a"), key=RECODE).skips == 1
    assert contents(lake, ("articles", "codings", "reports")) == before
    assert lake.rows("SELECT reason, detail, ledger FROM skips") == [("duplicate", why, "@recode")]
    assert audit(lake).broken == {}


def fail_to_recode(lake: MemoryLake, lander: Lander) -> str:
    """Article `a` is coded, its recoding fails; gives the reject."""
    land(lander, Told(0, "a"))
    assert land(lander, recoded(0, "a", fails=True), key=RECODE).rejects == 1
    lake.execute("UPDATE rejects SET coder_version = ?", [V2])
    return str(one(lake, "SELECT reject_id FROM rejects WHERE status = 'open'"))


def test_an_article_whose_recoding_failed_waits_in_the_rejects(lake: MemoryLake, lander: Lander) -> None:
    reject = fail_to_recode(lake, lander)
    assert named(lake) == []  # not again by this version
    assert one(lake, "SELECT coder_version FROM codings WHERE superseded_by IS NULL") == "coder 1"
    (stored,) = meant(lake, "coder 3")
    assert stored.reject_id == reject
    land(lander, recoded(1, "a", coder="coder 3", reject_id=reject), key=RECODE)
    assert one(lake, "SELECT status FROM rejects") == "replayed"
    assert audit(lake).broken == {}


def test_a_newer_text_is_recoded_whatever_became_of_the_older_one(lake: MemoryLake, lander: Lander) -> None:
    fail_to_recode(lake, lander)
    lake.execute("UPDATE rejects SET ingested_at = ingested_at - INTERVAL 1 HOUR")
    land(lander, Told(1, "a", "newer text"))
    assert named(lake) == ["a"]


def test_the_replay_of_a_failed_recoding_never_replaces_a_newer_text(
    lake: MemoryLake, lander: Lander
) -> None:
    reject = fail_to_recode(lake, lander)
    land(lander, Told(1, "a", "newer text"))
    (tried,) = rejects_to_replay(lake)
    assert tried.reject_id == reject
    again = recoded(0, "a", reject_id=reject, origin=Origin(tried.topic, tried.partition, tried.offset))
    assert land(lander, again, key=REPLAY).skips == 1
    assert column(lake, "SELECT text_sha256 FROM codings WHERE superseded_by IS NULL") == [
        Told(1, "a", "newer text").article.text_sha256
    ]
    assert one(lake, "SELECT status FROM rejects") == "replayed"
    assert audit(lake).broken == {}


def test_the_replay_of_a_failed_recoding_lands_as_any_other(lake: MemoryLake, lander: Lander) -> None:
    reject = fail_to_recode(lake, lander)
    assert land(lander, recoded(0, "a", reject_id=reject), key=REPLAY).codings == 1
    assert one(lake, "SELECT coder_version FROM codings WHERE superseded_by IS NULL") == V2
    assert audit(lake).broken == {}


def test_a_trial_says_what_landing_then_says_and_lands_nothing(lake: MemoryLake, lander: Lander) -> None:
    create_views(lake)
    land(lander, Told(0, "a", reports=2), Told(1, "b", reports=1), Told(2, "c", reports=0))
    before = contents(lake)
    told = [recoded(0, "a", reports=1), recoded(1, "b", reports=1), recoded(2, "c", reports=3)]
    with Trial() as trial:
        for n, one_told in enumerate(told):  # one by one: nothing of a Batch stays for the next
            trial.add(lake, to_landing(coded_batch([one_told], n + 1, RECODE)))
    assert contents(lake) == before
    land(lander, *told, key=RECODE)
    landed = read_differences(lake, 0, 3)
    assert trial.differences == landed
    cell = Cell("Battles", "Mali", date(2026, 3, 1))
    # the reports of a Told have 0, 1, 2 deaths
    assert landed.figures == {cell: Figures(2, 0, 3, 1, fatalities_before=1, fatalities_after=3)}
    assert (landed.total.before, landed.total.after) == (3, 5)
    assert read_differences(lake, 1, 2).total == Figures(1, 0, 0, 0, 0, 0)


def test_a_trial_of_articles_that_all_fail_finds_nothing(lake: MemoryLake, lander: Lander) -> None:
    land(lander, Told(0, "a"))
    with Trial() as trial:
        trial.add(lake, to_landing(coded_batch([recoded(0, "a", fails=True)], 1, RECODE)))
        assert trial.differences.figures == {}
