"""Where settings come from: file, environment, flags, each with its origin; unknown keys named with the right one."""

from pathlib import Path

import pytest

from schemas.errors import ConfigError
from tocsin.config import Settings
from tocsin.layers import (
    Given,
    Origin,
    OriginKind,
    check_known,
    environment_layer,
    file_layer,
    flag_layer,
    nested,
    set_layer,
)
from tocsin.leaves import leaves

KNOWN = list(leaves(Settings))


def given(name: str, kind: OriginKind = OriginKind.FILE, where: str = "tocsin.toml:1") -> Given:
    return Given(tuple(name.split(".")), "value", Origin(kind, where))


def test_a_file_gives_each_value_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "tocsin.toml"
    file.write_text(
        '# head\n[kafka]\n\ntopic = "news"\n[kafka.options]\nclient_rack = "a"\n[lake]\nthreads=3\n'
    )
    found = {".".join(g.path): (g.value, g.origin.where) for g in file_layer(file)}
    assert found == {
        "kafka.topic": ("news", f"{file}:4"),
        "kafka.options.client_rack": ("a", f"{file}:6"),
        "lake.threads": (3, f"{file}:8"),
    }


def test_a_dotted_key_and_an_inline_table_have_lines_too(tmp_path: Path) -> None:
    file = tmp_path / "tocsin.toml"
    file.write_text('kafka.topic = "news"\nlake = { threads = 3 }\n')
    found = {".".join(g.path): g.origin.where for g in file_layer(file)}
    assert found == {"kafka.topic": f"{file}:1", "lake.threads": f"{file}:2"}


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"[kafka\n", "is not TOML"), (b"\xff\xfe", "cannot be read"), (None, "cannot be read")],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "mine.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match=said) as raised:
        file_layer(file)
    assert "mine.toml" in str(raised.value)


def test_no_file_gives_nothing() -> None:
    assert file_layer(None) == ()


def test_the_environment_gives_our_variables_alone() -> None:
    found = environment_layer(
        {
            "TOCSIN_KAFKA__TOPIC": "news",
            "TOCSIN_DEBUG": "1",
            "TOCSIN_CONFIG": "x",
            "PATH": "/bin",
            "tocsin_x": "1",
        }
    )
    assert found == (
        Given(("kafka", "topic"), "news", Origin(OriginKind.ENVIRONMENT, "TOCSIN_KAFKA__TOPIC")),
    )


def test_set_takes_everything_after_the_first_equals_sign() -> None:
    (found,) = set_layer(["kafka.topic=a=b"])
    assert (found.path, found.value, str(found.origin)) == (("kafka", "topic"), "a=b", "--set kafka.topic")


def test_set_without_a_value_is_an_error() -> None:
    with pytest.raises(ConfigError, match=r"--set kafka\.topic has no value"):
        set_layer(["kafka.topic"])


def test_a_flag_that_was_not_given_is_left_out() -> None:
    found = flag_layer({"kafka__topic": None, "lake__threads": 0})
    assert [(g.path, g.value) for g in found] == [(("lake", "threads"), 0)]


def test_a_later_value_wins() -> None:
    first = Given(("a", "b"), 1, Origin(OriginKind.FILE))
    second = Given(("a", "b"), 2, Origin(OriginKind.FLAG))
    beside = Given(("a", "c"), 3, Origin(OriginKind.FLAG))
    assert nested([first, second, beside]) == {"a": {"b": 2, "c": 3}}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (given("kafka.topc"), "There is no setting kafka.topc (tocsin.toml:1): did you mean kafka.topic?"),
        (given("kafka.folder"), "did you mean lake.folder?"),
        (given("xyz.abc"), "There is no setting xyz.abc (tocsin.toml:1)."),
        (
            given("kafka.topc", OriginKind.ENVIRONMENT, "TOCSIN_KAFKA__TOPC"),
            "There is no setting TOCSIN_KAFKA__TOPC: did you mean TOCSIN_KAFKA__TOPIC?",
        ),
        (given("kafka"), "There is no setting kafka"),
        (given("kafka.topic.name"), "There is no setting kafka.topic.name"),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest_right_name(wrong: Given, said: str) -> None:
    with pytest.raises(ConfigError) as raised:
        check_known([given("kafka.topic"), wrong], KNOWN)
    assert said in str(raised.value)


def test_every_unknown_key_is_told_at_once() -> None:
    with pytest.raises(ConfigError) as raised:
        check_known([given("kafka.topc"), given("lake.fodler")], KNOWN)
    assert "kafka.topic?" in str(raised.value)
    assert "lake.folder?" in str(raised.value)


def test_keys_of_an_open_table_are_free() -> None:
    check_known([given("kafka.options.client_rack")], KNOWN)
    with pytest.raises(ConfigError):
        check_known([given("kafka.option.client_rack")], KNOWN)
