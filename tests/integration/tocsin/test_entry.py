"""The program as a process: exit codes, streams, and what a person sees."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

ROOT = Path(__file__).resolve().parents[3]


def tocsin(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`tocsin` run to its end in a folder of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tocsin", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_results_go_to_stdout_and_errors_to_stderr(tmp_path: Path) -> None:
    right = tocsin("config", "--json", cwd=tmp_path)
    assert (right.returncode, right.stderr) == (0, "")
    assert right.stdout.count("\n") > 50
    wrong = tocsin("config", cwd=tmp_path, TOCSIN_KAFKA__TOPC="x")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.count("\n") == 1


def test_no_broker_ends_with_3_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").write_text('{"text": "We wrote this."}\n')
    ran = tocsin(
        "--set", "kafka.bootstrap_servers=127.0.0.1:9", "--set", "kafka.bootstrap_timeout_ms=500",
        "publish", "articles.jsonl", cwd=tmp_path,
    )  # fmt: skip
    assert ran.returncode == 3
    assert ran.stderr.splitlines()[-1].startswith("tocsin: No Kafka broker answers at 127.0.0.1:9")
    assert "Traceback" not in ran.stderr


def test_no_lake_ends_with_5_in_one_line(tmp_path: Path) -> None:
    ran = tocsin("sql", "SELECT 1", cwd=tmp_path)
    assert ran.returncode == 5
    assert ran.stderr.startswith("tocsin: There is no lake in")


def test_ctrl_c_ends_with_130(tmp_path: Path) -> None:
    code = (
        # a shell's background job inherits SIGINT ignored, and Python then leaves it so
        "import signal, time\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from tocsin import checks\nfrom tocsin.doctor import Check\n"
        "checks.CHECKS = (Check('slow', lambda s: print('begun', flush=True) or time.sleep(60)),)\n"
        "from tocsin.__main__ import main\nmain(['doctor'])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in err


def test_completion_names_the_commands(tmp_path: Path) -> None:
    ran = tocsin(cwd=tmp_path, _TOCSIN_COMPLETE="complete_bash", COMP_WORDS="tocsin do", COMP_CWORD="1")
    assert ran.stdout.split() == ["doctor"]
    options = tocsin(
        cwd=tmp_path, _TOCSIN_COMPLETE="complete_bash", COMP_WORDS="tocsin config --ch", COMP_CWORD="2"
    )
    assert options.stdout.split() == ["--changed"]


def test_help_is_quick(tmp_path: Path) -> None:
    fastest = 9.0
    for _ in range(3):
        began = time.perf_counter()
        assert tocsin("--help", cwd=tmp_path).returncode == 0
        fastest = min(fastest, time.perf_counter() - began)
    # 0.3 s on an idle core; the bound leaves room for a busy machine and for coverage
    assert fastest < 1.5
