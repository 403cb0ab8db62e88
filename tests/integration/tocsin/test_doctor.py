"""The doctor beside a real broker, a real topic and a real lake."""

import dataclasses
import gc
import os
import warnings
from pathlib import Path

import pytest

from connectors.settings import KafkaSettings, SecurityProtocol
from infra.broker.server import Broker
from tocsin import checks
from tocsin.config import Settings
from tocsin.doctor import Finding, Verdict, examine
from warehouse.lake import Lake
from warehouse.lock import writer_lock
from warehouse.migrations import NEWEST
from warehouse.settings import LakeSettings

pytestmark = pytest.mark.integration


def settings_for(broker: Broker, topic: str, lake: Path) -> Settings:
    """Settings of a test's own broker and lake."""
    kafka = KafkaSettings(bootstrap_servers=broker.bootstrap_servers, topic=topic)
    return Settings(kafka=kafka, lake=LakeSettings(folder=str(lake)))


def findings(settings: Settings) -> dict[str, Finding]:
    """What every check of the doctor finds."""
    return {f.name: f for f in examine(settings, checks.CHECKS)}


def test_with_everything_there_every_check_holds(broker: Broker, topic: str, tmp_path: Path) -> None:
    settings = settings_for(broker, topic, tmp_path / "lake")
    with Lake.create_or_open(settings.lake):
        found = findings(settings)
    assert {f.verdict for f in found.values()} == {Verdict.OK}, found
    assert found["broker"].said.endswith("1 broker")
    assert found["topic"].said == f"{topic} has 3 partitions"
    assert found["lake"].said.endswith(f"form {NEWEST}")


def test_a_topic_that_is_not_there_is_told_and_not_made(broker: Broker, tmp_path: Path) -> None:
    settings = settings_for(broker, "no-such-topic", tmp_path)
    for _ in range(2):
        found = findings(settings)["topic"]
        assert found.verdict is Verdict.FAILED
        assert "no-such-topic" in found.said


def test_a_writer_is_named(broker: Broker, topic: str, tmp_path: Path) -> None:
    settings = settings_for(broker, topic, tmp_path / "lake")
    with Lake.create_or_open(settings.lake), writer_lock(settings.lake):
        assert f"pid {os.getpid()}" in checks.lock(settings)
    assert checks.lock(settings) == "free"


def test_a_damaged_catalog_is_told(broker: Broker, topic: str, tmp_path: Path) -> None:
    settings = settings_for(broker, topic, tmp_path)
    settings.lake.catalog_path.write_bytes(b"this is no database" * 100)
    found = findings(settings)["lake"]
    assert found.verdict is Verdict.FAILED
    assert str(tmp_path) in found.said


def test_a_wrong_protocol_is_told_with_what_to_do(broker: Broker, topic: str, tmp_path: Path) -> None:
    settings = settings_for(broker, topic, tmp_path)
    wrong = dataclasses.replace(
        settings.kafka, security_protocol=SecurityProtocol.SSL, bootstrap_timeout_ms=1000
    )
    with warnings.catch_warnings():
        # kafka-python forgets the sockets of refused connections to the garbage collector
        warnings.simplefilter("ignore", ResourceWarning)
        found = findings(Settings(kafka=wrong, lake=settings.lake))
        gc.collect()
    assert found["broker"].verdict is Verdict.FAILED
    assert "kafka.security_protocol" in found["broker"].advice
