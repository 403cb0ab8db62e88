"""The gold's lines: read into events, or refused with the line and the reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.evaluating.gold import read_gold
from schemas.errors import InputError
from schemas.taxonomy import EventType

LINE: dict[str, Any] = {
    "article_id": "a", "event_date": "2026-03-02", "sub_event_type": "Armed clash", "country": "Mali",
}  # fmt: skip


def read(folder: Path, *lines: str) -> Any:
    """What a file of these lines gives, with one known article."""
    path = folder / "gold.jsonl"
    path.write_text("\n".join(lines))
    return read_gold(path, {"a"})


def test_a_line_is_an_event_and_knows_which_columns_it_has(tmp_path: Path) -> None:
    (event,) = read(tmp_path, json.dumps(LINE), "")["a"]
    assert event.kind is EventType.BATTLES
    assert event.last_day == event.event_date
    assert "actor1" not in event.model_fields_set
    assert event.main


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Invalid JSON"),
        ('{"article_id": "a", "set": "x", "events": []}', "is missing"),
        (json.dumps({**LINE, "labels": []}), "`labels` is no column of the gold"),
        (json.dumps({**LINE, "sub_event_type": "Skirmish"}), "`sub_event_type` Input should be"),
        (json.dumps({**LINE, "event_type": "Riots"}), "Armed clash is no Riots"),
        (json.dumps({**LINE, "event_date_end": "2026-03-01"}), "event_date_end lies before event_date"),
        (json.dumps({**LINE, "fatalities": -1}), "`fatalities`"),
        (json.dumps({**LINE, "article_id": "b"}), "no article has the id 'b'"),
    ],
)
def test_a_line_of_another_shape_is_refused_with_its_number(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(InputError) as refused:
        read(tmp_path, json.dumps(LINE), line)
    assert "gold.jsonl line 2" in refused.value.message
    assert reason in refused.value.message
    assert "\n" not in str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.jsonl cannot be read"):
        read_gold(tmp_path / "nowhere.jsonl", set())
