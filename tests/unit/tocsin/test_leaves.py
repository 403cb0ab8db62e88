"""What can be set: every leaf with its words, and secrets that never show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.columns import Int16, column
from tocsin.config import Settings
from tocsin.leaves import HIDDEN, Leaf, leaves, sections, shown, type_text


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Inner:
    """Inner settings."""

    password: str | None = column("Secret.", default=None)
    token_provider: str = column("Names a class.", default="")
    hosts: tuple[str, ...] = column("Where.", default=("a",))
    table: Mapping[str, str] = field(default_factory=dict, metadata={"doc": "Free."})


@dataclass(frozen=True, slots=True)
class Outer:
    """Outer settings: two lines
    of one paragraph.

    Another paragraph."""

    inner: Inner = Inner()
    size: Int16 = column("How many.", default=3)
    pin: str = field(default="1234", metadata={"doc": "Hidden by its mark.", "secret": True})


@dataclass(frozen=True, slots=True)
class Whole:
    """All."""

    outer: Outer = Outer()


BY_NAME = {leaf.name: leaf for leaf in leaves(Whole)}


def test_leaves_are_found_below_every_section_in_order() -> None:
    assert list(BY_NAME) == [
        "outer.inner.password",
        "outer.inner.token_provider",
        "outer.inner.hosts",
        "outer.inner.table",
        "outer.size",
        "outer.pin",
    ]
    assert BY_NAME["outer.size"].variable == "TOCSIN_OUTER__SIZE"
    assert BY_NAME["outer.size"].default == 3
    assert BY_NAME["outer.inner.table"].open


def test_a_section_is_told_by_the_first_paragraph() -> None:
    assert sections(Whole) == {"outer": "Outer settings: two lines of one paragraph."}


def test_what_is_secret_is_told_by_its_name_or_its_mark() -> None:
    assert [name for name, leaf in BY_NAME.items() if leaf.secret] == ["outer.inner.password", "outer.pin"]


@given(st.text(min_size=1))
def test_a_secret_never_shows(secret: str) -> None:
    assert shown(BY_NAME["outer.pin"], secret) == HIDDEN


def test_an_unset_secret_shows_that_it_is_unset() -> None:
    assert shown(BY_NAME["outer.inner.password"], None) is None
    assert shown(BY_NAME["outer.inner.password"], "") == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("postgres://me:pw@db/lake", "postgres://me:***@db/lake"),
        ("socks5://me:pw@proxy:1080", "socks5://me:***@proxy:1080"),
        (
            "postgres:dbname=lake host=db password=pw user=me",
            "postgres:dbname=lake host=db password=*** user=me",
        ),
        ("dbname=lake password='p w' user=me", "dbname=lake password=*** user=me"),
        ("postgres://me:p@w/d@db/lake", "postgres://me:***@db/lake"),
        ("http://host:80/a", "http://host:80/a"),
        ("127.0.0.1:19092", "127.0.0.1:19092"),
        (("postgres://me:pw@db", "b"), ["postgres://me:***@db", "b"]),
        ({"ssl_password": "pw", "client_rack": "a"}, {"ssl_password": "***", "client_rack": "a"}),
        (5, 5),
    ],
)
def test_a_secret_inside_a_value_is_hidden_and_the_rest_is_not(value: Any, expected: Any) -> None:
    assert shown(BY_NAME["outer.inner.hosts"], value) == expected


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (str, "text"),
        (int | None, "integer"),
        (Int16, "integer"),
        (bool, "true | false"),
        (tuple[str, ...], "list of text"),
        (Mapping[str, int], "table"),
        (Colour, "red | blue"),
        (Literal["a", "b"], "a | b"),
        (float, "number"),
    ],
)
def test_a_type_reads_as_a_person_says_it(kind: Any, text: str) -> None:
    assert type_text(kind) == text


@pytest.mark.parametrize("leaf", list(leaves(Settings)), ids=lambda leaf: leaf.name)
def test_every_setting_has_its_sentence(leaf: Leaf) -> None:
    assert leaf.doc.endswith(".")
    assert leaf.doc[0].isupper() or not leaf.doc[0].isalpha() or leaf.doc.startswith(("text for", "`"))


def test_kafka_s_secrets_are_secret_and_its_paths_are_not() -> None:
    secret = {leaf.name for leaf in leaves(Settings) if leaf.secret}
    assert {"kafka.ssl_password", "kafka.sasl_plain_password"} <= secret
    assert not secret & {"kafka.ssl_keyfile", "kafka.sasl_oauth_token_provider", "kafka.sasl_plain_username"}
