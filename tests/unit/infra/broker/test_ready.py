"""When a broker counts as ready, and what is shown when it does not get there."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

from infra.broker.ports import free_port
from infra.broker.ready import client_answers, log_tail, port_answers, wait_ready


def test_a_process_that_ended_is_not_waited_for() -> None:
    assert wait_ready(free_port(), "id", 60, lambda: False) == "ended while starting"


def test_silence_has_a_bound() -> None:
    assert wait_ready(free_port(), "id", 0.2, lambda: True) == "did not answer within 0.2 s"


def test_a_port_that_accepts_but_speaks_no_kafka_is_not_ready() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def answer_once() -> None:
            server.accept()[0].close()

        thread = threading.Thread(target=answer_once)
        thread.start()
        assert port_answers(port)
        thread.join()
        assert not client_answers(port, "id", seconds=0.3)
    assert not port_answers(port)


def test_the_tail_is_the_last_lines_and_survives_broken_bytes(tmp_path: Path) -> None:
    log = tmp_path / "broker.log"
    log.write_bytes(b"\xff first\n" + b"".join(b"line %d\n" % n for n in range(10_000)))
    assert log_tail(log, lines=2) == "line 9998\nline 9999"
    assert log_tail(tmp_path / "none") == ""
