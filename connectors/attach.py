"""Attaches a consumer to the partitions of one slot: who the log is, where each ledger stands, what is still there.

Everything is taken anew from ledger and broker, so attaching again is the answer to every failure.
"""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Attached:
    """A consumer that stands at the ledgers' positions, and another one for questions.

    A broker answers the requests of one connection one after another, and an idle fetch is answered after seconds:
    asked through the same connection, any question would wait for that.
    """

    consumer: KafkaConsumer
    asker: KafkaConsumer
    state: LogState
    starts: dict[int, Start]
    ends: dict[int, int]

    def close(self) -> None:
        """Gives the connections back; waits for nothing."""
        for client in (self.consumer, self.asker):
            client.close(autocommit=False, timeout_ms=0)


def key_of(topic: str, partition: int) -> LedgerKey:
    """The ledger of one partition."""
    return LedgerKey(LedgerKind.KAFKA, topic, partition)


def attach(
    settings: KafkaSettings, own: Callable[[Iterable[int]], tuple[int, ...]], ledgers: Ledgers
) -> Attached:
    """Connects, checks and seeks.

    Raises kafka-python's errors, BrokerUnreachable, BrokerRefused, TopicMissing, OffsetsLost, AnotherLog, and what
    reading a ledger raises; then all connections are closed.
    """
    with ExitStack() as undo:
        asker = _opened(undo, settings, group_id=settings.group_id or None)
        state = look(asker, settings.topic, ANSWER_SECONDS)
        if state is None:
            raise missing(settings.topic, settings.bootstrap_servers)
        found = _found(asker, settings.topic, state, own(state.partitions))
        starts = {one.key.partition: _decide(one, ledgers) for one in found}
        starts |= _recheck(settings, found, ledgers)
        consumer = _opened(undo, settings)
        tps = {TopicPartition(settings.topic, p): start.position for p, start in starts.items()}
        consumer.assign(list(tps))
        for tp, position in tps.items():
            consumer.seek(tp, position)
        undo.pop_all()
        return Attached(consumer, asker, state, starts, {one.key.partition: one.end for one in found})
    raise AssertionError  # an ExitStack that swallows nothing is left by a return or an error


def _opened(undo: ExitStack, settings: KafkaSettings, **options: Any) -> KafkaConsumer:
    client = new_consumer(settings, **options)
    undo.callback(client.close, autocommit=False, timeout_ms=0)
    return client


@dataclass(frozen=True, slots=True)
class _Found:
    """One partition as the broker shows it; `end` is the offset after its last committed record."""

    key: LedgerKey
    identity: LogIdentity
    earliest: int
    end: int

    def start(self, row: LedgerRow | None, ledgers: Ledgers) -> Start:
        return start(self.key, row, self.identity, self.earliest, self.end, accept_loss=ledgers.accept_loss)


def _found(asker: KafkaConsumer, topic: str, state: LogState, owned: tuple[int, ...]) -> list[_Found]:
    if not owned:
        return []  # a share or slot beyond the topic's partitions: it waits for the topic to grow
    partitions = [TopicPartition(topic, p) for p in owned]
    earliest = asker.beginning_offsets(partitions, timeout_ms=ANSWER_SECONDS * 1000)
    end = asker.end_offsets(partitions, timeout_ms=ANSWER_SECONDS * 1000)
    return [_Found(key_of(*tp), state.identity, earliest[tp], end[tp]) for tp in partitions]


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


def _recheck(settings: KafkaSettings, found: list[_Found], ledgers: Ledgers) -> dict[int, Start]:
    """Fetches the last landed records again, where they are retained; gives new starts for logs that were adopted."""
    landed = {one.key.partition: last_stamp(ledgers.read(one.key)) for one in found}
    kept = {
        one.key.partition: at
        for one in found
        if (at := landed[one.key.partition]) is not None and one.earliest <= at.offset < one.end
    }
    there = stamps_at(settings, {p: at.offset for p, at in kept.items()}, ANSWER_SECONDS)
    changed = {}
    for one in found:
        partition = one.key.partition
        if partition in there:
            try:
                check_stamp(one.key, kept[partition], there[partition])
            except AnotherLog as error:
                changed[partition] = _adopt(one, error, ledgers)
    return changed
