"""Builds the TLS context and other objects that a configuration file can only name.

Ours rather than kafka-python's, because its 3.0.12 takes `ssl_ciphers` and then ignores it.
"""

import importlib
import ssl
from typing import Any

from connectors.settings import KafkaSettings
from schemas.errors import ConfigError


def tls_context(settings: KafkaSettings) -> ssl.SSLContext:
    """The context for connections to brokers: TLS 1.2 or newer, certificates always verified.

    Raises ConfigError that names the file or the value which cannot be used.
    """
    if settings.ssl_context:
        made = named(settings.ssl_context, "ssl_context")()
        if not isinstance(made, ssl.SSLContext):
            raise ConfigError(f"kafka.ssl_context {settings.ssl_context!r} does not give an ssl.SSLContext.")
        return made
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = settings.ssl_check_hostname
    _load(context, settings)
    return context


def named(path: str, setting: str) -> Any:
    """The object that `module:name` names. Raises ConfigError if there is none."""
    module, _, name = path.partition(":")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise ConfigError(
            f"kafka.{setting} {path!r} cannot be imported ({error}).", "Give it as module:name."
        ) from None


def _load(context: ssl.SSLContext, settings: KafkaSettings) -> None:
    """Authorities, our certificate, revocations and ciphers; each that fails is named."""
    with _told("ssl_cafile", settings.ssl_cafile):
        if settings.ssl_cafile:
            context.load_verify_locations(settings.ssl_cafile)
        else:
            context.load_default_certs()
    if settings.ssl_certfile:
        with _told("ssl_certfile", settings.ssl_certfile):
            # An empty passphrase rather than none: OpenSSL would ask on the terminal and wait there.
            context.load_cert_chain(settings.ssl_certfile, settings.ssl_keyfile, settings.ssl_password or "")
    if settings.ssl_crlfile:
        with _told("ssl_crlfile", settings.ssl_crlfile):
            context.load_verify_locations(settings.ssl_crlfile)
        context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
    if settings.ssl_ciphers:
        with _told("ssl_ciphers", settings.ssl_ciphers):
            context.set_ciphers(settings.ssl_ciphers)


class _told:  # noqa: N801 - reads as a phrase
    """Names the setting whose value OpenSSL or the file system refuses."""

    def __init__(self, setting: str, value: str | None) -> None:
        self._setting, self._value = setting, value

    def __enter__(self) -> None:
        """Nothing to do."""

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        """Raises ConfigError for what OpenSSL or the file system raised."""
        if isinstance(error, OSError):  # ssl.SSLError is one
            reason = error.strerror or str(error)
            raise ConfigError(f"kafka.{self._setting} {self._value!r} cannot be used: {reason}.") from None
