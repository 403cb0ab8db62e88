"""Casualties of a sentence: who was killed, hurt, abducted, arrested, present, and how many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.coding.numbers import Harm, find_casualties, sum_injured, sum_up


def toll(text: str, harm: Harm = Harm.KILLED) -> int | None:
    """The best figure of one harm in a sentence."""
    found = sum_up(find_casualties(text, 0), harm)
    return None if found is None else found.best


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("The bomb killed at least 11 people, including three children.", 11),
        ("11 people were killed and 30 wounded.", 11),
        ("The blast left 5 dead and 12 hurt.", 5),
        ("The death toll rose to 40 on Sunday.", 40),
        ("They mourned the deaths of two soldiers.", 2),
        ("A man was shot dead.", 1),
        ("Gunmen killed his wife and two children.", 3),
        ("Three gunmen killed 11 people.", 11),
        ("Three soldiers and two civilians were killed.", 5),
        ("Eleven people, eight of them guards, were killed.", 11),
        ("Five people, including two children, died.", 5),
        ("A bomber killed himself and 11 others.", 12),
        ("Omar Hadi was shot dead in the market.", 1),
        ("They killed the trader Omar Hadi.", 1),
        ("Villagers were killed.", 3),
        ("Dozens were killed.", 12),
        ("No casualties were reported.", 0),
        ("The bodies of six men were found.", 6),
        ("Three men were abducted and later killed.", 3),
        ("THE GUERRILLAS KILLED 3 SOLDIERS AND WOUNDED 5.", 3),
        ("A 19-year-old man was killed.", 1),
        ("Two women were shot, one fatally.", 1),
        ("Three Green Valley (GVA) fighters were killed.", 3),
        ("The mayor and his bodyguard were gunned down.", 2),
        ("They beat to death two drivers.", 2),
        ("The shelling killed a number of fighters.", 10),
        ("The shelling killed several villagers.", 3),
        ("A mine went off, killing him.", 1),
    ],
)
def test_deaths(text: str, killed: int) -> None:
    assert toll(text) == killed


@pytest.mark.parametrize(
    "text",
    [
        "The bomb killed four sheep.",
        "10,000 people have been killed since 2015.",
        "The committee killed the bill.",
        "Casualties are unknown.",
        "He played dead.",
        "It was a deadline.",
        "",
    ],
)
def test_what_tells_of_no_death_gives_none(text: str) -> None:
    assert toll(text) is None


@pytest.mark.parametrize(
    ("text", "harm", "figure"),
    [
        ("11 people were killed and 30 wounded.", Harm.INJURED, 30),
        ("killing 11 and wounding 30", Harm.INJURED, 30),
        ("At least 40 others sustained injuries.", Harm.INJURED, 40),
        ("Militants abducted four commuters.", Harm.ABDUCTED, 4),
        ("They killed a farmer and kidnapped his two sons.", Harm.ABDUCTED, 2),
        ("Police arrested 23 protesters.", Harm.ARRESTED, 23),
        ("Police announced the arrest of five men.", Harm.ARRESTED, 5),
        ("At least 200 people gathered before the court.", Harm.PARTICIPANTS, 200),
        ("Hundreds of protesters marched.", Harm.PARTICIPANTS, 100),
        ("a crowd of about 300", Harm.PARTICIPANTS, 300),
        ("a 300-strong march", Harm.PARTICIPANTS, 300),
        ("Four men were shot in the car park.", Harm.SHOT, 4),
    ],
)
def test_other_harms(text: str, harm: Harm, figure: int) -> None:
    assert toll(text, harm) == figure


def test_parts_are_marked_and_left_out_of_the_sum() -> None:
    found = find_casualties("Eleven people, including three children and a nurse, were killed.", 0)
    assert [(c.count.best, c.is_part) for c in found] == [(11, False), (3, True), (1, True)]


def test_a_sum_is_no_better_than_its_vaguest_part() -> None:
    found = sum_up(find_casualties("Two guards and dozens of rebels were killed.", 0), Harm.KILLED)
    assert found is not None
    assert (found.best, found.high, found.basis.value) == (14, None, "word")


def test_those_shot_less_the_dead_are_injured() -> None:
    found = sum_injured(find_casualties("Two women were shot, one fatally.", 0))
    assert found is not None
    assert found.best == 1


def test_the_toll_of_a_war_is_summed_only_when_asked_for() -> None:
    found = find_casualties("Some 500 people have been killed since 2015.", 0)
    assert sum_up(found, Harm.KILLED) is None
    background = sum_up(found, Harm.KILLED, background=True)
    assert background is not None
    assert background.best == 500


@given(killed=st.integers(2, 9_999), hurt=st.integers(2, 9_999), offset=st.integers(0, 500))
def test_figures_and_their_places_survive_any_number(killed: int, hurt: int, offset: int) -> None:
    text = f"The raid killed {killed:,} guards and wounded {hurt:,} villagers."
    found = find_casualties(text, offset)
    assert [(c.harm, c.count.best) for c in found] == [(Harm.KILLED, killed), (Harm.INJURED, hurt)]
    assert [text[c.trigger_start - offset : c.trigger_end - offset] for c in found] == ["killed", "wounded"]


@given(
    text=st.text(
        alphabet=st.sampled_from("killed dead 12 two men , and were (of) the shot a\n"), max_size=150
    )
)
def test_no_text_raises(text: str) -> None:
    assert all(0 <= c.count.start <= c.count.end <= len(text) for c in find_casualties(text, 0))


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("The army has killed dozens of rebels.", 12),
        ("They claimed to have killed a number of villagers in the raids.", 3),
        ("One of the three drivers was shot in the neck and later died.", 1),
        ("Four of the nine guards were killed.", 4),
        ("Two of the six people who died were children.", 6),
        ("A trader was beaten up and killed by about 20 men.", 1),
        ("The group claimed one soldier and one rebel were killed.", 2),
        ("They mourned the murder of Minister Omar Hadi and two of his guards.", 3),
        ("The minister and his two guards died.", 3),
        ("A reporter of a Dutch radio station was killed.", 1),
        ('At least 16 members of the "peasant patrol" (a village guard) died.', 16),
        (
            "The death toll from a blast on a crowded convoy of buses at the edge of the town reached 112.",
            112,
        ),
        ("The toll in the attack had risen from 58 to 62.", 62),
        ("Death toll from market bomb at least 30", 30),
        ("Omar Hadi, 24, and Salim Zaki, 30, were killed.", 2),
        ("The driver, Omar Hadi, 24, was killed.", 1),
        ("Omar Hadi, Salim Zaki and Rana Aziz were killed.", 3),
        ("They killed Omar Hadi, a trader, and his son.", 2),
        ("Two men were shot, one of whom died.", 1),
        ("He killed four people before turning the gun on himself.", 5),
        ("They shot and killed a town gate keeper.", 1),
        ("His body was found in the river.", 1),
    ],
)
def test_deaths_told_in_other_ways(text: str, killed: int) -> None:
    assert toll(text) == killed


@pytest.mark.parametrize(
    "text",
    [
        "He was charged with two counts of murder.",
        "He was held for the attempted murder of two guards.",
        "More than 100 rebels were killed or wounded.",
        "The toll is likely to rise as many are missing.",
        "Call the toll-free line at 855.",
        "A boy accidentally shot himself in the foot.",
    ],
)
def test_words_of_death_that_kill_nobody(text: str) -> None:
    assert toll(text) is None


def test_a_decade_of_life_counts_nobody() -> None:
    assert toll("A woman in her 20s was taken to hospital with gunshot wounds.", Harm.SHOT) == 1


def test_a_number_in_a_name_counts_nobody() -> None:
    assert toll("Members of Barrio 18 shot, killed and buried a girl.") is None
    assert toll("He told Radio 5 that a man, who died on Sunday, was a driver.") == 1


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("At least 19 people died on a day on which shells left dozens dead.", 19),
        ("At least 11 villagers were killed; almost a dozen villagers died, a monitor said.", 11),
        ("Two drivers were killed and another two drivers died later.", 4),
        ("The fatal shooting of one man and the wounding of three.", 1),
        ("A woman killed two neighbours before turning the gun on herself.", 3),
    ],
)
def test_figures_of_one_sentence_are_added_or_told_twice(text: str, killed: int) -> None:
    assert toll(text) == killed


def test_years_of_war_do_not_hide_the_days_dead() -> None:
    text = "A bomb killed 20 people on Monday, the latest in a war that has killed 9,000 since 2011."
    assert toll(text) == 20
    assert toll("Since 2011, some 9,000 people have been killed.") is None


def test_people_hit_by_bullets_are_not_yet_said_to_be_hurt_or_dead() -> None:
    assert toll("Five men were taken to hospital with gunshot wounds.", Harm.SHOT) == 5
    assert toll("Two boys, ages 4 and 6, were struck by gunfire.", Harm.SHOT) == 2


@pytest.mark.parametrize(
    ("text", "harm", "figure"),
    [
        ("Two children, ages 3 and 5, and their mother were found dead.", Harm.KILLED, 3),
        ("A man shot a nine-year-old girl, his cousin, in the arm.", Harm.SHOT, 1),
        ("They killed a trader, his wife, their son and a guard.", Harm.KILLED, 4),
        ("They killed her and her husband.", Harm.KILLED, 2),
        ("Man, woman killed in market fight", Harm.KILLED, 2),
        ("The blast claimed 20 lives.", Harm.KILLED, 20),
        ("Fatalities were coded as 3.", Harm.KILLED, 3),
        ("The war puts the lives of ordinary people in danger.", Harm.KILLED, None),
        ("Police executed five search warrants.", Harm.KILLED, None),
        ("The group claimed an unspecified number of casualties.", Harm.KILLED, None),
    ],
)
def test_people_told_in_lists_and_words_that_only_look_like_harm(
    text: str, harm: Harm, figure: int | None
) -> None:
    assert toll(text, harm) == figure
