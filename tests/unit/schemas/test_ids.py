"""Ids and keys: the same thing always has the same one, and another thing another."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schemas.article import text_digest
from schemas.coding import coding_id
from schemas.ledger import LedgerKey, LedgerKind
from schemas.reject import STAGE_OF, RejectCode, Stage, reject_id
from schemas.report import report_id
from schemas.taxonomy import SubEventType

TOPICS = st.from_regex(r"[a-zA-Z0-9._-]{1,249}", fullmatch=True)
KEYS = st.one_of(
    st.builds(LedgerKey, st.just(LedgerKind.KAFKA), TOPICS, st.integers(0, 100_000)),
    st.builds(LedgerKey, st.just(LedgerKind.FILE), st.from_regex(r"[0-9a-f]{64}", fullmatch=True)),
    st.builds(LedgerKey, st.sampled_from([LedgerKind.REPLAY, LedgerKind.RECODE])),
)
PLAIN = st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))


@given(KEYS)
def test_a_key_s_text_reads_back_as_the_key(key: LedgerKey) -> None:
    assert LedgerKey.parse(str(key)) == key


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (LedgerKey(LedgerKind.KAFKA, "articles", 2), "kafka:articles/2"),
        (LedgerKey(LedgerKind.FILE, "ab12"), "file:ab12"),
        (LedgerKey(LedgerKind.REPLAY), "@replay"),
        (LedgerKey(LedgerKind.RECODE), "@recode"),
    ],
)
def test_a_key_s_text_is_the_one_of_the_design(key: LedgerKey, text: str) -> None:
    assert str(key) == text


@pytest.mark.parametrize(
    "text", ["", "kafka:", "kafka:a", "kafka:a/x", "kafka:/1", "file:", "replay", "kafka:a/-1"]
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a valid LedgerKind"):
        LedgerKey.parse(text)


@given(KEYS, KEYS)
@example(LedgerKey(LedgerKind.KAFKA, "a.b", 0), LedgerKey(LedgerKind.KAFKA, "a_b", 0))
@example(LedgerKey(LedgerKind.KAFKA, "News", 0), LedgerKey(LedgerKind.KAFKA, "news", 0))
@example(LedgerKey(LedgerKind.KAFKA, "a" * 60, 1), LedgerKey(LedgerKind.KAFKA, "a" * 60, 2))
def test_each_key_has_a_table_of_its_own_with_a_plain_name(one: LedgerKey, other: LedgerKey) -> None:
    assert (one.table == other.table) == (one == other)
    assert re.fullmatch(r"ledger_[a-z0-9_]+", one.table)
    assert len(one.table) <= 63


@given(PLAIN, PLAIN, PLAIN, PLAIN)
def test_title_and_text_do_not_run_into_each_other(title: str, text: str, title2: str, text2: str) -> None:
    assert (text_digest(title, text) == text_digest(title2, text2)) == ((title, text) == (title2, text2))


@given(PLAIN, st.integers(0), st.sampled_from(list(RejectCode)), st.none() | st.from_regex(r"[0-9a-f]{32}"))
def test_a_reject_of_the_same_record_for_the_same_reason_is_the_same(
    ledger: str, offset: int, code: RejectCode, report: str | None
) -> None:
    one = reject_id(ledger, offset, STAGE_OF[code], code, report)
    assert one == reject_id(ledger, offset, STAGE_OF[code], code, report)
    assert re.fullmatch(r"[0-9a-f]{32}", one)
    assert one != reject_id(ledger, offset + 1, STAGE_OF[code], code, report)
    assert one != reject_id(ledger, offset, STAGE_OF[code], code, "another")


def test_every_reject_code_has_one_stage_and_every_stage_that_rejects_has_codes() -> None:
    assert set(STAGE_OF) == set(RejectCode)
    assert set(STAGE_OF.values()) == set(Stage)


def test_report_ids_differ_in_each_of_their_parts() -> None:
    ids = {
        report_id(article, digest, start, end, sub)
        for article in ("a", "b")
        for digest in ("1", "2")
        for start, end in ((0, 5), (0, 6), (1, 5))
        for sub in (SubEventType.ATTACK, SubEventType.ARRESTS)
    }
    assert len(ids) == 24


def test_coding_ids_differ_by_ledger_offset_and_coder() -> None:
    ids = {
        coding_id("a", "t", coder, ledger, offset)
        for coder in ("1", "2")
        for ledger in ("kafka:a/0", "@replay")
        for offset in (0, 1)
    }
    assert len(ids) == 8
