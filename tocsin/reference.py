"""Writes docs/reference.md (every command, every setting) and tocsin.example.toml from what they describe.

`python -m tocsin.reference` writes both; a test holds them fresh, so that no command and no setting lacks its words.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tocsin.cli.main import available, front_command, load_part
from tocsin.config import Settings
from tocsin.leaves import Leaf, leaves, sections, type_text

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference.md"
EXAMPLE = ROOT / "tocsin.example.toml"

_HEAD = """# Reference

Every command and every setting. Written by `python -m tocsin.reference` from the program itself.
Exit codes: [exit-codes.md](exit-codes.md).

"""
_SETTINGS_HEAD = """## Settings

Sources, weakest first: the default, `tocsin.toml` (in the working directory, or named by `--config` or `TOCSIN_CONFIG`),
the environment, `--set SECTION.KEY=VALUE`, a command's own flags. `tocsin config` prints every value with its origin. A
setting `SECTION.KEY` is `TOCSIN_SECTION__KEY` in the environment; lists are written with commas there. Secrets belong
in the environment; they are never printed.
"""
_EXAMPLE_HEAD = """# Every setting of Tocsin with its default. Copy to tocsin.toml and keep only what you change.
# Written by `python -m tocsin.reference`. Secrets belong in the environment: TOCSIN_SECTION__KEY.
"""


def commands() -> Iterator[tuple[str, Any]]:
    """Every command that can be run, with its whole name, in the order of `tocsin --help`."""
    for part in available():
        yield from _below(f"tocsin {part.name}", load_part(part))


def page() -> str:
    """The text of docs/reference.md."""
    chapters = [_HEAD, "## Commands\n\n", _options(front_command(), "tocsin")]
    chapters += [_command(name, command) for name, command in commands()]
    chapters += [_SETTINGS_HEAD, *_setting_chapters()]
    return "".join(chapters)


def example() -> str:
    """The text of tocsin.example.toml: every setting, commented out, at its default."""
    parts = [_EXAMPLE_HEAD]
    section = ""
    for leaf in leaves(Settings):
        head, _, key = leaf.name.rpartition(".")
        if head != section:
            section = head
            parts.append(f"\n# {sections(Settings)[leaf.path[0]]}\n[{head}]\n")
        parts.append(f"# {leaf.doc}\n# {key} = {_toml(leaf)}\n")
    return "".join(parts)


def _below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    subcommands = getattr(command, "commands", None)
    if not subcommands:
        yield name, command
        return
    for below, sub in subcommands.items():
        if not sub.hidden:
            yield from _below(f"{name} {below}", sub)


def _command(name: str, command: Any) -> str:
    return f"### `{name}`\n\n{_prose(command.help)}\n\n{_options(command, name)}{_examples(command.epilog)}"


def _prose(text: str | None) -> str:
    return "\n".join(line.strip() for line in (text or "").strip().splitlines())


def _options(command: Any, name: str) -> str:
    rows = [_option(p) for p in command.params if not getattr(p, "hidden", False)]
    usage = " ".join(piece for p in command.params for piece in [_argument(p)] if piece)
    head = f"`{name} [OPTIONS]{' ' + usage if usage else ''}`\n\n"
    if not rows:
        return head
    return head + "| | |\n| --- | --- |\n" + "".join(f"| {left} | {right} |\n" for left, right in rows) + "\n"


def _argument(param: Any) -> str:
    if param.param_type_name != "argument":
        return ""
    name = (param.metavar or param.name).upper() + ("..." if param.nargs == -1 else "")
    return name if param.required else f"[{name}]"


def _option(param: Any) -> tuple[str, str]:
    names = [*param.opts, *param.secondary_opts] if param.param_type_name == "option" else [_argument(param)]
    words = " ".join((param.help or "").split()).replace("|", "\\|")
    default = param.default
    if default not in (None, False, True, "", ()) and not callable(default):
        words += f" Default: `{getattr(default, 'value', default)}`."
    return ", ".join(f"`{n}`" for n in names).replace("|", "\\|"), words


def _examples(epilog: str | None) -> str:
    lines = [line.strip() for line in (epilog or "").replace("\\[", "[").splitlines()[1:]]
    return "```sh\n" + "\n".join(lines) + "\n```\n\n" if lines else ""


def _setting_chapters() -> Iterator[str]:
    for section, doc in sections(Settings).items():
        yield f"\n### `[{section}]`\n\n{doc}\n\n| setting | type | default | meaning |\n| --- | --- | --- | --- |\n"
        for leaf in leaves(Settings):
            if leaf.path[0] == section:
                kind = type_text(leaf.kind).replace("|", "\\|")
                yield f"| `{leaf.name}` | {kind} | {_default(leaf)} | {leaf.doc} |\n"


def _default(leaf: Leaf) -> str:
    return "" if leaf.default in (None, "", {}, (), frozenset()) else f"`{_toml(leaf)}`"


def _toml(leaf: Leaf) -> str:
    """A default in TOML; TOML has no null, so a setting without a default shows an empty text."""
    value = leaf.default
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:_}" if isinstance(value, int) and abs(value) >= 100_000 else str(value)
    if isinstance(value, tuple | list | frozenset):
        return json.dumps(sorted(str(v) for v in value), ensure_ascii=False)
    if leaf.open:
        return "{}"
    return json.dumps("" if value is None else str(getattr(value, "value", value)), ensure_ascii=False)


def write() -> None:
    """Writes both files."""
    PAGE.write_text(page(), encoding="utf-8")
    EXAMPLE.write_text(example(), encoding="utf-8")


if __name__ == "__main__":
    write()
