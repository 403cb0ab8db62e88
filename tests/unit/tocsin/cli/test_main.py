"""The command line: every command found, helped and exemplified; heavy libraries imported by none of the help."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tocsin.__main__ import main
from tocsin.cli.main import PARTS, available
from tocsin.examples import examples
from tocsin.invocation import INVOCATION
from tocsin.reference import EXAMPLE, PAGE, commands, example, page

HEAVY = ("apache_beam", "duckdb", "kafka", "spacy", "great_expectations", "pyarrow", "pydantic", "rich.live")
COMMANDS = list(commands())


def run(*arguments: str) -> int:
    """The exit code of `tocsin` with these arguments."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    code = ended.value.code
    return code if isinstance(code, int) else 1 if code else 0


@pytest.fixture(autouse=True)
def quiet_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and none of our variables."""
    import os

    monkeypatch.chdir(tmp_path)
    for name in [n for n in os.environ if n.startswith("TOCSIN_")]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_has_help_and_an_example_of_itself(name: str, command: Any) -> None:
    assert command.help
    assert command.help.strip().split("\n")[0].rstrip().endswith((".", ";", ",", ":")) or "\n" in command.help
    assert command.epilog, f"{name} has no epilog=examples(...)"
    assert name in command.epilog
    for param in command.params:
        assert getattr(param, "help", None), f"{name}: {param.name} has no help"


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_the_help_of_every_command_can_be_shown(
    name: str, command: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*name.split()[1:], "--help") == 0
    assert "Examples:" in capsys.readouterr().out
    assert command.name


def test_every_part_of_the_design_is_mounted() -> None:
    assert [part.name for part in available()] == [part.name for part in PARTS]


def test_the_reference_and_the_example_file_are_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make pages`"
    assert EXAMPLE.read_text(encoding="utf-8") == example(), "run `make pages`"


def test_help_shows_every_part_and_imports_nothing_heavy(capsys: pytest.CaptureFixture[str]) -> None:
    code = (
        "import sys\nfrom tocsin.__main__ import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print('HEAVY', [m for m in {HEAVY!r} if m in sys.modules])"
    )
    root = Path(__file__).resolve().parents[4]
    ran = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout.endswith("HEAVY []\n")
    assert all(part.name in ran.stdout for part in available())


def test_without_arguments_it_says_what_can_be_done_next(
    quiet_place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run() == 0
    assert "tocsin demo" in capsys.readouterr().out
    (quiet_place / "tocsin.toml").touch()
    assert run() == 0
    assert "tocsin publish" in capsys.readouterr().out
    (quiet_place / ".tocsin" / "lake").mkdir(parents=True)
    assert run() == 0
    assert "tocsin audit" in capsys.readouterr().out


def test_a_mistyped_command_is_answered_with_the_right_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("docotr") == 2
    assert "doctor" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out.startswith("tocsin 0.")


def test_config_prints_values_with_origins(
    quiet_place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (quiet_place / "tocsin.toml").write_text("[lake]\nthreads = 7\n")
    monkeypatch.setenv("TOCSIN_KAFKA__SASL_PLAIN_PASSWORD", "hush")
    assert run("--set", "kafka.topic=news", "config", "--changed", "--json") == 0
    out = capsys.readouterr().out
    assert [json.loads(line) for line in out.splitlines()] == [
        {"setting": "kafka.topic", "value": "news", "origin": "flag", "where": "--set kafka.topic"},
        {
            "setting": "kafka.sasl_plain_password",
            "value": "***",
            "origin": "environment",
            "where": "TOCSIN_KAFKA__SASL_PLAIN_PASSWORD",
        },
        {"setting": "lake.threads", "value": 7, "origin": "file", "where": "tocsin.toml:2"},
    ]
    assert "hush" not in out


def test_config_as_a_table_names_the_file(quiet_place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (quiet_place / "tocsin.toml").write_text("[lake]\nthreads = 7\n")
    assert run("--log-format", "json", "--log-level", "debug", "config") == 0
    out = capsys.readouterr().out
    assert "tocsin.toml:2" in out
    assert "--set log.format" in out
    assert "file: tocsin.toml" in out


def test_an_unknown_setting_ends_with_one_line_and_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--set", "kafka.topc=news", "config") == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("tocsin: There is no setting kafka.topc: did you mean kafka.topic?")


def test_doctor_in_an_empty_place_says_what_lacks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tocsin import checks

    kept = tuple(c for c in checks.CHECKS if c.name in ("python", "lake", "lock", "disk", "extensions"))
    monkeypatch.setattr(checks, "CHECKS", kept)
    assert run("doctor") == 0
    assert capsys.readouterr().out.count("✓") == len(kept)
    monkeypatch.setattr(checks, "_LEAST_FREE_BYTES", 10**18)
    assert run("doctor", "--json") == 1
    findings = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [f["verdict"] for f in findings if f["name"] == "disk"] == ["failed"]


def test_what_one_command_was_told_is_forgotten_by_the_next(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--set", "kafka.topic=news", "config", "--changed") == 0
    assert "news" in capsys.readouterr().out
    assert INVOCATION.get() is None


def test_examples_are_one_a_line_and_keep_their_brackets() -> None:
    assert examples("tocsin a", "tocsin b [x]") == "Examples:\n  tocsin a\n  tocsin b \\[x]"
