"""The lock file of the broker's jars."""

import re
from pathlib import Path

import pytest

from infra.broker.lock import KAFKA_LOCK, KAFKA_VERSION, Jar, read_lock


def test_the_lock_holds_the_46_jars_of_kafka_once_each() -> None:
    jars = read_lock()
    assert len(jars) == 46
    assert len({jar.filename for jar in jars}) == 46
    assert f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}" in {jar.coordinates for jar in jars}


def test_slf4j_simple_has_the_version_of_its_api() -> None:
    versions = {jar.artifact: jar.version for jar in read_lock()}
    assert versions["slf4j-simple"] == versions["slf4j-api"]


def test_every_sum_is_a_sha256_and_every_size_is_positive() -> None:
    for jar in read_lock():
        assert re.fullmatch(r"[0-9a-f]{64}", jar.sha256)
        assert jar.size_bytes > 0


def test_the_lock_names_no_address() -> None:
    assert "://" not in KAFKA_LOCK.read_text(encoding="utf-8")


def test_comments_and_empty_lines_are_passed_over(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.write_text("# a comment\n\norg.example:thing:1.0  12  ab\n")
    assert read_lock(lock) == (Jar("org.example", "thing", "1.0", 12, "ab"),)
    assert read_lock(lock)[0].filename == "thing-1.0.jar"


def test_a_line_of_another_form_is_refused(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.write_text("org.example:thing 12 ab\n")
    with pytest.raises(ValueError, match="unpack"):
        read_lock(lock)
