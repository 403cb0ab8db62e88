"""Lines to publish, and lines that cannot be."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.lines import Line, Refusal, parse, read_files, read_lines
from schemas.errors import InputError


def lines(text: bytes, most: int = 1000) -> list[Line | Refusal]:
    """What is read of this text."""
    return list(read_lines("f", io.BytesIO(text), most))


def test_a_line_keeps_its_bytes_and_is_keyed_by_its_source() -> None:
    assert lines(b'  {"source": "Le Monde", "text":"\xc3\xa9"} \r\n') == [
        Line("f", 1, b"Le Monde", b'{"source": "Le Monde", "text":"\xc3\xa9"}', 40)
    ]


@pytest.mark.parametrize("source", ["", None, 5, ["a"]])
def test_without_a_named_source_there_is_no_key(source: object) -> None:
    (line,) = lines(json.dumps({"source": source}).encode())
    assert isinstance(line, Line)
    assert line.key is None


def test_empty_lines_are_passed_over_and_counted_in_the_numbers() -> None:
    assert [line.number for line in lines(b"\n{}\n   \n\r\n{}")] == [2, 5]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"nope", "not JSON"),
        (b'{"a": NaN}', "not JSON"),
        (b'{"a": 1', "not JSON"),
        (b'{"a": "\xff"}', "not JSON"),
        (b"\xef\xbb\xbf{}", "not JSON"),
        (b'{"a": 1} {"b": 2}', "not JSON"),
        (b"[" * 5000, "not JSON"),
        (b"[1]", "not a JSON object but list"),
        (b"null", "not a JSON object but NoneType"),
        (b'"text"', "not a JSON object but str"),
    ],
)
def test_what_is_no_json_object_is_refused_with_its_place(text: bytes, reason: str) -> None:
    refused = parse("articles.jsonl", 7, text)
    assert isinstance(refused, Refusal)
    assert str(refused).startswith(f"articles.jsonl:7: {reason}")


def test_a_line_beyond_the_bound_is_refused_and_the_next_one_read() -> None:
    text = b'{"a": "%s"}\n{}\n' % (b"x" * 5_000_000)
    refused, line = lines(text, 100)
    assert isinstance(refused, Refusal)
    assert "5,000,010 bytes" in refused.reason or "5,000,009 bytes" in refused.reason
    assert isinstance(line, Line)
    assert (line.number, refused.read_bytes + line.read_bytes) == (2, len(text))


@given(st.lists(st.binary(max_size=30).filter(lambda b: b"\n" not in b)), st.integers(1, 40))
def test_every_byte_of_a_line_that_is_not_empty_is_accounted_for(parts: list[bytes], most: int) -> None:
    read = lines(b"\n".join(parts), most)
    empty = sum(1 for part in parts if not part.strip())
    assert len(read) >= len(parts) - empty - 1
    assert [line.number for line in read] == sorted({line.number for line in read})
    assert all(len(line.value) <= most for line in read if isinstance(line, Line))


def test_files_are_read_in_order_and_numbered_each_by_itself(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / name).write_bytes(b"{}\n{}\n")
    paths = [str(tmp_path / "b"), str(tmp_path / "a")]
    assert [(Path(line.file).name, line.number) for line in read_files(paths, 100)] == [
        ("b", 1),
        ("b", 2),
        ("a", 1),
        ("a", 2),
    ]


def test_a_file_that_is_missing_is_told_before_the_first_line_of_another(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"{}\n")
    with pytest.raises(InputError, match="gone"):
        next(iter(read_files([str(tmp_path / "a"), str(tmp_path / "gone")], 100)))


def test_a_dash_is_the_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"{}\nx\n")))
    read = list(read_files(["-"], 100))
    assert [(line.file, isinstance(line, Refusal)) for line in read] == [("stdin", False), ("stdin", True)]
