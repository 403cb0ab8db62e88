"""The bar of the download."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from infra.broker import progress
from infra.broker.lock import Jar

JAR = Jar("org.example", "thing", "1.0", 2_000_000, "ab")


def test_a_full_cache_shows_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "read_lock", lambda: ())
    screen = io.StringIO()
    with progress.download_progress(Console(file=screen), tmp_path) as on_download:
        assert on_download is None
    assert screen.getvalue() == ""


def test_the_bar_counts_the_bytes_of_what_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "read_lock", lambda: (JAR, JAR))
    screen = io.StringIO()
    with progress.download_progress(Console(file=screen, width=120), tmp_path) as on_download:
        assert on_download is not None
        on_download(JAR)
    assert "2.0/4.0 MB" in screen.getvalue()
