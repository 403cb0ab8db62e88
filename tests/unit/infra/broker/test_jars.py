"""Jars: fetched once, checked always. The mirror is a folder, or a server on loopback that these tests start."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from infra.broker import jars as jars_module
from infra.broker.jars import cache_folder, fetch_jars, missing_jars
from infra.broker.lock import Jar
from infra.broker.ports import free_port
from schemas.errors import JarChecksumMismatch, JarDownloadFailed


def jar_of(content: bytes, artifact: str = "thing") -> Jar:
    return Jar("org.example", artifact, "1.0", len(content), hashlib.sha256(content).hexdigest())


def put(mirror: Path, jar: Jar, content: bytes) -> Path:
    path = mirror / "org/example" / jar.artifact / jar.version / jar.filename
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return path


@contextmanager
def server(handler: type[BaseHTTPRequestHandler] | partial[SimpleHTTPRequestHandler]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{http.server_address[1]}"
        http.shutdown()
        thread.join()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


class CutOff(BaseHTTPRequestHandler):
    """Answers with half of what it announces, as a broken line does."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "10")
        self.end_headers()
        self.wfile.write(b"conte")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jars_module, "_PAUSE_SECONDS", 0)


def test_jars_come_from_a_mirror_over_http_and_are_kept(tmp_path: Path) -> None:
    jar, other = jar_of(b"content"), jar_of(b"more", "other")
    put(tmp_path / "mirror", jar, b"content")
    put(tmp_path / "mirror", other, b"more")
    seen: list[Jar] = []
    with server(partial(Quiet, directory=str(tmp_path / "mirror"))) as url:
        paths = fetch_jars(
            [jar, other], folder=tmp_path / "cache", maven_repository=f"{url}/", on_download=seen.append
        )
    assert [path.read_bytes() for path in paths] == [b"content", b"more"]
    assert set(seen) == {jar, other}
    # the mirror is gone: a second start asks nobody
    assert fetch_jars([jar, other], folder=tmp_path / "cache", maven_repository=url) == paths


def test_a_folder_of_mavens_layout_is_a_mirror_and_is_left_as_it_was(tmp_path: Path) -> None:
    jar = jar_of(b"content")
    original = put(tmp_path / "mirror", jar, b"content")
    (path,) = fetch_jars([jar], folder=tmp_path / "cache", maven_repository=str(tmp_path / "mirror"))
    assert path.read_bytes() == b"content"
    assert original.read_bytes() == b"content"


def test_a_jar_that_was_changed_in_the_cache_is_fetched_anew(tmp_path: Path) -> None:
    jar = jar_of(b"content")
    put(tmp_path / "mirror", jar, b"content")
    cache = tmp_path / "cache"
    (path,) = fetch_jars([jar], folder=cache, maven_repository=str(tmp_path / "mirror"))
    path.write_bytes(b"evilent")
    assert missing_jars([jar], cache) == [jar]
    fetch_jars([jar], folder=cache, maven_repository=str(tmp_path / "mirror"))
    assert path.read_bytes() == b"content"


def test_a_mirror_with_another_content_is_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    jar = jar_of(b"content")
    put(tmp_path / "mirror", jar, b"another")
    with pytest.raises(JarChecksumMismatch) as caught:
        fetch_jars([jar], folder=tmp_path / "cache", maven_repository=str(tmp_path / "mirror"))
    assert caught.value.jar == "org.example:thing:1.0"
    assert caught.value.expected_sha256 == jar.sha256
    assert caught.value.found_sha256 == hashlib.sha256(b"another").hexdigest()
    assert not list((tmp_path / "cache").glob("*.jar"))
    assert not list((tmp_path / "cache").glob(".incoming-*"))


def test_a_cut_off_answer_is_never_taken_for_the_jar(tmp_path: Path) -> None:
    with server(CutOff) as url, pytest.raises(JarChecksumMismatch) as caught:
        fetch_jars([jar_of(b"content")], folder=tmp_path / "cache", maven_repository=url)
    assert caught.value.size_bytes == len(b"conte")


def test_a_jar_that_the_mirror_lacks_is_named_with_the_setting_that_helps(tmp_path: Path) -> None:
    with (
        server(partial(Quiet, directory=str(tmp_path))) as url,
        pytest.raises(JarDownloadFailed) as caught,
    ):
        fetch_jars([jar_of(b"content")], folder=tmp_path / "cache", maven_repository=url)
    assert caught.value.jar == "org.example:thing:1.0"
    assert "404" in caught.value.reason
    assert "maven_repository" in str(caught.value)


@pytest.mark.parametrize(
    "repository", ["not an address", "gopher://127.0.0.1/", f"http://127.0.0.1:{free_port()}"]
)
def test_a_mirror_that_cannot_be_reached_is_a_failed_download(tmp_path: Path, repository: str) -> None:
    with pytest.raises(JarDownloadFailed) as caught:
        fetch_jars([jar_of(b"content")], folder=tmp_path / "cache", maven_repository=repository)
    assert repository.rstrip("/") in caught.value.url


def test_what_a_killed_download_left_is_cleared_away(tmp_path: Path) -> None:
    jar = jar_of(b"content")
    put(tmp_path / "mirror", jar, b"content")
    left = tmp_path / "cache" / ".incoming-dead"
    left.mkdir(parents=True)
    fetch_jars([jar], folder=tmp_path / "cache", maven_repository=str(tmp_path / "mirror"))
    assert not left.exists()


def test_the_cache_lies_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TOCSIN_CACHE_DIR", str(tmp_path))
    assert cache_folder() == tmp_path / "jars"
    monkeypatch.delenv("TOCSIN_CACHE_DIR")
    assert cache_folder() == Path.home() / ".cache/tocsin/jars"
