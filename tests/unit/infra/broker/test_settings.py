"""The broker's part of the configuration."""

from pathlib import Path

import pytest

from infra.broker.settings import BrokerSettings
from schemas.errors import ConfigError


@pytest.mark.parametrize("port", [0, -1, 65_536])
def test_a_port_that_is_none_is_refused(port: int) -> None:
    with pytest.raises(ConfigError, match="1 to 65535"):
        BrokerSettings(port=port)


def test_the_folder_is_absolute_and_knows_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert BrokerSettings(folder="here").path == tmp_path / "here"
    assert BrokerSettings(folder="~/there").path == Path.home() / "there"
