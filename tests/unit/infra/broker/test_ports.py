"""Loopback's ports."""

from __future__ import annotations

import os
import socket

import psutil
import pytest

from infra.broker.ports import free_port, is_free, port_holder


def test_a_free_port_is_free_and_is_not_the_excepted_one() -> None:
    port = free_port()
    assert is_free(port)
    assert all(free_port(but=port) != port for _ in range(20))


def test_a_port_with_a_listener_is_taken_and_its_holder_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert not is_free(port)
        holder = port_holder(port)
    assert holder is not None
    assert f"pid {os.getpid()}" in holder


def test_a_port_without_a_listener_has_no_holder() -> None:
    assert port_holder(free_port()) is None


def test_where_the_system_does_not_tell_the_holder_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(kind: str) -> None:
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil, "net_connections", refuse)
    assert port_holder(19092) is None
