"""Knows the broker's settings: Kafka's defaults, but for what one node on loopback and large articles need."""

from __future__ import annotations

from infra.broker.ports import LOOPBACK

# Articles up to 20 MB of text must pass, with room for JSON's escapes; Kafka's default is 1 MB.
MESSAGE_MAX_BYTES = 32 * 1024 * 1024


def server_properties(port: int, controller_port: int, log_dirs: str) -> str:
    """The text of `server.properties` for one KRaft node that listens on loopback alone.

    `log_dirs` is relative to the process's working folder, so that no character of a path needs escaping. The
    voters are static: they are read from here at each start, so the controller's port may change between starts.
    """
    settings = _addresses(port, controller_port) | {"log.dirs": log_dirs} | _LIMITS | _SESSION | _ONE_NODE
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def _addresses(port: int, controller_port: int) -> dict[str, str]:
    return {
        "process.roles": "broker,controller",
        "node.id": "1",
        "listeners": f"PLAINTEXT://{LOOPBACK}:{port},CONTROLLER://{LOOPBACK}:{controller_port}",
        "advertised.listeners": f"PLAINTEXT://{LOOPBACK}:{port}",
        "controller.listener.names": "CONTROLLER",
        "inter.broker.listener.name": "PLAINTEXT",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "controller.quorum.voters": f"1@{LOOPBACK}:{controller_port}",
    }


_LIMITS = {
    "message.max.bytes": str(MESSAGE_MAX_BYTES),
    # Kafka's advice: at least as large as the largest message.
    "replica.fetch.max.bytes": str(MESSAGE_MAX_BYTES),
}
# After a kill the controller takes the dead broker for alive until its session ends, and refuses the new one: with
# Kafka's 9 s a start then takes 11 to 13 s, with 3 s about 6. Six heartbeats must fail to come before that; a JVM
# that was stopped for longer is fenced and comes back with its next heartbeat.
_SESSION = {
    "broker.session.timeout.ms": "3000",
    "broker.heartbeat.interval.ms": "500",
}
# Kafka's own topics ask for three replicas; one node has one.
_ONE_NODE = {
    "offsets.topic.replication.factor": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
}
