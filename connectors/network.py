"""Mends what kafka-python 3.0.12 does with connections, through its own `kafka_client` option. The version is pinned.

- A client whose making fails keeps its thread and sockets: one more for each try of a long outage.
- `allow_auto_create_topics=False` is taken and ignored: a reader whose topic was deleted would bring it back, empty,
  by asking for its leaders.
- What a broker says before it hangs up is thrown away if both are read at once: above all why it refuses a login,
  which is then tried again until the time is over, and called a timeout, like every other reason.
"""

from collections.abc import Callable
from typing import Any

from kafka.net.compat import KafkaNetClient

from connectors.failures import is_refusal


class Network:
    """Makes the network client of one Kafka client, and knows why its connections failed. Called as a factory."""

    def __init__(self) -> None:
        self.failure: Exception | None = None
        self._client: Any = None

    def __call__(self, **configs: Any) -> Any:
        """The network client."""
        self._client = KafkaNetClient(**configs)
        manager = self._client._manager
        manager.cluster.config["allow_auto_create_topics"] = False
        self._watch(manager)
        return self._client

    def close(self) -> None:
        """Ends the thread and closes the sockets; for a client that could not be made."""
        if self._client is not None:
            self._client.close()

    def _watch(self, manager: Any) -> None:
        """Mends every new connection, and has it tell why it failed."""
        connect = manager.get_connection

        def get_connection(node_id: Any, *args: Any, **options: Any) -> Any:
            connection = connect(node_id, *args, **options)
            if "connection_made" not in vars(connection) and not connection.init_future.is_done:
                connection.connection_made = _reading_to_the_end(connection.connection_made)
                connection.init_future.add_errback(lambda error: self._failed(manager, node_id, error))
            return connection

        manager.get_connection = get_connection

    def _failed(self, manager: Any, node_id: Any, error: Exception) -> None:
        """Remembers the failure, and tells the manager of refusals: it raises those, and tries no more."""
        if self.failure is None or not is_refusal(self.failure):
            self.failure = error
        if is_refusal(error):
            manager._auth_failures[node_id] = error


def _reading_to_the_end(made: Callable[[Any], None]) -> Callable[[Any], None]:
    """A connection's `connection_made`, with a transport that keeps what came with the end of the stream.

    The end itself is met again at the next read.
    """

    def connection_made(transport: Any) -> None:
        receive = transport._sock_recv

        def sock_recv() -> tuple[bytes, Exception | None]:
            data, error = receive()
            return (data, None) if data else (data, error)

        transport._sock_recv = sock_recv
        made(transport)

    return connection_made
