"""Builds kafka-python's consumers, producers and admin clients from our settings. The only place that does.

Every function raises BrokerUnreachable or BrokerRefused within `bootstrap_timeout_ms`, and ConfigError before
anything connects.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import kafka.errors
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer

from connectors.failures import translate
from connectors.network import Network
from connectors.settings import Compression, KafkaSettings, SaslMechanism
from connectors.tls import named, tls_context
from schemas.errors import ConfigError

# An idle fetch is answered after this long. Kafka's 500 ms would wake both sides four times as often for nothing:
# a broker answers at once when a record comes.
_FETCH_WAIT_MS = 2_000
# kafka-python gives up an idle connection after 9 minutes; it must be longer than any request.
_IDLE_MS = 540_000


def connection(settings: KafkaSettings) -> dict[str, Any]:
    """kafka-python's options for address, security and timeouts, the same for every kind of client."""
    return {
        "bootstrap_servers": settings.bootstrap_servers,
        "client_id": settings.client_id,
        "bootstrap_timeout_ms": settings.bootstrap_timeout_ms,
        "request_timeout_ms": settings.request_timeout_ms,
        "receive_message_max_bytes": settings.receive_message_max_bytes,
        "connections_max_idle_ms": max(_IDLE_MS, 2 * settings.request_timeout_ms),
        "proxy_url": settings.proxy_url,
        **_security(settings),
    }


def _security(settings: KafkaSettings) -> dict[str, Any]:
    options: dict[str, Any] = {"security_protocol": settings.security_protocol.value}
    if settings.security_protocol.endswith("SSL"):
        options["ssl_context"] = tls_context(settings)
    if settings.sasl_mechanism is None:
        return options
    return options | {
        "sasl_mechanism": settings.sasl_mechanism.value,
        "sasl_plain_username": settings.sasl_plain_username,
        "sasl_plain_password": settings.sasl_plain_password,
        "sasl_kerberos_name": settings.sasl_kerberos_name,
        "sasl_kerberos_service_name": settings.sasl_kerberos_service_name,
        "sasl_kerberos_domain_name": settings.sasl_kerberos_domain_name,
        "sasl_oauth_token_provider": _token_provider(settings),
    }


def _token_provider(settings: KafkaSettings) -> Any:
    if settings.sasl_mechanism is not SaslMechanism.OAUTHBEARER or not settings.sasl_oauth_token_provider:
        return None
    return named(settings.sasl_oauth_token_provider, "sasl_oauth_token_provider")()


def consumer(settings: KafkaSettings, **options: Any) -> KafkaConsumer:
    """A consumer that reads committed records, resets no offset, creates no topic and belongs to no group."""
    return _build(
        KafkaConsumer,
        settings,
        enable_auto_commit=False,
        auto_offset_reset="none",
        isolation_level="read_committed",
        fetch_max_wait_ms=_FETCH_WAIT_MS,
        fetch_max_bytes=settings.fetch_max_bytes,
        max_partition_fetch_bytes=settings.max_partition_fetch_bytes,
        metrics_enabled=False,  # we have our own, and these cost at every poll
        **options,
    )


def producer(
    settings: KafkaSettings, compression: Compression = Compression.NONE, **options: Any
) -> KafkaProducer:
    """An idempotent producer that waits for all in-sync replicas."""
    defaults = {
        "acks": "all",
        "enable_idempotence": True,
        "compression_type": None if compression is Compression.NONE else compression.value,
        "max_request_size": settings.max_record_bytes,
        "metrics_enabled": False,
    }
    return _build(KafkaProducer, settings, **(defaults | options))


@contextmanager
def admin(settings: KafkaSettings) -> Iterator[KafkaAdminClient]:
    """An admin client, closed at the end; kafka-python's errors inside come out as ours."""
    client = _build(KafkaAdminClient, settings)
    try:
        yield client
    except kafka.errors.KafkaError as error:
        raise translate(error, settings.bootstrap_servers, settings.topic) from error
    finally:
        client.close()


def _build(kind: Callable[..., Any], settings: KafkaSettings, **options: Any) -> Any:
    _quieten()
    known = getattr(kind, "DEFAULT_CONFIG", {})
    further = {name: value for name, value in settings.options.items() if name in known}
    network = Network()
    try:
        return kind(**(connection(settings) | options | further), kafka_client=network)
    except BaseException as error:
        network.close()
        raise _named(error, network.failure, settings) from error


def _named(error: BaseException, cause: Exception | None, settings: KafkaSettings) -> BaseException:
    """Our name for what went wrong in making a client; a timeout is told by what caused it."""
    if isinstance(error, kafka.errors.KafkaConfigurationError | ValueError | TypeError):
        return ConfigError(f"Kafka's client does not take the settings: {error}.")
    if isinstance(error, kafka.errors.KafkaTimeoutError) and cause is not None:
        return translate(cause, settings.bootstrap_servers)
    if isinstance(error, kafka.errors.KafkaError | OSError):
        return translate(error, settings.bootstrap_servers)
    return error


def _quieten() -> None:
    """kafka-python logs each of the thousand reconnects of an outage as an error; we say it once, ourselves.

    Whoever sets the level of the logger `kafka` gets what he asked for.
    """
    logger = logging.getLogger("kafka")
    if logger.level == logging.NOTSET:
        logger.setLevel(logging.CRITICAL)
