"""Knows how a data folder is made: formatted once by Kafka's own tool, whole or not at all."""

from __future__ import annotations

import base64
import shutil
import subprocess
import uuid
from collections.abc import Sequence
from pathlib import Path

from infra.broker.folder import BrokerFolder
from infra.broker.properties import server_properties
from schemas.errors import BrokerNotReady

# It takes 0.7 s; a machine under load may need much longer, and waiting costs nothing.
_FORMAT_SECONDS = 60.0


def format_storage(folder: BrokerFolder, java: Sequence[str]) -> None:
    """Formats the data folder unless it is formatted. `java` is the command line up to the main class.

    The tool works beside the final name, which is given at the end: a kill in between leaves no half-made folder.
    Raises BrokerNotReady with what the tool printed.
    """
    if cluster_id(folder) is not None:
        return
    fresh = folder.path / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    settings = folder.path / "format.properties"
    # The ports are not stored; the tool merely wants a whole configuration.
    settings.write_text(server_properties(9092, 9093, fresh.name), encoding="utf-8")
    _run(
        [*java, "kafka.tools.StorageTool", "format", "-t", new_cluster_id(), "-c", settings.name], folder.path
    )
    settings.unlink()
    fresh.replace(folder.data)


def cluster_id(folder: BrokerFolder) -> str | None:
    """The cluster id that the data folder was formatted with; None where it is not formatted."""
    try:
        lines = (folder.data / "meta.properties").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    return next((line.removeprefix("cluster.id=") for line in lines if line.startswith("cluster.id=")), None)


def new_cluster_id() -> str:
    """A fresh cluster id in Kafka's form: a UUID in 22 characters of URL-safe base64, the first no dash."""
    while True:
        text = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode("ascii").rstrip("=")
        if not text.startswith("-"):  # Kafka's own rule: tools would take it for an option
            return text


def _run(command: Sequence[str], cwd: Path) -> None:
    try:
        subprocess.run(
            command,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_FORMAT_SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        said = (error.stdout or b"") + (error.stderr or b"")
        raise BrokerNotReady(
            "could not format its data folder", str(cwd), said.decode("utf-8", "replace")[-2000:]
        ) from error
