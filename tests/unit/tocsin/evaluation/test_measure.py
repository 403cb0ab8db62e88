"""Measuring: articles and gold are read together; what cannot be used is named before anything is coded."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.coding.settings import CoderSettings
from schemas.errors import InputError
from schemas.precision import Scope
from tocsin.evaluation.measure import Measured, measure, refused

TEXT = "On 3 March 2022, gunmen shot dead three farmers in Zamfara, Nigeria. Written for a test; nothing of it happened."
ARTICLE = {"article_id": "a", "text": TEXT, "published_at": "2022-03-04T00:00:00Z", "language": "en"}
EVENT = {
    "article_id": "a", "event_date": "2022-03-03", "sub_event_type": "Attack", "country": "Nigeria", "fatalities": 3,
}  # fmt: skip


def measured(
    folder: Path, articles: list[Any], events: list[Any], scope: Scope = Scope.POLITICAL
) -> Measured:
    """What two files of these give."""
    (folder / "a.jsonl").write_text("".join(json.dumps(a) + "\n" for a in articles))
    (folder / "g.jsonl").write_text("".join(json.dumps(e) + "\n" for e in events))
    return measure(str(folder / "a.jsonl"), folder / "g.jsonl", CoderSettings(scope=frozenset({scope})))


def test_articles_are_judged_in_their_order(tmp_path: Path) -> None:
    quiet = {**ARTICLE, "article_id": "b", "text": "The library opens at nine."}
    first, second = measured(tmp_path, [quiet, ARTICLE], [EVENT]).judged
    assert first.is_quiet
    assert second.found == 1
    assert second.invented == ()


def test_gold_of_another_scope_is_not_due(tmp_path: Path) -> None:
    (one,) = measured(tmp_path, [ARTICLE], [{**EVENT, "scope": "criminal"}]).judged
    assert one.is_quiet
    assert len(one.invented) == 1


def test_an_article_in_another_language_is_named_and_has_no_reports(tmp_path: Path) -> None:
    french = {**ARTICLE, "language": "fr"}
    found = measured(tmp_path, [french], [EVENT])
    assert found.judged[0].found == 0
    assert next(iter(refused(found))).startswith("line 1: unsupported_language")


@pytest.mark.parametrize(
    ("articles", "reason"),
    [
        ([ARTICLE, {"title": "x", "published_at": "2022-03-04T00:00:00Z"}], "line 2 is no article"),
        ([{"article_id": "a", "text": TEXT}], "line 1 has no published_at"),
        ([ARTICLE, ARTICLE], "line 2: a second article with the id 'a'"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, articles: list[Any], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        measured(tmp_path, articles, [])
