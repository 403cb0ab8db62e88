"""Mends what kafka-python 3.0.12 does with connections, through its own `kafka_client` option. The version is pinned.

- A client whose making fails keeps its thread and sockets: one more for each try of a long outage.
- `allow_auto_create_topics=False` is taken and ignored: a reader whose topic was deleted would bring it back, empty,
  by asking for its leaders.
- A refused login is tried again until the time is over, and then called a timeout, like every other reason.
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
        """Has every new connection tell why it failed."""
        connect = manager.get_connection

        def get_connection(node_id: Any, *args: Any, **options: Any) -> Any:
            connection = connect(node_id, *args, **options)
            if not connection.init_future.is_done and "close" not in vars(connection):
                connection.close = self._closing(manager, node_id, connection.close)
                connection.init_future.add_errback(self._failed)
            return connection

        manager.get_connection = get_connection

    def _closing(self, manager: Any, node_id: Any, close: Callable[..., None]) -> Callable[..., None]:
        """A connection's `close` that tells the manager of refusals: it raises those, and tries no more.

        Here and not at the future's end, because a broker that refuses a login hangs up with its answer, and the
        future then holds only the hanging up.
        """

        def closing(error: Exception | None = None) -> None:
            if error is not None:
                self._failed(error)
                if is_refusal(error):
                    manager._auth_failures[node_id] = error
            close(error)

        return closing

    def _failed(self, error: Exception) -> None:
        if self.failure is None or not is_refusal(self.failure):
            self.failure = error
