"""Settings of the room: how Kafka is reached, and how the stream is read and published.

Plain frozen dataclasses, so that any configuration reader can fill them. Knows no kafka-python beyond the names of
its options, which are kept verbatim.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from schemas.columns import column
from schemas.errors import ConfigError


class SecurityProtocol(StrEnum):
    """How a broker is spoken to."""

    PLAINTEXT = "PLAINTEXT"
    SSL = "SSL"
    SASL_PLAINTEXT = "SASL_PLAINTEXT"
    SASL_SSL = "SASL_SSL"


class SaslMechanism(StrEnum):
    """How a client shows who it is."""

    PLAIN = "PLAIN"
    SCRAM_SHA_256 = "SCRAM-SHA-256"
    SCRAM_SHA_512 = "SCRAM-SHA-512"
    GSSAPI = "GSSAPI"
    OAUTHBEARER = "OAUTHBEARER"
    AWS_MSK_IAM = "AWS_MSK_IAM"


class Compression(StrEnum):
    """Codecs for what we publish; every one of them is read."""

    NONE = "none"
    GZIP = "gzip"
    SNAPPY = "snappy"
    LZ4 = "lz4"
    ZSTD = "zstd"


_WITH_PASSWORD = (SaslMechanism.PLAIN, SaslMechanism.SCRAM_SHA_256, SaslMechanism.SCRAM_SHA_512)


def _secret(doc: str) -> Any:
    """A column that is never printed, not even by `repr`."""
    return field(default=None, repr=False, metadata={"doc": doc, "secret": True})


def _table(doc: str) -> Any:
    return field(default_factory=dict, metadata={"doc": doc})


@dataclass(frozen=True, slots=True)
class KafkaSettings:
    """Kafka: where it is, which topic, and how we show who we are.

    Raises ConfigError where two settings contradict each other.
    """

    bootstrap_servers: str = column(
        "Brokers to ask first, as HOST:PORT, with commas between them.", default="127.0.0.1:19092"
    )
    topic: str = column("The topic of the articles.", default="articles")
    client_id: str = column("The name under which brokers log our requests.", default="tocsin")
    group_id: str = column(
        "Consumer group to which landed positions are told, for lag tools only; empty: tell nobody.",
        default="tocsin",
    )
    security_protocol: SecurityProtocol = column(
        "How brokers are spoken to.", default=SecurityProtocol.PLAINTEXT
    )
    ssl_check_hostname: bool = column("Refuse a certificate that is not for the broker's name.", default=True)
    ssl_cafile: str | None = column(
        "File of certificate authorities (PEM); the system's without it.", default=None
    )
    ssl_certfile: str | None = column("File of our own certificate (PEM), for mutual TLS.", default=None)
    ssl_keyfile: str | None = column("File of our certificate's key (PEM).", default=None)
    ssl_password: str | None = _secret("Passphrase of that key.")
    ssl_crlfile: str | None = column("File of revoked certificates (PEM).", default=None)
    ssl_ciphers: str | None = column("Allowed ciphers, in OpenSSL's list format.", default=None)
    ssl_context: str | None = column(
        "`module:function` that gives an ssl.SSLContext; the other ssl settings are then unused.",
        default=None,
    )
    sasl_mechanism: SaslMechanism | None = column("How we show who we are.", default=None)
    sasl_plain_username: str | None = column("User name for PLAIN and SCRAM.", default=None)
    sasl_plain_password: str | None = _secret("Password for PLAIN and SCRAM.")
    sasl_kerberos_name: str | None = column("Full Kerberos name of the service.", default=None)
    sasl_kerberos_service_name: str = column("Kerberos service name.", default="kafka")
    sasl_kerberos_domain_name: str | None = column(
        "Kerberos domain; the broker's host without it.", default=None
    )
    sasl_oauth_token_provider: str | None = column(
        "`module:class` of a kafka.net.sasl.oauth.AbstractTokenProvider, for OAUTHBEARER.", default=None
    )
    proxy_url: str | None = field(
        default=None,
        repr=False,  # it may hold a password
        metadata={"doc": "SOCKS5 or HTTP proxy for connections to brokers, as socks5://HOST:PORT."},
    )
    bootstrap_timeout_ms: int = column(
        "How long a first answer is awaited. A broker on the same continent answers in under 1 s.",
        default=10_000,
    )
    request_timeout_ms: int = column(
        "How long any later answer is awaited (Kafka's default).", default=30_000
    )
    max_record_bytes: int = column(
        "Largest record that is published, 32 MB as in our own broker. Records of any size are read.",
        default=32 * 1024 * 1024,
    )
    fetch_max_bytes: int = column(
        "Most bytes in one answer of a broker (Kafka's default). One larger record passes all the same.",
        default=50 * 1024 * 1024,
    )
    max_partition_fetch_bytes: int = column(
        "Most bytes of one partition in one answer: what lies fetched but unread costs memory. "
        "One larger record passes all the same.",
        default=1024 * 1024,
    )
    receive_message_max_bytes: int = column(
        "Frames above this are taken for garbage; raise it with a broker whose records are larger.",
        default=100_000_000,
    )
    options: Mapping[str, str | int | float | bool] = _table(
        "Further options of kafka-python by their own names, such as client_rack or reconnect_backoff_max_ms."
    )

    def __post_init__(self) -> None:
        """Raises ConfigError where two settings contradict each other."""
        sasl = self.security_protocol.startswith("SASL")
        if sasl and self.sasl_mechanism is None:
            raise _unset("sasl_mechanism", f"security_protocol is {self.security_protocol.value}")
        if self.sasl_mechanism is not None and not sasl:
            raise ConfigError(
                "kafka.sasl_mechanism is set, but kafka.security_protocol does not begin with SASL.",
                "Set security_protocol to SASL_SSL (or SASL_PLAINTEXT), or take sasl_mechanism away.",
            )
        if self.sasl_mechanism in _WITH_PASSWORD:
            for name in ("sasl_plain_username", "sasl_plain_password"):
                if not getattr(self, name):
                    raise _unset(name, f"sasl_mechanism is {self.sasl_mechanism}")
        if self.sasl_mechanism is SaslMechanism.OAUTHBEARER and not self.sasl_oauth_token_provider:
            raise _unset("sasl_oauth_token_provider", "sasl_mechanism is OAUTHBEARER")


def _unset(name: str, because: str) -> ConfigError:
    return ConfigError(
        f"kafka.{name} is not set, but {because}.", f"Set it, or TOCSIN_KAFKA__{name.upper()}."
    )


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """The pace of the reader: how long it waits and how much it hands on at a time."""

    first_wait_seconds: float = column(
        "How long a poll waits for a first record. A drain waits for it.", default=0.3
    )
    gather_seconds: float = column(
        "How long it then gathers, so that records share the fixed cost of a commit.", default=0.2
    )
    flood_gather_seconds: float = column(
        "How long it gathers while records come faster than they can be coded.", default=2.0
    )
    max_records: int = column("Most records of one poll, over all partitions.", default=500)
    min_records: int = column("A slow coder gets no fewer than these in one poll.", default=20)
    work_seconds: float = column(
        "One poll is to bring the coder work for about so long; a drain has to finish it.", default=1.0
    )
    max_poll_bytes: int = column(
        "Most bytes of one poll; one larger record passes alone.", default=16_000_000
    )
    check_seconds: float = column(
        "How often the topic's identity and partitions are looked at while nothing comes.", default=10.0
    )
    missing_grace_seconds: float = column(
        "For so long the topic may be unknown to the broker: one that just started does not know all.",
        default=10.0,
    )
    max_backoff_seconds: float = column(
        "Longest pause between two tries to reach a broker that went away.", default=5.0
    )


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """How `tocsin publish` sends."""

    compression: Compression = column(
        "Codec for what is published. News text shrinks to about half.", default=Compression.ZSTD
    )
    linger_ms: int = column("How long records are gathered into one request.", default=5)
    max_in_flight_bytes: int = column(
        "Most bytes sent and not yet confirmed: what is kept in memory, and sent again if need be.",
        default=64 * 1024 * 1024,
    )
    delivery_timeout_ms: int = column(
        "How long one record is tried before the broker counts as unreachable (Kafka's default).",
        default=120_000,
    )


SECRET_FIELDS: frozenset[str] = frozenset(f.name for f in fields(KafkaSettings) if f.metadata.get("secret"))
"""Names of the KafkaSettings that must never be printed."""
