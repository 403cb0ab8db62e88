"""The classifier within the coder, on articles that we wrote."""

from pipelines.coding.classifier.consult import told_text
from pipelines.coding.coder import Coder
from pipelines.coding.text import Sentence
from schemas.taxonomy import SubEventType
from tests.kit.coding import article, coder, political


def test_datelines_and_editors_brackets_are_not_read() -> None:
    text = "LIMA, 3 MAY 89 -- [TEXT] GUERRILLAS BLEW UP A PYLON."
    sentence = Sentence("text", 0, 0, len(text), text)
    assert told_text(sentence, text.index("[")) == "GUERRILLAS BLEW UP A PYLON."


def test_a_headline_is_read_whole_whatever_the_dateline() -> None:
    assert told_text(Sentence("title", 0, 0, 14, "Bomb kills ten"), 9) == "Bomb kills ten"


def test_an_event_told_without_a_trigger_is_named() -> None:
    found = political(
        "Soldiers have taken twelve young men away from hamlets in the hills; nobody knows where they are held."
    )
    assert [r.sub_event_type for r in found] == [SubEventType.ABDUCTION]


def test_a_general_remark_on_violence_is_no_event() -> None:
    assert (
        political("Attacks on aid workers make it hard to bring food to those who need it, the agency says.")
        == []
    )


def test_the_version_names_the_classifier() -> None:
    alone = Coder(rules_alone=True)
    assert coder().version != alone.version
    assert alone.version.endswith(".rules")


def test_the_rules_alone_code_too() -> None:
    given = article("Gunmen shot dead four farmers near Bor on Monday.", day="2022-06-01")
    assert [r.sub_event_type for r in Coder(rules_alone=True).code(given).reports] == [SubEventType.ATTACK]
