"""Settings of Kafka: all of the client's security is reachable, secrets stay hidden, contradictions are told."""

from __future__ import annotations

import re
import ssl
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.net.sasl.oauth import AbstractTokenProvider

from connectors.client import connection
from connectors.settings import (
    SECRET_FIELDS,
    KafkaSettings,
    PublishSettings,
    ReadSettings,
    SaslMechanism,
    SecurityProtocol,
)
from connectors.tls import tls_context
from schemas.errors import ConfigError
from tests.kit.certificates import authority, signed

PLAIN = {
    "security_protocol": SecurityProtocol.SASL_SSL,
    "sasl_mechanism": SaslMechanism.PLAIN,
    "sasl_plain_username": "user",
    "sasl_plain_password": "hush",
}


class Tokens(AbstractTokenProvider):
    """A token provider as an operator would name it."""

    def token(self) -> str:
        """A token."""
        return "token"


def a_context() -> ssl.SSLContext:
    """A context as an operator would name it."""
    return ssl.create_default_context()


def not_a_context() -> str:
    """Something else."""
    return "no"


@pytest.mark.parametrize("client", [KafkaConsumer, KafkaProducer, KafkaAdminClient])
def test_every_security_setting_of_kafka_python_has_its_field(client: Any) -> None:
    security = {n for n in client.DEFAULT_CONFIG if re.match(r"ssl_|sasl_|security_|proxy_", n)}
    assert security <= {f.name for f in fields(KafkaSettings)}


def test_every_mechanism_and_protocol_of_kafka_python_can_be_chosen() -> None:
    from kafka.net.sasl import SASL_MECHANISMS

    assert {m.value for m in SaslMechanism} == set(SASL_MECHANISMS)
    assert {p.value for p in SecurityProtocol} == {"PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"}


@pytest.mark.parametrize("of", [KafkaSettings, ReadSettings, PublishSettings])
def test_every_setting_says_what_it_is_for(of: Any) -> None:
    assert all(f.metadata["doc"].endswith(".") for f in fields(of))


def test_secrets_are_marked_and_not_in_the_repr() -> None:
    assert {"ssl_password", "sasl_plain_password"} == SECRET_FIELDS
    shown = repr(KafkaSettings(**PLAIN, ssl_password="hush too", proxy_url="socks5://u:hush@h:1"))  # type: ignore[arg-type]
    assert "hush" not in shown


def test_the_login_reaches_the_client_as_it_is() -> None:
    given = connection(KafkaSettings(**PLAIN))  # type: ignore[arg-type]
    assert given["security_protocol"] == "SASL_SSL"
    assert (given["sasl_mechanism"], given["sasl_plain_username"], given["sasl_plain_password"]) == (
        "PLAIN",
        "user",
        "hush",
    )
    assert isinstance(given["ssl_context"], ssl.SSLContext)


def test_without_security_nothing_of_it_reaches_the_client() -> None:
    given = connection(KafkaSettings())
    assert given["security_protocol"] == "PLAINTEXT"
    assert not [name for name in given if name.startswith(("ssl", "sasl"))]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"security_protocol": SecurityProtocol.SASL_SSL}, "sasl_mechanism is not set"),
        ({"sasl_mechanism": SaslMechanism.PLAIN}, "does not begin with SASL"),
        ({**PLAIN, "sasl_plain_password": None}, "sasl_plain_password is not set"),
        ({**PLAIN, "sasl_plain_username": ""}, "sasl_plain_username is not set"),
        (
            {"security_protocol": SecurityProtocol.SASL_SSL, "sasl_mechanism": SaslMechanism.OAUTHBEARER},
            "sasl_oauth_token_provider is not set",
        ),
    ],
)
def test_settings_that_contradict_each_other_are_told(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        KafkaSettings(**changes)


def test_a_token_provider_is_made_from_its_name() -> None:
    settings = KafkaSettings(
        security_protocol=SecurityProtocol.SASL_PLAINTEXT,
        sasl_mechanism=SaslMechanism.OAUTHBEARER,
        sasl_oauth_token_provider=f"{__name__}:Tokens",
    )
    assert connection(settings)["sasl_oauth_token_provider"].token() == "token"
    with pytest.raises(ConfigError, match="cannot be imported"):
        connection(replace(settings, sasl_oauth_token_provider="no.such:Thing"))


def test_a_context_is_made_from_its_name() -> None:
    assert isinstance(tls_context(KafkaSettings(ssl_context=f"{__name__}:a_context")), ssl.SSLContext)
    for wrong in (f"{__name__}:not_a_context", f"{__name__}:gone", "", "nonsense"):
        if wrong:
            with pytest.raises(ConfigError, match="ssl_context"):
                tls_context(KafkaSettings(ssl_context=wrong))


def test_certificates_are_always_verified_and_old_tls_is_never_spoken() -> None:
    for settings in (KafkaSettings(), KafkaSettings(ssl_check_hostname=False)):
        context = tls_context(settings)
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.minimum_version is ssl.TLSVersion.TLSv1_2
        assert context.check_hostname is settings.ssl_check_hostname


def test_files_and_ciphers_are_used(tmp_path: Path) -> None:
    ca = authority()
    certificate, key = signed(ca, "reader").write(tmp_path, "reader", b"phrase")
    (tmp_path / "ca.pem").write_bytes(ca.certificate_pem())
    context = tls_context(
        KafkaSettings(
            ssl_cafile=str(tmp_path / "ca.pem"),
            ssl_certfile=str(certificate),
            ssl_keyfile=str(key),
            ssl_password="phrase",
            ssl_ciphers="ECDHE+AESGCM",
        )
    )
    assert len(context.get_ca_certs()) == 1
    tls12 = [c["name"] for c in context.get_ciphers() if c["protocol"] == "TLSv1.2"]
    assert tls12
    assert all("GCM" in name for name in tls12)


@pytest.mark.parametrize("name", ["ssl_cafile", "ssl_certfile", "ssl_crlfile", "ssl_ciphers"])
def test_what_openssl_refuses_is_named_by_its_setting(name: str, tmp_path: Path) -> None:
    (tmp_path / "garbage").write_text("no certificate")
    for value in (str(tmp_path / "gone"), str(tmp_path / "garbage")):
        with pytest.raises(ConfigError, match=f"kafka.{name} "):
            tls_context(replace(KafkaSettings(), **{name: value}))
