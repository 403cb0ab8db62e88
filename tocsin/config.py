"""The configuration: one typed object made of the rooms' settings, and where each of its values comes from.

Sources, weakest first: defaults, `tocsin.toml`, `TOCSIN_SECTION__KEY` in the environment, flags. Everything is
checked here, before anything connects. Commands call `current()`.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from connectors.settings import KafkaSettings, PublishSettings, ReadSettings
from infra.broker.settings import BrokerSettings
from pipelines.coding.settings import CoderSettings
from pipelines.settings import ParseSettings, RunSettings
from schemas.errors import ConfigError
from tocsin.invocation import INVOCATION, Invocation
from tocsin.layers import (
    CONFIG_VARIABLE,
    FILE_NAME,
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
from tocsin.leaves import Leaf, leaves, shown
from tocsin.logs import LogSettings, set_up
from warehouse.serving_settings import MaintainSettings, QuerySettings
from warehouse.settings import LakeSettings


class Settings(BaseSettings):
    """Every setting of Tocsin, by room."""

    # The values come from our own layers alone, because they keep each value's origin: pydantic-settings' sources
    # for files and the environment forget it.
    model_config = SettingsConfigDict(frozen=True, extra="forbid")

    kafka: KafkaSettings = KafkaSettings()
    read: ReadSettings = ReadSettings()
    publish: PublishSettings = PublishSettings()
    run: RunSettings = RunSettings()
    lake: LakeSettings = LakeSettings()
    query: QuerySettings = QuerySettings()
    maintain: MaintainSettings = MaintainSettings()
    parse: ParseSettings = ParseSettings()
    coder: CoderSettings = CoderSettings()
    broker: BrokerSettings = BrokerSettings()
    log: LogSettings = LogSettings()

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource, *_: Any, **__: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `load` hands over."""
        return (init_settings,)


@dataclass(frozen=True, slots=True)
class Value:
    """One setting with its value and where that comes from."""

    leaf: Leaf
    value: Any
    origin: Origin

    @property
    def shown(self) -> Any:
        """The value with secrets hidden, in JSON's types."""
        return shown(self.leaf, self.value)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The configuration as it was read once: settings, file and origins."""

    settings: Settings
    file: Path | None
    origins: Mapping[tuple[str, ...], Origin]

    def values(self) -> list[Value]:
        """Every setting, in the order of the rooms."""
        return [self._value(leaf) for leaf in leaves(type(self.settings))]

    def _value(self, leaf: Leaf) -> Value:
        value: Any = self.settings
        for part in leaf.path:
            value = getattr(value, part)
        given = [o for path, o in self.origins.items() if path[: len(leaf.path)] == leaf.path]
        return Value(leaf, value, given[-1] if given else Origin(OriginKind.DEFAULT))


def load(invocation: Invocation | None = None, settings: type[Settings] = Settings, **flags: Any) -> Loaded:
    """Reads all sources and checks them whole; flags are named `section__key` and left out where None.

    Raises ConfigError that names every unknown key, or every value that is not allowed with its origin.
    """
    told = invocation or Invocation()
    file = _file(told)
    # A later source overrides an earlier one.
    givens = (
        *file_layer(file),
        *environment_layer(told.environment),
        *set_layer(told.assignments),
        *flag_layer(flags),
    )
    known = list(leaves(settings))
    check_known(givens, known)
    origins = {given.path: given.origin for given in givens}
    try:
        made = settings(**nested(_read_text(givens, known)))
    except ValidationError as error:
        raise _wrong_values(error, known, origins) from None
    _check_not_negative(made, known, origins)
    return Loaded(made, file, origins)


def current(**flags: Any) -> Settings:
    """The settings of the running command: `current(kafka__topic=topic).kafka`; sets logging up as they say.

    A flag overrides every other source; None means that it was not given. Raises ConfigError.
    """
    settings = load(INVOCATION.get(), **flags).settings
    set_up(settings.log)
    return settings


def _file(told: Invocation) -> Path | None:
    if told.config is not None:
        return told.config
    if named := told.environment.get(CONFIG_VARIABLE):
        return Path(named)
    found = told.folder / FILE_NAME
    return found if found.exists() else None


def _read_text(givens: Iterable[Given], known: Iterable[Leaf]) -> Iterable[Given]:
    """Text of the environment and of flags as the setting means it (the checker reads plain numbers by itself)."""
    by_path = {leaf.path: leaf for leaf in known}
    for given in givens:
        leaf = by_path.get(given.path)
        if isinstance(given.value, str) and given.origin.kind is not OriginKind.FILE:
            yield Given(given.path, _text_value(given.value, leaf), given.origin)
        else:
            yield Given(given.path, _unset(given.value, leaf), given.origin)


def _text_value(text: str, leaf: Leaf | None) -> Any:
    """A list is split at commas; a value of an open table is a number or a boolean where it reads as one."""
    if leaf is None:
        return _scalar(text)
    if isinstance(leaf.default, tuple | list | frozenset):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return _unset(text, leaf)


def _unset(value: Any, leaf: Leaf | None) -> Any:
    """Empty text unsets what may be unset."""
    return None if leaf and leaf.default is None and value == "" else value


def _scalar(text: str) -> Any:
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
    return value if isinstance(value, bool | int | float) else text


def _wrong_values(
    error: ValidationError, known: Iterable[Leaf], origins: Mapping[tuple[str, ...], Origin]
) -> ConfigError:
    by_path = {leaf.path: leaf for leaf in known}
    told = []
    for problem in error.errors():
        loc = tuple(str(part) for part in problem["loc"])
        path = next((loc[:n] for n in range(len(loc), 0, -1) if loc[:n] in by_path), loc)
        told.append(_wrong_value(path, by_path.get(path), problem, origins.get(path)))
    return ConfigError("; ".join(dict.fromkeys(told)) + ".", "`tocsin config --help` shows the form.")


def _wrong_value(path: tuple[str, ...], leaf: Leaf | None, problem: Any, origin: Origin | None) -> str:
    what = problem["msg"].removeprefix("Value error, ").rstrip(".")
    given = f", not {shown(leaf, problem['input'])!r}" if leaf else ""
    place = f" ({origin})" if origin else ""
    return f"{'.'.join(path)}: {what}{given}{place}"


def _check_not_negative(
    settings: Settings, known: Iterable[Leaf], origins: Mapping[tuple[str, ...], Origin]
) -> None:
    """Every number that we have is a size, a count or a duration: none may be negative."""
    loaded = Loaded(settings, None, origins)
    values = [v for v in loaded.values() if type(v.value) in (int, float) and not v.value >= 0]
    if values:
        told = "; ".join(f"{v.leaf.name}: may not be {v.value} ({v.origin})" for v in values)
        raise ConfigError(f"{told}.", "Give a number of 0 or more.")


__all__ = ["FILE_NAME", "INVOCATION", "Invocation", "Loaded", "Settings", "Value", "current", "load"]
