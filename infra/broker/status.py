"""Knows what can be said of a broker at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from infra.broker.folder import BrokerFolder
from infra.broker.ready import client_answers, port_answers
from infra.broker.storage import cluster_id


class BrokerState(StrEnum):
    """What `status` can say of a broker."""

    STOPPED = "stopped"
    RUNNING = "running"
    SILENT = "silent"  # the process lives but no client gets an answer: it starts, stops or hangs


@dataclass(frozen=True, slots=True)
class BrokerStatus:
    """A broker at one moment. `pid`, `port` and `started_at` (RFC 3339) are None where no broker is known to run."""

    state: BrokerState
    folder: Path
    log: Path
    pid: int | None = None
    port: int | None = None
    started_at: str | None = None


def broker_status(folder: BrokerFolder) -> BrokerStatus:
    """The status of the folder's broker, from its lock and a real client's call (2 s at most). Changes nothing."""
    if not folder.is_owned():
        return BrokerStatus(BrokerState.STOPPED, folder.path, folder.log)
    record = folder.read_record()
    if record is None:  # a start that still fetches or formats
        return BrokerStatus(BrokerState.SILENT, folder.path, folder.log)
    answers = port_answers(record.port) and client_answers(record.port, cluster_id(folder))
    state = BrokerState.RUNNING if answers else BrokerState.SILENT
    return BrokerStatus(state, folder.path, folder.log, record.pid, record.port, record.started_at)
