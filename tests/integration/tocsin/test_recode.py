"""`tocsin recode` on a real lake: once, killed in the middle, beside a running stream, and only tried."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Callable

import pytest

from connectors.publisher import RawRecord
from tests.kit.lake import contents
from tests.kit.rows import files_of
from tests.kit.streams import Stream, article, names, records
from tests.kit.versions import FAILS, SECOND, THIRD, second_version, third_version
from warehouse.audit import audit
from warehouse.lake import Lake

pytestmark = pytest.mark.integration

ARTICLES = 300
QUIET = article("quiet", text="The price of bread has not changed in the town for a year, the bakers said.")
CURRENT = "SELECT coder_version, count(*) FROM codings WHERE superseded_by IS NULL GROUP BY ALL ORDER BY ALL"
CODINGS_NOW = "SELECT article_id, count(*) FROM codings WHERE superseded_by IS NULL GROUP BY 1"
REVISED = "SELECT article_id FROM articles_latest WHERE starts_with(text, 'Soldiers')"
RECODED = "SELECT count(*) FROM codings WHERE ledger = '@recode'"


def fill(stream: Stream, count: int = ARTICLES) -> None:
    """A lake with this many articles that tell of an attack, and one that tells of nothing."""
    stream.folder.mkdir()
    lines = [record.value or b"" for record in records(count)]
    (stream.folder / "a.jsonl").write_bytes(b"\n".join([*lines, QUIET]) + b"\n")
    stream.run("backfill", "a.jsonl")


def recode(
    stream: Stream, *arguments: str, version: Callable[[], None] = second_version
) -> dict[str, object]:
    """`tocsin recode --json` by another version, to its end."""
    ended = stream.start("recode", "--json", *arguments, before=version).ended()
    assert ended.code == 0, ended.said
    found: dict[str, object] = json.loads(ended.out)
    return found


def assert_sound(stream: Stream) -> None:
    with Lake.open_read_only(stream.lake) as lake:
        assert audit(lake).differences == ()


def test_a_recoding_replaces_what_another_version_coded_and_says_what_differs(stream: Stream) -> None:
    fill(stream, 40)
    before = stream.rows("SELECT report_id, fatalities FROM reports_latest ORDER BY ALL")
    (deaths,) = {deaths for _, deaths in before}
    (first,) = {version for version, _ in stream.rows(CURRENT)}
    told = recode(stream)
    # of a-0 to a-39 four end in 1, four in 2; a-13 fails and keeps what it had
    assert (told["from_versions"], told["to_version"], told["rejects"]) == ([first], SECOND, 1)
    assert told["total"] == {
        "before": 39,
        "after": 35,
        "unchanged": 31,
        "changed": 4,
        "gained": 0,
        "lost": 4,
        "fatalities_before": 39 * deaths,
        "fatalities_after": 35 * deaths + 4,
    }
    assert told["changed_columns"] == {"fatalities": 4}
    assert_sound(stream)
    assert stream.rows(CURRENT) == [(first, 1), (SECOND, 40)]
    (sums,) = stream.rows("SELECT sum(reports_before), sum(reports_after), sum(lost) FROM recodings")
    assert sums == (39, 35, 4)
    kept = f"SELECT report_id, fatalities FROM tocsin.reports_of_version('{first}') ORDER BY ALL"
    assert stream.rows(kept) == before

    again = recode(stream)
    assert (again["articles_meant"], again["articles"], again["rejects"]) == (0, 0, 0)
    newest = recode(stream, version=third_version)
    assert (newest["articles"], newest["rejects"]) == (41, 0)
    assert newest["from_versions"] == sorted((first, SECOND))
    assert stream.rows("SELECT status, article_id FROM rejects") == [("replayed", FAILS)]
    assert stream.rows(CURRENT) == [(THIRD, 41)]
    assert_sound(stream)


def test_what_failed_in_a_recoding_can_be_replayed(stream: Stream) -> None:
    fill(stream, 20)
    recode(stream)
    replayed = stream.start("rejects", "replay", before=third_version).ended()
    assert replayed.out.startswith("1 tried again: 1 landed (1 reports)")
    assert stream.rows(CURRENT) == [(SECOND, 20), (THIRD, 1)]
    change = f"SELECT change, ledger FROM recoding_changes WHERE article_id = '{FAILS}'"
    assert stream.rows(change) == [("unchanged", "@replay")]
    assert_sound(stream)


def test_a_dry_run_says_the_same_and_touches_nothing(stream: Stream) -> None:
    fill(stream, 40)
    before = files_of(stream.lake)
    tried = recode(stream, "--dry-run")
    assert files_of(stream.lake) == before
    landed = recode(stream)
    assert tried.pop("dry_run") is True
    assert landed.pop("dry_run") is False
    assert tried == landed


def test_source_and_time_narrow_it(stream: Stream) -> None:
    stream.folder.mkdir()
    lines = [
        article(f"{source}-{day}", source=source, published_at=f"2024-05-{day:02}T09:00:00Z")
        for source in ("Gazette", "Herald")
        for day in range(1, 9)
    ]
    (stream.folder / "a.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    stream.run("backfill", "a.jsonl")
    told = recode(stream, "--source", "Herald", "--since", "2024-05-03", "--until", "2024-05-05T00:00:00Z")
    assert told["articles"] == 2
    done = stream.rows("SELECT article_id FROM codings WHERE ledger = '@recode' ORDER BY 1")
    assert done == [("Herald-3",), ("Herald-4",)]
    assert recode(stream)["articles"] == 14
    assert_sound(stream)


def test_a_recoding_that_is_ended_in_the_middle_gives_the_lake_of_one_that_was_not(
    new_stream: Callable[..., Stream],
) -> None:
    whole, cut = new_stream("whole"), new_stream("cut")
    fill(whole)
    shutil.copytree(whole.folder, cut.folder)
    recode(whole)
    landed = 0
    for kind in (signal.SIGTERM, signal.SIGKILL):
        running = cut.start("recode", before=second_version)
        cut.until(lambda landed=landed: cut.rows(RECODED)[0][0] > landed, "a Batch")  # type: ignore[misc]
        ended = running.end(kind)
        assert ended.code == (0 if kind is signal.SIGTERM else -kind), ended.said
        assert ("run it again to go on" in ended.last_line) == (kind is signal.SIGTERM)
        ((landed,),) = cut.rows(RECODED)
        assert landed < ARTICLES  # it was ended in the middle
        assert_sound(cut)
    recode(cut)
    assert_sound(cut)
    with Lake.open_read_only(whole.lake) as one, Lake.open_read_only(cut.lake) as other:
        assert contents(other) == contents(one)


def test_a_recoding_beside_a_running_stream_loses_and_doubles_nothing(stream: Stream) -> None:
    stream.publish(records(ARTICLES))
    running = stream.start("run")
    stream.until_coded(ARTICLES)
    recoding = stream.start("recode", "--json", before=second_version)
    # new articles, and new texts of old ones, while it is at work
    stream.publish(records(ARTICLES, first=ARTICLES))
    stream.publish(
        RawRecord(
            article(f"a-{n}", text=f"Soldiers shot dead two men in Kabul on Monday ({n})."), b"k", n % 3
        )
        for n in range(0, ARTICLES, 4)
    )
    assert recoding.ended().code == 0, recoding.said
    stream.until_coded(2 * ARTICLES)
    assert running.end().code == 0, running.said
    stream.catch_up()
    assert stream.audit().differences == ()
    assert dict(stream.rows(CODINGS_NOW)) == dict.fromkeys(names(2 * ARTICLES), 1)
    assert len(stream.rows(REVISED)) == ARTICLES // 4
    # what came meanwhile is recoded by the next one
    recode(stream)
    assert stream.audit().differences == ()
    assert stream.rows(CURRENT)[-1] == (SECOND, 2 * ARTICLES - 1)


def test_two_recodings_at_once_are_refused(stream: Stream) -> None:
    fill(stream)
    running = stream.start("recode", before=second_version)
    stream.until(lambda: stream.rows(RECODED)[0][0] > 0, "the first Batch")
    refused = stream.start("recode", before=second_version).ended()
    assert refused.code == 6
    assert f"pid {running.pid}" in refused.said
    assert running.ended().code == 0


def test_without_a_lake_none_is_made(stream: Stream) -> None:
    ended = stream.run("recode", code=5)
    assert "There is no lake" in ended.last_line
    assert not stream.lake.path.exists()
