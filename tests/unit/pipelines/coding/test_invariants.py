"""ACLED's invariants hold for whatever the coder writes (schema notes, section 9)."""

import pytest

from schemas.actors import ActorType, interaction
from schemas.report import Report
from schemas.taxonomy import EVENT_TYPE_OF, EventType, SubEventType, disorder_type
from tests.kit.coding import reports

# One text for each sub-event type, and some that mix them. Written by us.
TEXTS: tuple[tuple[SubEventType, str], ...] = (
    (
        SubEventType.GOVERNMENT_REGAINS,
        "On 4 May 2022, Somali army soldiers recaptured the town of Afgooye from Al Shabaab.",
    ),
    (
        SubEventType.NON_STATE_OVERTAKES,
        "On 4 May 2022, M23 rebels captured the town of Bunagana from the Congolese army.",
    ),
    (
        SubEventType.ARMED_CLASH,
        "On 4 May 2022, Malian soldiers clashed with JNIM militants near Mopti, killing six militants.",
    ),
    (
        SubEventType.EXCESSIVE_FORCE,
        "On 4 May 2022, police fired live bullets at protesters in Khartoum, killing two demonstrators.",
    ),
    (
        SubEventType.PROTEST_WITH_INTERVENTION,
        "On 4 May 2022, police used tear gas to disperse a protest by teachers in Lima.",
    ),
    (SubEventType.PEACEFUL_PROTEST, "On 4 May 2022, about 200 nurses protested in Warsaw against low pay."),
    (
        SubEventType.VIOLENT_DEMONSTRATION,
        "On 4 May 2022, protesters threw stones and burned tires during a demonstration in Dakar.",
    ),
    (SubEventType.MOB_VIOLENCE, "On 4 May 2022, a mob beat a suspected thief to death in Kampala."),
    (
        SubEventType.CHEMICAL_WEAPON,
        "On 4 May 2022, a chlorine gas attack killed four civilians in Idlib, Syria.",
    ),
    (
        SubEventType.AIR_DRONE_STRIKE,
        "On 4 May 2022, Turkish warplanes carried out airstrikes on PKK positions near Dohuk.",
    ),
    (
        SubEventType.SUICIDE_BOMB,
        "On 4 May 2022, a suicide bomber blew himself up at a checkpoint in Kabul, killing three people.",
    ),
    (SubEventType.SHELLING, "On 4 May 2022, Russian forces shelled Kharkiv, wounding two civilians."),
    (
        SubEventType.REMOTE_EXPLOSIVE,
        "On 4 May 2022, a roadside bomb hit an army vehicle in Quetta, killing a soldier.",
    ),
    (
        SubEventType.GRENADE,
        "On 4 May 2022, unidentified men threw a grenade at a bar in Bujumbura, injuring five people.",
    ),
    (SubEventType.SEXUAL_VIOLENCE, "On 4 May 2022, soldiers raped two women in a village near Bunia."),
    (SubEventType.ATTACK, "On 4 May 2022, gunmen shot dead three farmers in Zamfara, Nigeria."),
    (SubEventType.ABDUCTION, "On 4 May 2022, gunmen kidnapped a priest in Kaduna, Nigeria."),
    (SubEventType.AGREEMENT, "On 4 May 2022, the government and the rebels signed a ceasefire in N'Djamena."),
    (SubEventType.ARRESTS, "On 4 May 2022, police arrested 40 opposition supporters in Harare."),
    (SubEventType.DISRUPTED_WEAPONS, "On 4 May 2022, soldiers found and defused a bomb near Gao."),
    (SubEventType.HEADQUARTERS, "On 4 May 2022, Turkish troops set up a military base near Afrin."),
    (SubEventType.LOOTING, "On 4 May 2022, militiamen looted shops in Bangui."),
)


@pytest.mark.parametrize(("sub", "text"), TEXTS, ids=[sub.name.lower() for sub, _ in TEXTS])
def test_each_sub_event_type_is_recognised(sub: SubEventType, text: str) -> None:
    found = reports(text)
    assert found
    assert found[0].sub_event_type is sub


@pytest.mark.parametrize("text", [text for _, text in TEXTS])
def test_every_report_obeys_the_codebook(text: str) -> None:
    found = reports(text)
    assert found
    for report in found:
        check_invariants(report)


def check_invariants(report: Report) -> None:
    """Asserts the rules that ACLED's own rows obey."""
    sides = {report.inter1, report.inter2}
    assert report.event_type is EVENT_TYPE_OF[report.sub_event_type]
    assert report.disorder_type is disorder_type(report.sub_event_type)
    assert report.year == report.event_date.year
    assert report.event_date <= report.event_date_end
    assert (report.actor2 is None) == (report.inter2 is None)
    assert report.interaction == interaction(report.inter1, report.inter2)
    if report.event_type is EventType.VIOLENCE_AGAINST_CIVILIANS:
        assert report.inter2 is ActorType.CIVILIANS
    if report.event_type is EventType.BATTLES:
        assert report.actor2 is not None
        assert not sides & {ActorType.PROTESTERS, ActorType.CIVILIANS}
        assert report.civilian_targeting is None
    if report.event_type is EventType.PROTESTS:
        assert report.actor1.startswith("Protesters (")
        assert ActorType.PROTESTERS in sides
    if report.event_type is EventType.RIOTS:
        assert ActorType.RIOTERS in sides
    if report.sub_event_type in (SubEventType.PEACEFUL_PROTEST, SubEventType.ABDUCTION):
        assert report.fatalities == 0
