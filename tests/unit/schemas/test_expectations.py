"""The suites: fresh, named, explained, and Great Expectations' own JSON."""

import json
import re
import warnings
from pathlib import Path

import pytest

from schemas.errors import ExpectationError
from schemas.expectations.__main__ import SUITES, write_suites
from schemas.expectations.suite import SUITE_NAMES, Suite, load_suite, parse_suite, suite_text


def all_suites() -> list[Suite]:
    return [load_suite(name) for name in SUITE_NAMES]


def test_the_json_beside_the_module_is_what_the_rules_write(tmp_path: Path) -> None:
    write_suites(tmp_path)
    for name in SUITE_NAMES:
        assert (tmp_path / f"{name}.json").read_text(encoding="utf-8") == suite_text(name), (
            "run `python -m schemas.expectations`"
        )


def test_the_suites_that_are_written_are_the_suites_that_are_loaded() -> None:
    assert tuple(suite.name for suite in SUITES) == SUITE_NAMES
    for suite in SUITES:
        assert [e.name for e in load_suite(suite.name).expectations] == [e.name for e in suite.expectations]


@pytest.mark.parametrize("name", SUITE_NAMES)
def test_great_expectations_loads_a_suite_and_writes_the_same_json_back(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GX_ANALYTICS_ENABLED", "False")
    warnings.filterwarnings("ignore", r"module 'sre_\w+' is deprecated", DeprecationWarning)
    from great_expectations.core.expectation_suite import ExpectationSuite

    written = json.loads(suite_text(name))
    loaded = ExpectationSuite(**json.loads(suite_text(name)))
    assert loaded.to_json_dict() == written


def test_every_expectation_has_its_own_name_across_suites() -> None:
    names = [e.name for suite in all_suites() for e in suite.expectations]
    assert sorted(names) == sorted(set(names))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{4,60}", name) for name in names)


def test_every_expectation_is_explained_in_a_sentence_and_says_its_source() -> None:
    for suite in all_suites():
        for e in suite.expectations:
            assert e.sentence.endswith("."), e.name
            assert e.source.endswith("."), e.name


def _suite(*expectations: dict[str, object]) -> str:
    return json.dumps({"name": "s", "expectations": list(expectations), "meta": {}})


SOUND: dict[str, object] = {"type": "k", "kwargs": {}, "meta": {"name": "n"}, "severity": "warning"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (_suite({**SOUND, "meta": {}}), "has no name"),
        (_suite({**SOUND, "severity": "info"}), "'info'"),
        (_suite({k: v for k, v in SOUND.items() if k != "severity"}), "severity None"),
        (_suite(SOUND, SOUND), "two expectations are named n"),
    ],
)
def test_an_expectation_whose_verdict_could_not_be_told_apart_is_refused(text: str, says: str) -> None:
    with pytest.raises(ExpectationError, match=says):
        parse_suite(text)
