"""Knows what can be set: every leaf of the settings dataclasses, with its type, default, sentence and secrecy.

Names no setting. Everything that lists settings (the unknown-key check, `tocsin config`, the example file, the
reference) walks these leaves, so none of them can forget one.
"""

import dataclasses
import enum
import re
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any

# How a name ends that is hidden when printed. A path to a key file is no secret, its passphrase is.
_SECRET_NAME = re.compile(
    r"(password|passphrase|secret|token|credentials?|api_?key|access_?key)$", re.IGNORECASE
)
# To the last @: a password may hold one. Rather too much is hidden than too little.
_SECRET_PLACE = re.compile(
    r"(//[^/@:\s]*:)\S+(@)|((?:^|[\s;])password\s*=\s*)('[^']*'|[^\s;]+)", re.IGNORECASE
)
HIDDEN = "***"

Path = tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Leaf:
    """One setting: where it stands, what it means, what it is without being set."""

    path: Path
    doc: str
    kind: Any
    default: Any
    secret: bool

    @property
    def name(self) -> str:
        """As in a file and in `--set`: `kafka.topic`."""
        return ".".join(self.path)

    @property
    def variable(self) -> str:
        """As in the environment: `TOCSIN_KAFKA__TOPIC`."""
        return variable(self.path)

    @property
    def open(self) -> bool:
        """Whether it is a table whose keys are free, such as options handed on to a library."""
        origin = typing.get_origin(_without_none(self.kind)) or self.kind
        return isinstance(origin, type) and issubclass(origin, Mapping)


def variable(path: Path) -> str:
    """The name of a path in the environment."""
    return "TOCSIN_" + "__".join(path).upper()


def leaves(cls: type, under: Path = ()) -> Iterator[Leaf]:
    """Every leaf below a settings class (a dataclass or a pydantic model), in the order in which they are declared."""
    hints = typing.get_type_hints(cls, include_extras=True)
    for name, default, metadata in _fields(cls):
        kind = hints[name]
        path = (*under, name)
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            yield from leaves(kind, path)
        else:
            yield Leaf(path, metadata.get("doc", ""), kind, default, _is_secret(name, kind, metadata))


def sections(cls: type) -> dict[str, str]:
    """The sections of the settings with what each is for: the first paragraph of its class's documentation."""
    hints = typing.get_type_hints(cls)
    return {name: _first_paragraph(hints[name].__doc__) for name, _, _ in _fields(cls)}


def type_text(kind: Any) -> str:
    """A setting's type as a person reads it."""
    inner = _without_none(kind)
    if typing.get_origin(inner) is typing.Annotated:
        return type_text(typing.get_args(inner)[0])
    if typing.get_origin(inner) in (tuple, list, frozenset):
        return f"list of {type_text(typing.get_args(inner)[0])}"
    if isinstance(typing.get_origin(inner) or inner, type) and Leaf(("",), "", inner, None, False).open:
        return "table"
    if typing.get_origin(inner) is typing.Literal:
        return " | ".join(str(a) for a in typing.get_args(inner))
    if isinstance(inner, type) and issubclass(inner, enum.Enum):
        return " | ".join(str(m.value) for m in inner)
    return {str: "text", int: "integer", float: "number", bool: "true | false"}.get(inner, _type_name(inner))


def shown(leaf: Leaf, value: Any) -> Any:
    """The value as it may be printed: secrets hidden, also those within an address or a connection string."""
    if value is None or value == "":
        return value
    if leaf.secret:
        return HIDDEN
    if isinstance(value, Mapping):
        return {k: HIDDEN if _SECRET_NAME.search(str(k)) else shown(leaf, v) for k, v in value.items()}
    if isinstance(value, tuple | list | frozenset):
        items = sorted(value) if isinstance(value, frozenset) else value
        return [shown(leaf, v) for v in items]
    if isinstance(value, str):
        return _SECRET_PLACE.sub(lambda m: f"{m[1]}{HIDDEN}{m[2]}" if m[1] else f"{m[3]}{HIDDEN}", value)
    return value


def _fields(cls: type) -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
    if dataclasses.is_dataclass(cls):
        for f in dataclasses.fields(cls):
            made = f.default_factory() if f.default_factory is not dataclasses.MISSING else f.default
            yield f.name, None if made is dataclasses.MISSING else made, f.metadata
    else:
        for name, info in cls.model_fields.items():  # type: ignore[attr-defined]  # a pydantic model
            yield name, info.get_default(call_default_factory=True), {"doc": info.description or ""}


def _is_secret(name: str, kind: Any, metadata: Mapping[str, Any]) -> bool:
    inner = _without_none(kind)
    by_type = isinstance(inner, type) and inner.__name__.startswith("Secret")
    return bool(metadata.get("secret", by_type or _SECRET_NAME.search(name)))


def _without_none(kind: Any) -> Any:
    if typing.get_origin(kind) not in (typing.Union, types.UnionType):
        return kind
    rest = [a for a in typing.get_args(kind) if a is not type(None)]
    return rest[0] if len(rest) == 1 else kind


def _type_name(kind: Any) -> str:
    name = getattr(kind, "__name__", str(kind))
    return "path" if name == "Path" else name


def _first_paragraph(doc: str | None) -> str:
    return " ".join((doc or "").strip().split("\n\n")[0].split())
