"""The repository as a whole: the lock file, what it must not name, and the targets that are promised."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WANTED = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
LOCKED = [
    (canonicalize_name(found[1]), found[2])
    for found in re.finditer(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==(\S+)", LOCK, re.MULTILINE)
]
TEXTS = {".py", ".md", ".toml", ".lock", ".txt", ".yml", ".yaml", ".json", ".sql", ".sh", ".cfg", ""}


def tracked() -> list[Path]:
    """Every text file of the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = listed.stdout.split("\0") if listed.returncode == 0 else []
    return [ROOT / name for name in names if name and Path(name).suffix in TEXTS and (ROOT / name).is_file()]


@pytest.mark.parametrize("wanted", WANTED)
def test_the_lock_holds_what_the_project_asks_for(wanted: str) -> None:
    requirement = Requirement(wanted)
    versions = [version for name, version in LOCKED if name == canonicalize_name(requirement.name)]
    assert versions, "run `make lock`"
    assert all(requirement.specifier.contains(version) for version in versions), "run `make lock`"


def test_everything_in_the_lock_has_a_hash_and_no_host() -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", LOCK.strip())
    assert len(entries) == len(LOCKED) > 50
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?://|--(extra-)?index|--find-links|@ file|#", LOCK)


def test_no_file_names_a_package_registry_or_this_machine() -> None:
    # put together here, so that this file does not name them either
    wrong = re.compile("|".join(["pypi" + r"\.org", "files.python" + "hosted", "/ro" + "ot/", "/wo" + "rk/"]))
    found = {
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked()
        if (match := wrong.search(path.read_text(encoding="utf-8", errors="replace")))
    }
    assert not found


def test_make_lists_every_target_that_is_promised() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("demo", "test", "check", "crash", "bench", "clean", "lock"):
        assert re.search(rf"make {target} +\w", listed), target


def test_ci_runs_make_check() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "make check" in script.read_text(encoding="utf-8")


def test_every_room_has_a_page_of_its_own() -> None:
    rooms = ("tocsin", "pipelines", "connectors", "warehouse", "schemas", "infra")
    assert [room for room in rooms if not (ROOT / room / "README.md").exists()] == []


def test_every_link_between_our_pages_leads_somewhere() -> None:
    broken = set[str]()
    for page in (p for p in tracked() if p.suffix == ".md"):
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                broken.add(f"{page.relative_to(ROOT)}: {target}")
    assert not broken
