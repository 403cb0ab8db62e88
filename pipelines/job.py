"""The job: every setting that the graphs need, in one value that pickles."""

from dataclasses import dataclass, field

from connectors.settings import KafkaSettings, ReadSettings
from connectors.shares import Share
from pipelines.coding.settings import CoderSettings
from pipelines.settings import ParseSettings, RunSettings
from warehouse.serving_settings import MaintainSettings
from warehouse.settings import LakeSettings


@dataclass(frozen=True, slots=True)
class Job:
    """What a graph is built from. Carries no offset: positions come from the ledger (DESIGN section 4.2)."""

    kafka: KafkaSettings = field(default_factory=KafkaSettings)
    read: ReadSettings = field(default_factory=ReadSettings)
    lake: LakeSettings = field(default_factory=LakeSettings)
    maintain: MaintainSettings = field(default_factory=MaintainSettings)
    coder: CoderSettings = field(default_factory=CoderSettings)
    parse: ParseSettings = field(default_factory=ParseSettings)
    run: RunSettings = field(default_factory=RunSettings)
    share: Share = Share()
    accept_loss: bool = False
    accept_new_topic: bool = False
