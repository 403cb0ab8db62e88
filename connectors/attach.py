"""Attaches a consumer to the partitions of one slot: who the log is, where each ledger stands, what is still there.

Everything is taken anew from ledger and broker, so attaching again is the answer to every failure.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kafka import KafkaConsumer, TopicPartition

from connectors.client import consumer as new_consumer
from connectors.failures import missing
from connectors.probe import LogState, look
from connectors.refetch import stamps_at
from connectors.resume import Start, check_stamp, last_stamp, start
from connectors.settings import KafkaSettings
from schemas.errors import AnotherLog
from schemas.ledger import LedgerKey, LedgerKind, LedgerRow, LogIdentity

Positions = Callable[[LedgerKey], LedgerRow | None]
"""Reads one ledger; None if there is none yet."""

Adopt = Callable[[LedgerKey, LogIdentity, int], None]
"""Writes down that a ledger goes on in another log, beginning at the offset given; afterwards it reads so."""

# An answer on a working connection takes milliseconds. A drain, which has 5 s, may have to wait for one.
ANSWER_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Ledgers:
    """How a ledger is read, and what was said by hand about logs that are not as their ledger left them."""

    read: Positions
    accept_loss: bool = False
    adopt: Adopt | None = None


@dataclass(slots=True)
class Attached:
    """A consumer that stands at the ledgers' positions."""

    consumer: KafkaConsumer
    state: LogState
    starts: dict[int, Start] = field(default_factory=dict)


def key_of(topic: str, partition: int) -> LedgerKey:
    """The ledger of one partition."""
    return LedgerKey(LedgerKind.KAFKA, topic, partition)


def attach(
    settings: KafkaSettings,
    own: Callable[[Iterable[int]], tuple[int, ...]],
    ledgers: Ledgers,
) -> Attached:
    """Connects, checks and seeks.

    Raises kafka-python's errors, BrokerUnreachable, BrokerRefused, TopicMissing, OffsetsLost, AnotherLog, and what
    reading a ledger raises; then the consumer is closed.
    """
    consumer = new_consumer(settings)
    try:
        state = look(consumer, settings.topic, ANSWER_SECONDS)
        if state is None:
            raise missing(settings.topic, settings.bootstrap_servers)
        starts = _starts(consumer, settings.topic, state, own(state.partitions), ledgers)
        return Attached(consumer, state, starts)
    except BaseException:
        consumer.close(autocommit=False, timeout_ms=0)
        raise


def _starts(
    consumer: KafkaConsumer,
    topic: str,
    state: LogState,
    owned: tuple[int, ...],
    ledgers: Ledgers,
) -> dict[int, Start]:
    if not owned:
        return {}  # a share or slot beyond the topic's partitions: it waits for the topic to grow
    partitions = [TopicPartition(topic, p) for p in owned]
    consumer.assign(partitions)
    earliest = consumer.beginning_offsets(partitions, timeout_ms=ANSWER_SECONDS * 1000)
    end = consumer.end_offsets(partitions, timeout_ms=ANSWER_SECONDS * 1000)
    found = [_Found(key_of(*tp), state.identity, earliest[tp], end[tp]) for tp in partitions]
    starts = {one.key.partition: _decide(one, ledgers) for one in found}
    starts |= _recheck(consumer, found, ledgers)
    for tp in partitions:
        consumer.seek(tp, starts[tp.partition].position)
    return starts


@dataclass(frozen=True, slots=True)
class _Found:
    """One partition as the broker shows it; `end` is the offset after its last committed record."""

    key: LedgerKey
    identity: LogIdentity
    earliest: int
    end: int

    def start(self, row: LedgerRow | None, ledgers: Ledgers) -> Start:
        return start(self.key, row, self.identity, self.earliest, self.end, accept_loss=ledgers.accept_loss)


def _decide(found: _Found, ledgers: Ledgers) -> Start:
    try:
        return found.start(ledgers.read(found.key), ledgers)
    except AnotherLog as error:
        return _adopt(found, error, ledgers)


def _adopt(found: _Found, error: AnotherLog, ledgers: Ledgers) -> Start:
    """Goes over to the other log if that was accepted; raises the error otherwise."""
    if ledgers.adopt is None:
        raise error
    ledgers.adopt(found.key, found.identity, found.earliest)
    return found.start(ledgers.read(found.key), ledgers)


def _recheck(consumer: KafkaConsumer, found: list[_Found], ledgers: Ledgers) -> dict[int, Start]:
    """Fetches the last landed records again, where they are retained; gives new starts for logs that were adopted."""
    landed = {one.key.partition: last_stamp(ledgers.read(one.key)) for one in found}
    kept = {
        one.key.partition: at
        for one in found
        if (at := landed[one.key.partition]) is not None and one.earliest <= at.offset < one.end
    }
    there = stamps_at(consumer, found[0].key.name, {p: at.offset for p, at in kept.items()}, ANSWER_SECONDS)
    changed = {}
    for one in found:
        partition = one.key.partition
        if partition in there:
            try:
                check_stamp(one.key, kept[partition], there[partition])
            except AnotherLog as error:
                changed[partition] = _adopt(one, error, ledgers)
    return changed
