"""Says what an exception of kafka-python means for us: the broker is away, refuses us, or knows no such topic."""

import kafka.errors

from schemas.errors import BrokerError, BrokerRefused, BrokerUnreachable, TopicMissing

_REFUSALS = (
    kafka.errors.AuthorizationError,
    kafka.errors.SaslAuthenticationFailedError,
    kafka.errors.UnsupportedSaslMechanismError,
    kafka.errors.IllegalSaslStateError,
    kafka.errors.SecurityDisabledError,
)
# Besides what kafka-python calls retriable: the broker it asked is not one any more, or not yet.
_AWAY = (
    kafka.errors.RetriableError,
    kafka.errors.UnknownBrokerIdError,
    kafka.errors.BrokerNotAvailableError,
)


def is_refusal(error: BaseException) -> bool:
    """Whether the broker answered and will not have us: trying again does not help."""
    return isinstance(error, _REFUSALS)


def is_away(error: BaseException) -> bool:
    """Whether the broker did not answer, or not in a state to serve: trying again may help."""
    return isinstance(error, _AWAY) and not is_refusal(error)


def translate(error: BaseException, bootstrap_servers: str, topic: str = "") -> BrokerError:
    """Our name for kafka-python's exception, with what to do next. Keeps our own errors as they are."""
    if isinstance(error, BrokerError):
        return error
    reason = f"{type(error).__name__}: {error}".strip().rstrip(":.")
    if is_refusal(error):
        return refused(bootstrap_servers, reason)
    if isinstance(error, kafka.errors.UnknownTopicOrPartitionError):
        return missing(topic, bootstrap_servers)
    if is_away(error) or isinstance(error, OSError):
        return unreachable(bootstrap_servers, reason)
    return BrokerError(f"Kafka at {bootstrap_servers} answered with an error ({reason}).")


def unreachable(bootstrap_servers: str, reason: str) -> BrokerUnreachable:
    """No broker answers at the address."""
    return BrokerUnreachable(
        f"No Kafka broker answers at {bootstrap_servers} ({reason}).",
        "Check kafka.bootstrap_servers and kafka.security_protocol, "
        "or start the embedded broker with `tocsin broker start`.",
    )


def refused(bootstrap_servers: str, reason: str) -> BrokerRefused:
    """The broker will not have us."""
    return BrokerRefused(
        f"Kafka at {bootstrap_servers} refuses us ({reason}).",
        "Check kafka.sasl_mechanism, the user name and the password, and the user's rights on the topic.",
    )


def missing(topic: str, bootstrap_servers: str) -> TopicMissing:
    """The topic is not there."""
    return TopicMissing(
        f"Kafka at {bootstrap_servers} has no topic {topic!r}.",
        "Set kafka.topic to the right name, or create it: `tocsin publish --create PARTITIONS FILE`.",
    )
