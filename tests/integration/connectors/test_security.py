"""TLS, mutual TLS and SASL against a real broker that asks for them; and what is said when they are wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from kafka.admin import ScramMechanism, UserScramCredentialUpsertion

import infra.broker.server
from connectors.publisher import RawRecord, publish_raw
from connectors.reader import SlotReader
from connectors.settings import KafkaSettings, ReadSettings, SaslMechanism, SecurityProtocol
from connectors.topics import create_topic, describe_topic
from infra.broker.ports import free_port
from infra.broker.properties import server_properties
from infra.broker.server import Broker
from schemas.errors import BrokerRefused, BrokerUnreachable, ConfigError
from tests.kit.broker import admin, started_broker
from tests.kit.certificates import authority, signed
from tests.kit.ledgers import MemoryLedgers, drain

pytestmark = [
    pytest.mark.integration,
    pytest.mark.usefixtures("no_sockets_left"),
    pytest.mark.filterwarnings(
        "ignore:unclosed <s:ResourceWarning"
    ),  # kafka-python's, when it is turned away
]

PASSWORD = "a secret of the tests"


@dataclass(frozen=True, slots=True)
class Secured:
    """A broker with three more doors, and the files to pass them."""

    broker: Broker
    folder: Path
    tls: str
    mutual: str
    sasl: str

    @property
    def authority(self) -> str:
        """The file of the authority that signed the broker's certificate."""
        return str(self.folder / "authority.pem")


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    """A broker that also listens with TLS, with TLS both ways, and with TLS and a login."""
    folder = tmp_path_factory.mktemp("secured")
    ca = authority()
    (folder / "authority.pem").write_bytes(ca.certificate_pem())
    server = signed(ca, "broker")
    (folder / "server.pem").write_bytes(server.key_pem() + server.certificate_pem())
    signed(ca, "reader").write(folder, "reader", PASSWORD.encode())
    doors = [free_port(), free_port(), free_port()]

    def with_doors(port: int, controller_port: int, log_dirs: str) -> str:
        return server_properties(port, controller_port, log_dirs) + _doors(
            port, controller_port, doors, folder
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(infra.broker.server, "server_properties", with_doors)
        broker = started_broker(folder / "broker")
    try:
        _add_user(broker)
        yield Secured(broker, folder, *(f"127.0.0.1:{door}" for door in doors))
    finally:
        broker.stop()


def _add_user(broker: Broker) -> None:
    """Kafka keeps the users of SCRAM itself."""
    with admin(broker.bootstrap_servers) as kafka:
        kafka.alter_user_scram_credentials(
            [UserScramCredentialUpsertion("scram", ScramMechanism.SCRAM_SHA_512, PASSWORD)]
        )


def _doors(port: int, controller_port: int, doors: list[int], folder: Path) -> str:
    """Properties of the further listeners; a later line overrides an earlier one."""
    here = "127.0.0.1"
    named = {"PLAINTEXT": port, "TLS": doors[0], "MUTUAL": doors[1], "SASL": doors[2]}
    brokers = ",".join(f"{name}://{here}:{at}" for name, at in named.items())
    lines = {
        "listeners": f"{brokers},CONTROLLER://{here}:{controller_port}",
        "advertised.listeners": brokers,
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,TLS:SSL,MUTUAL:SSL,SASL:SASL_SSL",
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": folder / "server.pem",
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": folder / "authority.pem",
        "listener.name.mutual.ssl.client.auth": "required",
        "listener.name.sasl.sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-512",
        "listener.name.sasl.plain.sasl.jaas.config": "org.apache.kafka.common.security.plain.PlainLoginModule "
        f'required user_plain="{PASSWORD}";',
        "listener.name.sasl.scram-sha-512.sasl.jaas.config": "org.apache.kafka.common.security.scram.ScramLoginModule "
        "required;",
    }
    return "".join(f"{name}={value}\n" for name, value in lines.items())


def tls(secured: Secured, **more: object) -> KafkaSettings:
    """Settings for the door with TLS."""
    base = KafkaSettings(
        bootstrap_servers=secured.tls,
        topic="guarded",
        group_id="",
        security_protocol=SecurityProtocol.SSL,
        ssl_cafile=secured.authority,
        bootstrap_timeout_ms=3_000,
    )
    return replace(base, **more)  # type: ignore[arg-type]


def login(secured: Secured, mechanism: SaslMechanism, user: str, password: str = PASSWORD) -> KafkaSettings:
    """Settings for the door with a login."""
    return tls(
        secured,
        bootstrap_servers=secured.sasl,
        security_protocol=SecurityProtocol.SASL_SSL,
        sasl_mechanism=mechanism,
        sasl_plain_username=user,
        sasl_plain_password=password,
    )


def mutual(secured: Secured, password: str = PASSWORD) -> KafkaSettings:
    """Settings for the door that asks for our certificate."""
    return tls(
        secured,
        bootstrap_servers=secured.mutual,
        ssl_certfile=str(secured.folder / "reader.pem"),
        ssl_keyfile=str(secured.folder / "reader.key"),
        ssl_password=password,
    )


@pytest.mark.parametrize("way", ["tls", "mutual", "plain", "scram"])
def test_every_client_passes_with_the_right_papers(way: str, secured: Secured) -> None:
    settings = {
        "tls": tls(secured, ssl_ciphers="ECDHE+AESGCM"),
        "mutual": mutual(secured),
        "plain": login(secured, SaslMechanism.PLAIN, "plain"),
        "scram": login(secured, SaslMechanism.SCRAM_SHA_512, "scram"),
    }[way]
    settings = replace(settings, topic=f"guarded-{way}")
    create_topic(settings, 1)
    assert publish_raw(settings, [RawRecord(b"through the door")]) == 1
    ledgers = MemoryLedgers()
    reader = SlotReader(settings, ReadSettings(), ledgers.read)
    drain(reader, ledgers, lambda: ledgers.values() == [b"through the door"])
    reader.close()


def test_a_wrong_password_is_a_refusal_and_not_waited_out(secured: Secured) -> None:
    settings = login(secured, SaslMechanism.PLAIN, "plain", "not my password")
    with pytest.raises(BrokerRefused, match="refuses us") as told:
        describe_topic(settings)
    assert "not my password" not in str(told.value)
    reader = SlotReader(settings, ReadSettings(), lambda _: None)
    with pytest.raises(BrokerRefused):
        reader.poll()


def test_a_broker_of_an_unknown_authority_is_not_spoken_to(secured: Secured) -> None:
    (secured.folder / "other.pem").write_bytes(authority("Another one").certificate_pem())
    with pytest.raises(BrokerUnreachable, match="certificate verify failed"):
        describe_topic(tls(secured, ssl_cafile=str(secured.folder / "other.pem")))


def test_a_key_whose_passphrase_is_wrong_is_told_before_anything_connects(secured: Secured) -> None:
    with pytest.raises(ConfigError, match="ssl_certfile"):
        describe_topic(mutual(secured, password="not this one"))
