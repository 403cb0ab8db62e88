"""The coder end to end, on articles that we wrote."""

import time
from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from pipelines.coding.coder import Coder
from pipelines.coding.parser import SentenceParser
from pipelines.coding.settings import CoderSettings
from schemas.coding import Coding
from schemas.errors import CodingError
from schemas.precision import CountBasis, FatalitiesBasis, Scope, TimePrecision
from schemas.reject import RejectCode
from schemas.taxonomy import EventType, SubEventType
from tests.kit.coding import article, coder, political, reports

# A count of attacks, a count of operations and a release among demands, plans, hopes, conditions and denials.
HARD_CASE = """KABUL, April 8, 2020 - Afghanistan's security council said on Wednesday that the Taliban had carried out \
2,162 attacks against Afghan government forces since 22 February, the day on which a week of reduced violence began.

A spokesman for the council said that Afghan forces had conducted 302 operations against the insurgents between 3 March \
and 7 April, most of them, he said, in defence of their own posts.

The government also released more than 300 Taliban prisoners on Wednesday as part of an exchange that both sides have \
discussed for weeks.

The Taliban have demanded that 5,000 of their men be freed before any talks begin, and have threatened to attack cities \
if the releases stop. Officials in Kabul fear that the group will launch a spring offensive. If the fighting goes on, a \
ceasefire could collapse, diplomats warned.

The Taliban denied that their fighters had bombed a mosque in Kunduz. Kabul hopes that a truce will be signed this year, \
and plans to send more troops to Helmand. The United States has urged both sides not to resume attacks."""


def test_the_hard_case_gives_two_aggregates_and_a_release_and_nothing_else() -> None:
    found = political(HARD_CASE, "Kabul counts attacks as prisoners are freed", "2020-04-08")
    assert len(found) == 3
    attacks, operations, release = found
    assert (attacks.incident_count, attacks.incident_count_basis) == (2162, CountBasis.EXACT)
    assert attacks.actor1 == "Taliban"
    assert attacks.actor2 == "Military Forces of Afghanistan (2014-2021)"
    assert (attacks.event_date, attacks.event_date_end) == (date(2020, 2, 22), date(2020, 4, 8))
    assert operations.incident_count == 302
    assert operations.actor1 == "Military Forces of Afghanistan (2014-2021)"
    assert operations.actor2 == "Taliban"
    assert (operations.event_date, operations.event_date_end) == (date(2020, 3, 3), date(2020, 4, 7))
    assert (release.event_type, release.sub_event_type) == (EventType.STRATEGIC, SubEventType.OTHER)
    assert release.actor1.startswith("Government of Afghanistan")


def test_every_value_rests_on_words_that_stand_in_the_article() -> None:
    given = article(HARD_CASE, "Kabul counts attacks as prisoners are freed", "2020-04-08")
    found = coder().code(given).reports
    assert found
    for report in found:
        fields = {e.field for e in report.evidence}
        assert {"sub_event_type", "actor1", "event_date"} <= fields
        for evidence in report.evidence:
            part = given.title if evidence.part == "title" else given.text
            words = part[evidence.start : evidence.end]
            assert words
            assert words in evidence.sentence
            assert evidence.sentence in part


def test_headline_lead_and_detail_are_one_event() -> None:
    text = (
        "A bomb exploded at a market in Peshawar on Tuesday, killing at least 11 people, police said. "
        "The blast went off near a bus stop. Another 20 people were wounded in the explosion, a doctor said."
    )
    found = political(text, "Bomb kills 11 at Peshawar market", "2022-06-01")
    assert len(found) == 1
    assert found[0].sub_event_type is SubEventType.REMOTE_EXPLOSIVE
    assert (found[0].fatalities, found[0].injuries_best) == (11, 20)
    assert found[0].event_date == date(2022, 5, 31)
    assert found[0].country == "Pakistan"


def test_events_of_two_days_and_places_are_two_reports() -> None:
    text = (
        "Gunmen killed four villagers in Zamfara state in Nigeria on Monday. "
        "In a separate attack on Sunday, armed men abducted nine students in Kaduna."
    )
    found = political(text, day="2022-06-01")
    assert [r.sub_event_type for r in found] == [SubEventType.ATTACK, SubEventType.ABDUCTION]
    assert [r.event_date for r in found] == [date(2022, 5, 30), date(2022, 5, 29)]


@pytest.mark.parametrize(
    "text",
    [
        "The rebels threatened to attack the capital if the talks fail.",
        "Police fear that gunmen may attack the village again.",
        "The union plans to march on parliament next week.",
        "The army denied that its soldiers had killed any civilians in Mali.",
        "The government urged the militia not to attack the town.",
        "If the militants attack the base, the army will strike back.",
        "Scientists found that the virus killed 200 people in the region.",
        "United beat City 3-1 as the striker attacked the goal in the cup final, and the team won the match of the season.",
        "Shares fell to a new low on Wednesday as investors withdrew from the market.",
        "The bank launched a charm offensive in the battle against inflation.",
    ],
)
def test_what_did_not_happen_or_is_no_conflict_is_silent(text: str) -> None:
    assert political(text) == []


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("A fire killed nine people in a block of flats in Lyon on Friday.", Scope.ACCIDENT),
        ("At least seven people were killed when a bus crashed near Oslo on Friday.", Scope.ACCIDENT),
    ],
)
def test_accidents_are_kept_apart(text: str, scope: Scope) -> None:
    assert {r.scope for r in reports(text)} == {scope}


def test_a_day_that_nobody_tells_is_the_day_of_publication_and_marked() -> None:
    found = political("Soldiers shot dead three protesters in Khartoum, witnesses said.")
    assert found[0].event_date == date(2022, 6, 1)
    assert "date_from_publication" in found[0].quality_flags


def test_zero_and_unknown_deaths_differ() -> None:
    told = political("Militants attacked a village in Mali on Monday. No one was killed.")[0]
    untold = political("Militants attacked a village in Mali on Monday.")[0]
    assert (untold.fatalities, untold.fatalities_best) == (0, None)
    assert untold.fatalities_basis is FatalitiesBasis.NONE
    assert told.fatalities == 0


def test_coding_twice_gives_the_same_reports() -> None:
    given = article(HARD_CASE, day="2020-04-08")
    assert coder().code(given).reports == coder().code(given).reports


def test_a_scope_that_is_not_asked_for_is_counted() -> None:
    narrow = Coder(CoderSettings())
    coding = narrow.code(article("A fire killed nine people in a block of flats in Lyon on Friday."))
    assert (coding.reports, coding.out_of_scope) == ((), 1)


def test_an_endless_sentence_is_refused() -> None:
    with pytest.raises(CodingError) as refused:
        coder().code(article("gunmen attacked the village and " * 2_001))
    assert refused.value.code is RejectCode.SENTENCE_TOO_LONG


def test_an_article_beyond_its_time_is_refused() -> None:
    hasty = Coder(CoderSettings(max_seconds_per_article=-1.0))
    with pytest.raises(CodingError) as refused:
        hasty.code(article(HARD_CASE))
    assert refused.value.code is RejectCode.CODING_TIMEOUT


def test_a_hostile_text_stays_within_the_bound() -> None:
    started = time.monotonic()
    coder().code(article("Gunmen killed 3 people. ((((((" * 5_000))
    assert time.monotonic() - started < 2.0


def test_notes_are_composed_and_name_the_day() -> None:
    found = political(
        "On 3 March 2022, Al Shabaab militants attacked an army base in Baidoa, Somalia, killing five soldiers."
    )
    assert found[0].notes.startswith("On 3 March 2022, ")
    assert found[0].time_precision is TimePrecision.DAY
    assert found[0].actor1 == "Al Shabaab"


SHELLED = "The army shelled the village of Boni on Tuesday, killing four villagers."
QUIET = "The council opened a library."


def test_articles_coded_together_come_out_in_order_as_if_coded_one_by_one() -> None:
    given = [
        article(HARD_CASE),
        article(QUIET),
        article(SHELLED),
        article("Police opened fire. " * 40),
        article(SHELLED),
    ]
    together = [outcome.reports for outcome in coder().code_all(given) if isinstance(outcome, Coding)]
    assert together == [coder().code(one).reports for one in given]
    assert [bool(reports) for reports in together] == [True, False, True, True, True]


def test_more_articles_than_are_parsed_together_all_come_out() -> None:
    outcomes = list(coder().code_all([article(f"{SHELLED} It was the {n}th raid.") for n in range(70)]))
    assert len(outcomes) == 70
    assert all(isinstance(outcome, Coding) and outcome.reports for outcome in outcomes)


def test_an_article_that_breaks_the_parser_does_not_harm_its_neighbours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mine = Coder()
    parse = SentenceParser.parse

    def moody(self: SentenceParser, sentences: Iterable[str]) -> Iterator[object]:
        given = list(sentences)
        if any("Boni" in sentence for sentence in given):
            raise ZeroDivisionError("a library broke")
        return parse(self, given)

    monkeypatch.setattr(SentenceParser, "parse", moody)
    first, broken, last = mine.code_all([article(HARD_CASE), article(SHELLED), article(HARD_CASE)])
    assert isinstance(first, Coding)
    assert isinstance(last, Coding)
    assert first.reports == last.reports != ()
    assert isinstance(broken, CodingError)
    assert broken.code is RejectCode.CODING_FAILED
    assert "ZeroDivisionError" in broken.message


def test_an_endless_sentence_is_refused_and_its_neighbours_are_coded() -> None:
    endless = article("Gunmen killed " + "very " * 3_000 + "many people.")
    first, refused = coder().code_all([article(SHELLED), endless])
    assert isinstance(first, Coding)
    assert isinstance(refused, CodingError)
    assert refused.code is RejectCode.SENTENCE_TOO_LONG


@pytest.mark.parametrize(
    "text",
    [
        "The dollar slipped on Tuesday after the yen rallied against it on the back of strong Tokyo shares.",
        "Light crude for March eased four cents to 97 dollars a barrel.",
    ],
)
def test_markets_rally_and_contracts_for_march_are_no_protests(text: str) -> None:
    assert political(text) == []


def test_a_march_in_a_headline_is_one() -> None:
    (march,) = political(
        "They walked to the mayor's office on Monday.", "Thousands March Over Water Prices in Durban"
    )
    assert march.event_type is EventType.PROTESTS


def test_a_false_vest_makes_no_suicide_bombing() -> None:
    (attack,) = political(
        "A man stabbed four people in Lahore, Pakistan, on Friday. He wore a fake suicide vest, police said."
    )
    assert attack.sub_event_type is SubEventType.ATTACK


def test_who_is_stabbed_after_a_verb_of_another_is_found() -> None:
    found = political(
        "An individual has been arrested after Jan Nowak, mayor of the Polish city of Gdansk, was stabbed last night whilst on "
        "stage. He died today."
    )
    assert [(r.sub_event_type, r.actor2) for r in found] == [(SubEventType.ATTACK, "Civilians (Poland)")]


def test_the_police_who_tell_of_an_attack_have_not_made_it() -> None:
    (attack,) = political(
        "Police said that attacks in Kunduz, Afghanistan, on Monday left three villagers dead."
    )
    assert not attack.actor1.startswith("Police")


@pytest.mark.parametrize(
    "text",
    [
        "The safe zone lies in territory controlled by the SDF in Syria.",
        "The prisoners are all being held by the SDF in the north-east of Syria.",
        "The widow of a murdered Iraqi journalist asked for justice in Baghdad.",
        "Candlelight vigils in Warsaw, Poland, this evening were attended by thousands.",
        "MPs protested in the House of Commons in London by shouting and holding signs.",
        "A gold mine in Marikana, South Africa, lies idle, and the army watches it.",
    ],
)
def test_how_things_stand_and_mourning_and_parliaments_are_no_events(text: str) -> None:
    assert political(text) == []


def test_the_driver_of_a_crashed_bus_is_arrested_for_a_crime() -> None:
    found = reports(
        "A bus crash near Smolensk, Russia, on Sunday followed a traffic accident. Seven died. Police arrested the driver."
    )
    assert [r.scope for r in found if r.sub_event_type is SubEventType.ARRESTS] == [Scope.CRIMINAL]


def test_suspects_arrested_for_an_attack_are_part_of_it() -> None:
    found = political(
        "Gunmen shot dead a councillor in Quetta, Pakistan, on Monday. The man had left a mosque. His brother was with him. "
        "The funeral was held in the evening. Shops stayed closed. Police said that two suspects were arrested."
    )
    assert [r.sub_event_type for r in found] == [SubEventType.ATTACK]


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        (
            "On 3 May 2022, members of two mosques clashed with each other in Nakuru, Kenya.",
            SubEventType.MOB_VIOLENCE,
        ),
        (
            "On 3 May 2022, vendors clashed with municipal police officers in Huancayo, Peru.",
            SubEventType.MOB_VIOLENCE,
        ),
        (
            "On 3 May 2022, residents beat and killed a man who had robbed a shop in Lima, Peru.",
            SubEventType.MOB_VIOLENCE,
        ),
        (
            "On 3 May 2022, graduates marched to the ministry in Rabat, Morocco, to demand jobs.",
            SubEventType.PEACEFUL_PROTEST,
        ),
        (
            "On 3 May 2022, drivers held a demonstration near Rosario, Argentina. The group used logs to block the road. It rained.",
            SubEventType.VIOLENT_DEMONSTRATION,
        ),
        (
            "On 3 May 2022, teachers staged a protest in Mashhad, Iran. Police prevented them from entering the square.",
            SubEventType.PROTEST_WITH_INTERVENTION,
        ),
        ("On 3 May 2022, soldiers clashed with M23 rebels near Rutshuru, Congo.", SubEventType.ARMED_CLASH),
    ],
)
def test_crowds_are_told_apart_by_what_they_do_and_what_is_done_to_them(text: str, sub: SubEventType) -> None:
    assert [r.sub_event_type for r in political(text, day="2022-05-04")] == [sub]


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        (
            "Turkish artillery shelled Upper Shuyukh village in Aleppo, Syria, on Monday.",
            SubEventType.SHELLING,
        ),
        (
            "Unknown militants tortured and killed a woman in a village near Qamishli, Syria, on Monday.",
            SubEventType.ATTACK,
        ),
        (
            "Two armed groups exchanged fire from their cars in Chilchota, Mexico, on Monday.",
            SubEventType.ARMED_CLASH,
        ),
        ("Gunmen shot dead an off-duty policeman in Peshawar, Pakistan, on Monday.", SubEventType.ATTACK),
    ],
)
def test_battles_and_attacks_are_told_apart(text: str, sub: SubEventType) -> None:
    assert [r.sub_event_type for r in political(text)] == [sub]


def test_an_article_about_a_trial_or_an_anniversary_recalls_what_was_done() -> None:
    trial = (
        "A court in Jakarta, Indonesia, sentenced a man to life in prison on Tuesday. He smiled when he heard it. The judges found "
        "that he had driven two attackers, who died in the blast, to the gate of a church."
    )
    assert political(trial, "Life sentence for church bomber") == []
    day = "Bells rang in Kigali on Sunday. Survivors lit candles. Soldiers had killed thousands in the churches of Rwanda."
    assert political(day, "Rwanda marks anniversary of genocide") == []


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        (
            "Leaders of the Murle and Nuer communities signed a peace accord in Pibor, South Sudan, on Saturday.",
            SubEventType.AGREEMENT,
        ),
        (
            "Kenyan troops handed their base in Bilis, Somalia, over to the Somali army on Saturday.",
            SubEventType.NON_VIOLENT_TRANSFER,
        ),
        (
            "Supporters of two parties attacked each other with clubs in Kenyasi, Ghana, on Saturday.",
            SubEventType.MOB_VIOLENCE,
        ),
    ],
)
def test_accords_handovers_and_brawls_are_found(text: str, sub: SubEventType) -> None:
    assert [r.sub_event_type for r in political(text)] == [sub]


def test_strikes_that_were_ordered_have_not_been_flown() -> None:
    assert (
        political(
            "The army of Niger said that air strikes had been ordered against the bases of the attackers."
        )
        == []
    )


def test_rifles_found_after_a_battle_are_part_of_it() -> None:
    found = political(
        "Nigerian troops killed 14 bandits in a forest in Zamfara State on Tuesday, the army said. Four rifles were recovered.",
        "Troops kill 14 bandits in Zamfara forest",
    )
    assert [r.sub_event_type for r in found] == [SubEventType.ARMED_CLASH]


def test_a_fight_of_crowds_and_the_stones_they_throw_are_one_event() -> None:
    found = political(
        "On 3 May 2022, two groups clashed during a festival in Patna, India. The rioters threw stones at police forces when they "
        "tried to intervene.",
        day="2022-05-04",
    )
    assert [r.sub_event_type for r in found] == [SubEventType.MOB_VIOLENCE]


def test_what_a_note_says_is_coded_separately_is_not_coded_here() -> None:
    found = political(
        "On 3 May 2022, militiamen stole cattle from a farm in Batagarawa, Nigeria. Police forces clashed with the militiamen at "
        "Batsari [coded separately].",
        day="2022-05-04",
    )
    assert SubEventType.ARMED_CLASH not in [r.sub_event_type for r in found]


@pytest.mark.parametrize(
    "text",
    [
        "At least seven people were killed yesterday when a World War II-era bomber crashed at an airport in Connecticut, USA.",
        "Seventeen pilgrims died on Monday when their boat capsized on the Congo near Mbandaka.",
        "Fire tore through a block of flats in Badalona, Spain, on Saturday, killing three people.",
    ],
)
def test_crashes_and_fires_are_accidents(text: str) -> None:
    assert political(text) == []


def test_a_march_from_one_place_of_a_city_to_another_is_one_protest() -> None:
    found = political(
        "Thousands of protesters marched through London on Saturday against the law. Protesters carrying placards walked from Hyde "
        "Park to Westminster.",
        "Thousands march against new law in London",
    )
    assert [r.event_type for r in found] == [EventType.PROTESTS]
