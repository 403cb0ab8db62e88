"""What `tocsin recode` prints: the figures by type, country and month, and one closing line."""

import json
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from pipelines.recode import Recoded, Recoding
from tocsin.recode_tables import MOST_ROWS, as_json, closing_line, print_differences
from warehouse.differences import Cell, Differences, Figures
from warehouse.recoding import RecodeFilter, ToRecode

MAY = date(2024, 5, 1)


def recoded(meant: int = 3, *, dry_run: bool = False) -> Recoded:
    what = ToRecode("2.b", RecodeFilter(), datetime.now(UTC))
    differences = Differences(
        {
            Cell("Battles", "Mali", MAY): Figures(1, 2, 3, 0, 5, 9),
            Cell("Battles", None, date(2024, 6, 1)): Figures(lost=1),
        },
        Counter(actor1=2, location=1),
    )
    return Recoded(Recoding("2.b", ("1.a",), meant, what), dry_run, 2, 6, 0, 1, differences)


def test_json_holds_the_figures_by_every_dimension() -> None:
    told = json.loads(json.dumps(as_json(recoded())))
    assert told["total"] == {
        "before": 4,
        "after": 6,
        "unchanged": 1,
        "changed": 2,
        "gained": 3,
        "lost": 1,
        "fatalities_before": 5,
        "fatalities_after": 9,
    }
    assert [row["event_type"] for row in told["by_event_type"]] == ["Battles"]
    assert [(row["country"], row["lost"]) for row in told["by_country"]] == [("(no country)", 1), ("Mali", 0)]
    assert [(row["month"], row["before"]) for row in told["by_month"]] == [("2024-05", 3), ("2024-06", 1)]
    assert told["changed_columns"] == {"actor1": 2, "location": 1}
    assert (told["from_versions"], told["to_version"], told["articles_meant"]) == (["1.a"], "2.b", 3)


def test_tables_show_them_to_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    print_differences(recoded().differences)
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["Mali", "3", "6", "1", "2", "3", "0", "5", "→", "9"] in lines
    assert ["2024-06", "1", "0", "0", "0", "0", "1", "0", "→", "0"] in lines
    assert ["changed", "columns:", "actor1", "2,", "location", "1"] in lines


def test_the_countries_that_changed_most_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    cells = {
        Cell("Riots", f"Country {n:02}", MAY): Figures(unchanged=9, lost=n) for n in range(MOST_ROWS + 2)
    }
    print_differences(Differences(cells))
    said = capsys.readouterr().out
    assert "Country 01" not in said
    assert f"Country {MOST_ROWS + 1:02}" in said
    assert "… and 2 more: tocsin sql 'FROM recodings'" in said


def test_no_differences_are_no_tables(capsys: pytest.CaptureFixture[str]) -> None:
    print_differences(Differences())
    assert capsys.readouterr().out == ""


def test_the_closing_line_says_what_was_done_and_what_is_left() -> None:
    line = closing_line(recoded())
    assert line == ("recoded from 1.a to 2.b: 2 articles, 0 skips, 1 rejects; reports 4 before, 6 after")
    assert closing_line(recoded(9)).endswith("; 6 articles are left: run it again to go on")
    assert closing_line(recoded(dry_run=True)).startswith("would be recoded from")
    assert closing_line(recoded(0)).startswith("nothing to recode")
