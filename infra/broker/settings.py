"""Where the embedded broker lies and listens."""

from dataclasses import dataclass
from pathlib import Path

from schemas.columns import column
from schemas.errors import ConfigError

# Kafka's own 9092, moved away from where a real one may listen.
DEFAULT_PORT = 19092


@dataclass(frozen=True, slots=True)
class BrokerSettings:
    """The embedded broker of `tocsin broker` and the demo. A broker of yours needs none of this."""

    folder: str = column("Where it keeps its data, between starts too.", default=".tocsin/broker")
    port: int = column(
        "Its port on loopback; kafka.bootstrap_servers must name the same.", default=DEFAULT_PORT
    )
    maven_repository: str | None = column(
        "A Maven mirror, as an address or a folder of Maven's layout, for the broker's jars.", default=None
    )

    def __post_init__(self) -> None:
        """Raises ConfigError for a port that is none."""
        if not 1 <= self.port <= 65_535:
            raise ConfigError(f"broker.port may not be {self.port}.", "Give a port from 1 to 65535.")

    @property
    def path(self) -> Path:
        """The folder, absolute: the working directory may change, the broker does not."""
        return Path(self.folder).expanduser().absolute()
