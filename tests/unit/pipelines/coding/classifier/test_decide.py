"""What the classifier may change in what the rules found."""

from pipelines.coding.classifier.decide import Finding, Ruling, decide, unspoken
from pipelines.coding.classifier.labels import LABELS, Aside, Distribution, Label
from schemas.precision import Scope
from schemas.taxonomy import SubEventType

ATTACK, CLASH, NONE = SubEventType.ATTACK, SubEventType.ARMED_CLASH, Aside.NONE


def odds(**of: float) -> Distribution:
    """Probabilities by the label's name in the enum; what is left goes to `Other`."""
    told: dict[Label, float] = dict.fromkeys(LABELS, 0.0)
    for name, p in of.items():
        told[Aside[name] if name in Aside.__members__ else SubEventType[name]] = p
    told[SubEventType.OTHER] += 1 - sum(told.values())
    return Distribution(tuple(told.values()))


def found(evidence: int = 1, sub: SubEventType = ATTACK, *, organised: bool = False) -> Finding:
    return Finding(sub, Scope.POLITICAL, evidence, organised)


def test_without_the_classifier_the_rules_stand() -> None:
    assert decide(found(), None) == Ruling(ATTACK, Scope.POLITICAL)


def test_bare_words_are_dropped_where_the_sentence_tells_of_nothing() -> None:
    assert decide(found(evidence=0), odds(NONE=0.85, ATTACK=0.15)) is None


def test_the_more_the_rules_have_to_show_the_surer_the_classifier_must_be() -> None:
    doubt = odds(NONE=0.85, ATTACK=0.15)
    kept = [decide(found(evidence=n), doubt) is not None for n in range(5)]
    assert kept == sorted(kept)
    assert kept[-1]


def test_an_event_with_all_evidence_is_never_dropped() -> None:
    assert decide(found(evidence=4), odds(NONE=1.0)) is not None


def test_a_plain_crime_leaves_the_political_scope() -> None:
    assert decide(found(2), odds(CRIMINAL=0.95)) == Ruling(ATTACK, Scope.CRIMINAL)


def test_a_plain_accident_leaves_it_too() -> None:
    assert decide(found(2), odds(ACCIDENT=0.95)) == Ruling(ATTACK, Scope.ACCIDENT)


def test_what_soldiers_or_a_named_group_do_stays_political() -> None:
    assert decide(found(2, organised=True), odds(CRIMINAL=0.95)) == Ruling(ATTACK, Scope.POLITICAL)


def test_a_scope_that_the_rules_have_narrowed_is_kept() -> None:
    crime = Finding(ATTACK, Scope.CRIMINAL, 2)
    assert decide(crime, odds(ACCIDENT=0.95)) == Ruling(ATTACK, Scope.CRIMINAL)


def test_a_type_that_the_rules_confuse_is_replaced_where_the_classifier_is_sure() -> None:
    assert decide(found(2, CLASH), odds(SHELLING=0.95)) == Ruling(SubEventType.SHELLING, Scope.POLITICAL)


def test_a_type_that_it_holds_possible_stays() -> None:
    assert decide(found(2, CLASH), odds(SHELLING=0.8, ARMED_CLASH=0.15)) == Ruling(CLASH, Scope.POLITICAL)


def test_a_type_that_the_rules_know_better_stays() -> None:
    assert decide(found(2, ATTACK), odds(PEACEFUL_PROTEST=0.99)) == Ruling(ATTACK, Scope.POLITICAL)


def test_a_sentence_without_a_trigger_needs_a_plain_case() -> None:
    assert unspoken(odds(ARMED_CLASH=0.97)) is CLASH
    assert unspoken(odds(ARMED_CLASH=0.5, NONE=0.5)) is None


def test_what_reads_like_a_plain_event_is_no_accident() -> None:
    fight = Finding(SubEventType.MOB_VIOLENCE, Scope.ACCIDENT, 2)
    assert decide(fight, odds(MOB_VIOLENCE=0.97)) == Ruling(SubEventType.MOB_VIOLENCE, Scope.POLITICAL)


def test_what_is_out_of_the_political_scope_anyway_is_not_dropped() -> None:
    assert decide(Finding(ATTACK, Scope.CRIMINAL, 0), odds(NONE=0.99)) == Ruling(ATTACK, Scope.CRIMINAL)


def test_a_crash_stays_an_accident_however_sure_the_classifier_is() -> None:
    sure = odds(ATTACK=0.99)
    told = Finding(ATTACK, Scope.ACCIDENT, 2, mishap=True)
    assert decide(told, sure) == Ruling(ATTACK, Scope.ACCIDENT)
    assert decide(Finding(ATTACK, Scope.ACCIDENT, 2), sure) == Ruling(ATTACK, Scope.POLITICAL)
