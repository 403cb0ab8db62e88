"""The doctor: each check on its own, none stops another, and each failure says what to do."""

import dataclasses
import gc
import sys
import warnings
from pathlib import Path

import pytest

from schemas.errors import BrokerUnreachable, CheckFailed
from tocsin import checks
from tocsin.config import Settings
from tocsin.doctor import Check, Finding, Verdict, examine, line
from warehouse.settings import LakeSettings

SETTINGS = Settings()


def lying_in(folder: Path) -> Settings:
    """Settings whose lake lies in a folder."""
    return Settings(lake=LakeSettings(folder=str(folder)))


def failing(error: Exception) -> Check:
    """A check that raises."""

    def look(_: Settings) -> str:
        raise error

    return Check("failing", look)


def test_a_check_that_holds_says_what_it_found() -> None:
    assert list(examine(SETTINGS, [Check("one", lambda _: "found")])) == [Finding("one", Verdict.OK, "found")]


def test_a_failure_says_what_to_do_and_stops_no_other() -> None:
    wrong = failing(BrokerUnreachable("Nobody answers.", "Start one."))
    first, second = examine(SETTINGS, [wrong, Check("two", lambda _: "found")])
    assert first == Finding("failing", Verdict.FAILED, "Nobody answers.", "Start one.")
    assert second.verdict is Verdict.OK


def test_whatever_a_library_raises_is_a_finding() -> None:
    (found,) = examine(SETTINGS, [failing(OSError("two\nlines"))])
    assert (found.verdict, found.said) == (Verdict.FAILED, "OSError: two lines")


def test_a_check_is_not_made_without_what_it_needs() -> None:
    needy = Check("needy", lambda _: "found", needs=("failing",))
    after = Check("after", lambda _: "found", needs=("needy",))
    _, found, last = examine(SETTINGS, [failing(CheckFailed("no")), needy, after])
    assert (found.verdict, found.said) == (Verdict.NOT_MADE, "not looked at without failing")
    assert last.verdict is Verdict.NOT_MADE


def test_a_line_has_a_mark_and_the_advice_below() -> None:
    assert line(Finding("disk", Verdict.OK, "9 GB")) == "✓ disk           9 GB"
    failed = line(Finding("disk", Verdict.FAILED, "0 GB", "Make room."))
    assert failed.splitlines()[0].startswith("✗ disk")
    assert failed.splitlines()[1].strip() == "→ Make room."


def test_every_check_that_is_needed_is_made_before() -> None:
    made: list[str] = []
    for check in checks.CHECKS:
        assert set(check.needs) <= set(made)
        made.append(check.name)
    assert len(set(made)) == len(made)


@pytest.mark.parametrize("name", ["codecs", "extensions", "gazetteer", "java", "language"])
def test_what_the_lock_file_installs_is_found(name: str) -> None:
    check = next(c for c in checks.CHECKS if c.name == name)
    (found,) = examine(SETTINGS, [check])
    assert found.verdict is Verdict.OK, found


def test_an_old_python_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4, "final", 0))
    with pytest.raises(CheckFailed, match=r"Python 3\.10\.4 is not supported"):
        checks.python(SETTINGS)


def test_a_codec_that_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from kafka import codec

    monkeypatch.setattr(codec, "has_lz4", lambda: False)
    with pytest.raises(CheckFailed, match="lz4 cannot be read"):
        checks.codecs(SETTINGS)


def test_no_lake_yet_is_no_failure(tmp_path: Path) -> None:
    settings = lying_in(tmp_path / "a" / "lake")
    assert "none yet" in checks.lake(settings)
    assert checks.lock(settings) == "free"
    assert not (tmp_path / "a").exists()


def test_a_gazetteer_that_is_not_built_yet_is_no_failure_and_is_not_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_CACHE_DIR", str(tmp_path))
    assert "not built yet" in checks.gazetteer(SETTINGS)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_LEAST_FREE_BYTES", 10**18)
    with pytest.raises(CheckFailed, match=r"Only .* GB free"):
        checks.disk(lying_in(tmp_path / "lake"))


def test_no_broker_is_told_within_seconds(tmp_path: Path) -> None:
    # port 9 (discard) is not served on loopback
    kafka = dataclasses.replace(SETTINGS.kafka, bootstrap_servers="127.0.0.1:9", bootstrap_timeout_ms=200)
    settings = Settings(kafka=kafka)
    wanted = [c for c in checks.CHECKS if c.name in ("broker", "topic")]
    with warnings.catch_warnings():
        # kafka-python forgets the socket of a refused connection to the garbage collector
        warnings.simplefilter("ignore", ResourceWarning)
        broker, topic = examine(settings, wanted)
        gc.collect()
    assert broker.verdict is Verdict.FAILED
    assert "tocsin broker start" in broker.advice
    assert topic.verdict is Verdict.NOT_MADE
