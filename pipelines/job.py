"""The job: every setting that the graphs need, in one value that pickles."""

from dataclasses import dataclass, field

from connectors.settings import KafkaSettings
from warehouse.settings import LakeSettings

from pipelines.coding.coder import CoderSettings
from pipelines.settings import ParseSettings, RunSettings


@dataclass(frozen=True, slots=True)
class Share:
    """Which part of the partitions this process reads: `index` of `count`, from 1 (`--share 2/3`)."""

    index: int = 1
    count: int = 1


@dataclass(frozen=True, slots=True)
class Job:
    """What a graph is built from. Carries no offset: positions come from the ledger (DESIGN section 4.2)."""

    kafka: KafkaSettings = field(default_factory=KafkaSettings)
    lake: LakeSettings = field(default_factory=LakeSettings)
    coder: CoderSettings = field(default_factory=CoderSettings)
    parse: ParseSettings = field(default_factory=ParseSettings)
    run: RunSettings = field(default_factory=RunSettings)
    share: Share = Share()
    accept_loss: bool = False
    accept_new_topic: bool = False
