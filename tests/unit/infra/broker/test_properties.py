"""The broker's settings."""

import re

from infra.broker.properties import server_properties


def settings(text: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in text.splitlines())


def test_every_address_is_on_loopback() -> None:
    text = server_properties(19092, 19093, "data")
    assert set(re.findall(r"\d+\.\d+\.\d+\.\d+", text)) == {"127.0.0.1"}
    assert settings(text)["listeners"] == "PLAINTEXT://127.0.0.1:19092,CONTROLLER://127.0.0.1:19093"


def test_a_message_of_32_mb_passes_the_broker_and_its_own_fetches() -> None:
    found = settings(server_properties(19092, 19093, "data"))
    assert found["message.max.bytes"] == found["replica.fetch.max.bytes"] == str(32 * 1024 * 1024)


def test_kafkas_own_topics_ask_for_no_more_replicas_than_there_are_nodes() -> None:
    found = settings(server_properties(19092, 19093, "data"))
    assert {value for name, value in found.items() if name.endswith(("replication.factor", "min.isr"))} == {
        "1"
    }


def test_a_dead_brokers_session_ends_soon_and_outlives_six_heartbeats() -> None:
    found = settings(server_properties(19092, 19093, "data"))
    session, heartbeat = int(found["broker.session.timeout.ms"]), int(found["broker.heartbeat.interval.ms"])
    assert 6 * heartbeat <= session <= 3000
