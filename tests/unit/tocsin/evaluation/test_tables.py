"""The figures as tables, as JSON and as Markdown."""

import json

from rich.console import Console

from pipelines.evaluating.calibration import Bin
from pipelines.evaluating.figures import figures
from pipelines.evaluating.share import Share
from tests.kit.evaluated import gold, judged, told
from tocsin.evaluation.accuracy import table
from tocsin.evaluation.as_json import as_json
from tocsin.evaluation.tables import bar, interval, percent, tables

FOUND = figures([judged([gold()], [told(1)]), judged([gold()], []), judged([], [])])


def test_the_tables_show_percentages_with_intervals_and_numbers() -> None:
    console = Console(record=True, width=100, force_terminal=True)
    for shown in tables(FOUND):
        console.print(shown)
    text = console.export_text()
    for words in (
        "recall",
        "50.0",
        "9.5-90.5",
        "Armed clash",
        "fatalities, where any died",
        "calibration error",
    ):
        assert words in text


def test_nothing_is_a_dash() -> None:
    assert (percent(None), interval(Share(0, 0))) == ("-", "-")


def test_a_bar_is_filled_to_what_is_right_and_struck_where_it_was_stated() -> None:
    drawn = bar(Bin(0.8, 0.9, 0.88, Share(1, 2)))
    assert len(drawn) == 25
    assert drawn.index("│") == 22
    assert drawn.count("█") == 12


def test_json_holds_every_figure() -> None:
    told_so = json.loads(as_json(FOUND))
    assert told_so["events"]["recall"] == {"percent": 50.0, "interval": [9.45, 90.55], "right": 1, "n": 2}
    assert told_so["columns"]["country"]["of_found"]["percent"] == 100.0
    assert told_so["calibration"]["bins"][0]["right"]["n"] == 1
    assert told_so["sub_event_types"]["Armed clash"]["found"]["right"] == 1


def test_markdown_has_a_row_for_every_column() -> None:
    text = table(FOUND)
    assert "| events, recall | 50.0 | 9.5-90.5 | 2 |" in text
    assert all(f"| {column.name} |" in text for column in FOUND.columns)
