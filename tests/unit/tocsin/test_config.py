"""The configuration: weaker and stronger sources, origins, and everything checked before anything connects."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from connectors.settings import KafkaSettings, SecurityProtocol
from schemas.errors import ConfigError
from tocsin.config import Loaded, Settings, current, load
from tocsin.invocation import INVOCATION, Invocation
from tocsin.layers import OriginKind


def loaded(
    tmp_path: Path, toml: str = "", *assignments: str, env: dict[str, str] | None = None, **flags: Any
) -> Loaded:
    if toml:
        (tmp_path / "tocsin.toml").write_text(toml)
    told = Invocation(assignments=assignments, environment=env or {}, folder=tmp_path)
    return load(told, **flags)


def origin_of(found: Loaded, name: str) -> str:
    return next(str(v.origin) for v in found.values() if v.leaf.name == name)


def test_without_any_source_everything_is_its_default(tmp_path: Path) -> None:
    found = loaded(tmp_path)
    assert found.settings.kafka == KafkaSettings()
    assert found.file is None
    assert {v.origin.kind for v in found.values()} == {OriginKind.DEFAULT}


@pytest.mark.parametrize("strongest", range(5))
def test_a_stronger_source_overrides_a_weaker_one(tmp_path: Path, strongest: int) -> None:
    found = loaded(
        tmp_path,
        '[kafka]\ntopic = "1"' if strongest >= 1 else "",
        *(["kafka.topic=3"] if strongest >= 3 else []),
        env={"TOCSIN_KAFKA__TOPIC": "2"} if strongest >= 2 else {},
        kafka__topic="4" if strongest >= 4 else None,
    )
    assert found.settings.kafka.topic == ("articles", "1", "2", "3", "4")[strongest]
    assert (
        origin_of(found, "kafka.topic")
        == (
            "default",
            f"{tmp_path / 'tocsin.toml'}:2",
            "TOCSIN_KAFKA__TOPIC",
            "--set kafka.topic",
            "flag for kafka.topic",
        )[strongest]
    )


def test_one_key_of_a_section_leaves_the_others_at_their_defaults(tmp_path: Path) -> None:
    found = loaded(tmp_path, "[lake]\nthreads = 7", env={"TOCSIN_LAKE__MEMORY_LIMIT": "2GB"})
    assert (found.settings.lake.threads, found.settings.lake.memory_limit) == (7, "2GB")
    assert found.settings.lake.folder == ".tocsin/lake"


def test_text_of_the_environment_becomes_the_settings_types(tmp_path: Path) -> None:
    env = {
        "TOCSIN_RUN__MAINTAIN": "no",
        "TOCSIN_READ__GATHER_SECONDS": "0.5",
        "TOCSIN_LAKE__THREADS": "4",
        "TOCSIN_KAFKA__SECURITY_PROTOCOL": "SSL",
        "TOCSIN_KAFKA__SSL_CAFILE": "",
        "TOCSIN_KAFKA__OPTIONS__CLIENT_RACK": "a",
    }
    settings = loaded(tmp_path, env=env).settings
    assert settings.run.maintain is False
    assert settings.read.gather_seconds == 0.5
    assert settings.lake.threads == 4
    assert settings.kafka.security_protocol is SecurityProtocol.SSL
    assert settings.kafka.ssl_cafile is None
    assert settings.kafka.options == {"client_rack": "a"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("500", 500),
        ("0.5", 0.5),
        ("true", True),
        ("a", "a"),
        ("", ""),
        ("[1]", "[1]"),
        ("2026-11-24", "2026-11-24"),
    ],
)
def test_text_in_an_open_table_is_a_number_where_it_reads_as_one(
    tmp_path: Path, text: str, value: Any
) -> None:
    found = loaded(tmp_path, env={"TOCSIN_KAFKA__OPTIONS__X": text}).settings.kafka.options["x"]
    assert (found, type(found)) == (value, type(value))
    assert loaded(tmp_path, '[kafka.options]\nx = "500"').settings.kafka.options == {"x": "500"}


@pytest.mark.parametrize("text", ["political, accident", "accident,political,"])
def test_text_for_a_list_is_split_at_commas(tmp_path: Path, text: str) -> None:
    found = loaded(tmp_path, "", f"coder.scope={text}")
    assert found.settings.coder.scope == {"political", "accident"}


def test_an_open_table_has_the_origin_of_its_keys(tmp_path: Path) -> None:
    found = loaded(tmp_path, '[kafka.options]\nclient_rack = "a"')
    assert origin_of(found, "kafka.options") == f"{tmp_path / 'tocsin.toml'}:2"


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"TOCSIN_LAKE__THREADS": "many"}, "lake.threads: Input should be a valid integer"),
        ({"TOCSIN_LAKE__THREADS": "-1"}, "lake.threads: may not be -1 (TOCSIN_LAKE__THREADS)"),
        ({"TOCSIN_READ__GATHER_SECONDS": "nan"}, "read.gather_seconds: may not be nan"),
        (
            {"TOCSIN_LOG__FORMAT": "xml"},
            "log.format: Input should be 'text' or 'json', not 'xml' (TOCSIN_LOG__FORMAT)",
        ),
        ({"TOCSIN_KAFKA__SECURITY_PROTOCOL": "SASL_SSL"}, "kafka.sasl_mechanism is not set"),
        ({"TOCSIN_LAKE": "x"}, "There is no setting TOCSIN_LAKE"),
    ],
)
def test_a_value_that_is_not_allowed_is_told_with_its_origin(
    tmp_path: Path, env: dict[str, str], said: str
) -> None:
    with pytest.raises(ConfigError) as raised:
        loaded(tmp_path, env=env)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_all_wrong_values_are_told_at_once_and_secrets_are_not(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        loaded(tmp_path, '[kafka]\nsasl_plain_password = 12345\ntopic = 3\n[lake]\nthreads = "x"')
    said = str(raised.value)
    assert "kafka.sasl_plain_password" in said
    assert "kafka.topic" in said
    assert "lake.threads" in said
    assert "12345" not in said


def test_a_file_may_be_named_by_flag_or_environment_and_must_then_exist(tmp_path: Path) -> None:
    file = tmp_path / "other.toml"
    file.write_text('[kafka]\ntopic = "other"')
    by_flag = load(Invocation(config=file, environment={}, folder=tmp_path))
    by_variable = load(Invocation(environment={"TOCSIN_CONFIG": str(file)}, folder=tmp_path))
    assert by_flag.settings.kafka.topic == by_variable.settings.kafka.topic == "other"
    with pytest.raises(ConfigError, match="cannot be read"):
        load(Invocation(config=tmp_path / "missing.toml", environment={}))


def test_current_reads_what_the_front_door_was_told(tmp_path: Path) -> None:
    token = INVOCATION.set(Invocation(assignments=("kafka.topic=told",), environment={}, folder=tmp_path))
    try:
        assert current().kafka.topic == "told"
        assert current(kafka__topic="flag").kafka.topic == "flag"
    finally:
        INVOCATION.reset(token)


def test_the_example_file_with_all_lines_in_force_changes_nothing(tmp_path: Path) -> None:
    from tocsin.reference import example

    lines = [line[2:] if " = " in line else line for line in example().splitlines()]
    in_force = "\n".join(line for line in lines if line.startswith("[") or " = " in line)
    assert len(tomllib.loads(in_force)) == len(Settings.model_fields)
    assert loaded(tmp_path, in_force).settings == Settings()
