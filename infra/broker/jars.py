"""Knows how the broker's jars come to this machine: downloaded once, checked against the lock at every start."""

from __future__ import annotations

import fcntl
import hashlib
import importlib
import logging
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError

from infra.broker.lock import Jar
from schemas.errors import JarChecksumMismatch, JarDownloadFailed

CACHE_VARIABLE = "TOCSIN_CACHE_DIR"
# Small files, so the round trips are what takes time; more than 8 gained nothing.
_DOWNLOADS_AT_ONCE = 8
_ATTEMPTS = 3
_PAUSE_SECONDS = 0.5
_INCOMING = ".incoming-"
# Beam opens its URL without a timeout: a silent mirror would hang the start for ever.
_SILENCE_SECONDS = 30.0


def cache_folder() -> Path:
    """Where jars are kept: `jars` under TOCSIN_CACHE_DIR, or under `~/.cache/tocsin`."""
    return Path(os.environ.get(CACHE_VARIABLE) or Path.home() / ".cache" / "tocsin") / "jars"


def fetch_jars(
    jars: Sequence[Jar],
    *,
    folder: Path | None = None,
    maven_repository: str | None = None,
    on_download: Callable[[Jar], None] | None = None,
) -> tuple[Path, ...]:
    """The paths of all jars, in order, each with the SHA-256 of the lock; what lacks is downloaded.

    `maven_repository` is a mirror's address or a folder of Maven's layout; without it, Beam's own default. A jar in
    the cache with another sum is fetched anew. Several processes may call this on one cache: one downloads. Only a
    checked jar ever gets its final name, so a kill in between leaves nothing to repair.
    `on_download` is called (from worker threads) after each downloaded jar. Raises JarDownloadFailed,
    JarChecksumMismatch.
    """
    target = folder or cache_folder()
    if missing_jars(jars, target):
        with _one_at_a_time(target):
            _download_all(missing_jars(jars, target), target, maven_repository, on_download)
    return tuple(target / jar.filename for jar in jars)


def missing_jars(jars: Sequence[Jar], folder: Path) -> list[Jar]:
    """The jars that the folder lacks, or holds with another SHA-256. 45 MB are summed in about 0.1 s."""
    return [jar for jar in jars if _sha256(folder / jar.filename) != jar.sha256]


def _sha256(path: Path) -> str | None:
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        for left in folder.glob(f"{_INCOMING}*"):  # by a download that was killed: we are alone here now
            shutil.rmtree(left, ignore_errors=True)
        yield


def _download_all(
    jars: Sequence[Jar], folder: Path, repository: str | None, on_download: Callable[[Jar], None] | None
) -> None:
    def one(jar: Jar) -> None:
        _download(jar, folder, repository)
        if on_download:
            on_download(jar)

    _import_beam()
    with _patient_sockets(), ThreadPoolExecutor(_DOWNLOADS_AT_ONCE) as threads:
        try:
            list(threads.map(one, jars))
        except BaseException:
            threads.shutdown(cancel_futures=True)
            raise


def _download(jar: Jar, folder: Path, repository: str | None) -> None:
    """One jar into the folder, tried three times: a cut-off answer has a wrong sum, and passes like a lost one."""
    for attempt in range(1, _ATTEMPTS):
        try:
            return _download_once(jar, folder, repository)
        except (JarDownloadFailed, JarChecksumMismatch):
            time.sleep(_PAUSE_SECONDS * attempt)
    return _download_once(jar, folder, repository)


def _download_once(jar: Jar, folder: Path, repository: str | None) -> None:
    with tempfile.TemporaryDirectory(prefix=_INCOMING, dir=folder) as incoming:
        url, path = _beam_fetch(jar, Path(incoming), repository)
        found = _sha256(path)
        if found != jar.sha256:
            raise JarChecksumMismatch(jar.coordinates, url, jar.sha256, str(found), path.stat().st_size)
        # A mirror that is a folder gives its own path back: that file is the mirror's, so it is copied.
        checked = shutil.copy(path, Path(incoming) / f"{jar.filename}.checked")
        Path(checked).replace(folder / jar.filename)


def _beam_fetch(jar: Jar, incoming: Path, repository: str | None) -> tuple[str, Path]:
    """The address and the downloaded file, through Beam's own downloader (it honours Beam's mirrors)."""
    from apache_beam.utils.subprocess_server import JavaJarServer

    source = (repository or JavaJarServer.MAVEN_CENTRAL_REPOSITORY).rstrip("/")
    url = JavaJarServer.path_to_maven_jar(jar.artifact, jar.group, jar.version, repository=source)
    try:
        return url, Path(JavaJarServer.local_jar(url, cache_dir=str(incoming)))
    except (OSError, RuntimeError, ValueError, HTTPException) as error:
        if isinstance(error.__context__, HTTPError):
            error.__context__.close()  # Beam leaves the refusal's connection open
        raise JarDownloadFailed(jar.coordinates, url, str(error)) from error


def _import_beam() -> None:
    """Imports Beam's downloader without Beam's warning of an extra that it lacks and nobody here wants.

    Before the threads: what is switched off meanwhile is switched off for the whole process.
    """
    disabled = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        importlib.import_module("apache_beam.utils.subprocess_server")
    finally:
        logging.disable(disabled)


@contextmanager
def _patient_sockets() -> Iterator[None]:
    """A silence limit on new sockets, and Beam's 46 warnings (it cannot know that we check sums) held back."""
    log = logging.getLogger("apache_beam.utils.subprocess_server")
    level, timeout = log.level, socket.getdefaulttimeout()
    log.setLevel(logging.ERROR)
    socket.setdefaulttimeout(_SILENCE_SECONDS)
    try:
        yield
    finally:
        socket.setdefaulttimeout(timeout)
        log.setLevel(level)
