"""Knows loopback's ports: which are free, and who holds one that is not."""

from __future__ import annotations

import socket

import psutil

LOOPBACK = "127.0.0.1"


def free_port(but: int = 0) -> int:
    """A loopback port, not `but`, that was free a moment ago; whoever binds it may still come second."""
    with _socket() as probe:
        probe.bind((LOOPBACK, 0))
        port = int(probe.getsockname()[1])
    return port if port != but else free_port(but)


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with _socket() as probe:
        try:
            probe.bind((LOOPBACK, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def port_holder(port: int) -> str | None:
    """`NAME (pid N, in FOLDER)` of the process that listens on the port; None where the system does not tell us.

    For a broker of ours the folder says which one.
    """
    try:
        sockets = psutil.net_connections("tcp")
        pid = next(
            (s.pid for s in sockets if s.status == psutil.CONN_LISTEN and s.laddr.port == port and s.pid),
            None,
        )
        return f"{psutil.Process(pid).name()} (pid {pid}, in {psutil.Process(pid).cwd()})" if pid else None
    except psutil.Error:
        return None


def _socket() -> socket.socket:
    probe = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # Like Java's server sockets: connections that linger in TIME_WAIT after a restart do not hold the port.
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return probe
