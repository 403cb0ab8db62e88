"""Reads the partitions of one slot and hands them on as Batches, from where their ledgers stand.

Knows Kafka, and ledgers only as a function that reads one. Never decides from Kafka's committed offsets, and never
moves a ledger: that is done where a Batch is landed.
"""

import logging
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import NoReturn

import kafka.errors
from kafka import TopicPartition
from kafka.consumer.fetcher import ConsumerRecord

from connectors.attach import (
    ANSWER_SECONDS,
    Adopt,
    Attached,
    Ledgers,
    Positions,
    attach,
    key_of,
)
from connectors.courtesy import Courtesy
from connectors.failures import is_away, is_refusal, missing, translate
from connectors.gather import Gatherer, by_partition
from connectors.outage import Outage
from connectors.pace import Pace
from connectors.probe import LogState, leaders, look
from connectors.resume import check_identity
from connectors.settings import KafkaSettings, ReadSettings
from connectors.shares import WHOLE, Share, owned
from connectors.stamp import stamp
from schemas.batch import Batch, Record, Span
from schemas.errors import BrokerError, BrokerUnreachable, RecordUnreadable, TocsinError, TopicMissing
from schemas.ledger import LedgerKey

# While a broker is away one try must not outlast a drain.
_BOOTSTRAP_MS = 3_000
# A broken connection can garble one answer, hardly three in a row at the same place.
_STUMBLES = 3
# Offsets that hold no record (the marker of a transaction) are passed with the next record or within this time.
_SWEEP_SECONDS = 1.0

logger = logging.getLogger("tocsin.connectors")


class SlotReader:
    """One consumer and what it has handed on. Not for more than one thread at a time.

    `positions` reads a ledger: it is asked on the first `poll`, and again after `reset` or any failure. Partitions
    without a ledger begin at the broker's earliest offset. Logs that are not as their ledger left them stop the
    reader, unless `accept_loss` (retention passed the ledger) or `adopt` (another log; called once per partition
    with its key, new identity and earliest offset, and must make the ledger say so) were given.
    """

    def __init__(
        self,
        settings: KafkaSettings,
        read: ReadSettings,
        positions: Positions,
        *,
        slot: int = 0,
        slots: int = 1,
        share: Share = WHOLE,
        accept_loss: bool = False,
        adopt: Adopt | None = None,
    ) -> None:
        self._settings, self._read = settings, read
        self._slot, self._slots, self._share = slot, slots, share
        self._ledgers = Ledgers(positions, accept_loss, adopt)
        self._pace, self._courtesy = Pace(read), Courtesy(settings.group_id)
        self._outage = Outage(read.max_backoff_seconds)
        self._attached: Attached | None = None
        self._gatherer: Gatherer | None = None
        self._next: dict[int, int] = {}
        self._grown = False
        self._missing_since: float | None = None
        self._stumbles = 0
        self._look_due = self._sweep_due = 0.0

    def poll(self) -> list[Batch]:
        """What came next, one Batch per partition, ascending in partition; empty after about 0.3 s without any.

        Each Batch begins where the partition's last one ended; a Batch without records passes offsets that hold
        none. While the broker is away it returns empty-handed, without limit; `broker_down_since` tells. Raises
        OffsetsLost, AnotherLog, TopicMissing, BrokerRefused, RecordUnreadable, and what `positions` raises; then
        nothing was handed on, and the next call starts anew from the ledgers.
        """
        if self._attached:
            self._courtesy.commit(self._attached.asker)
        try:
            batches = self._read_on() if self._attached else self._attach()
        except (kafka.errors.KafkaError, BrokerError) as error:
            self.reset()
            self._failed(error)
            batches = []
        except BaseException:
            self.reset()
            raise
        self._pace.handed_on(sum(len(batch.records) for batch in batches))
        return batches

    def reset(self) -> None:
        """Forgets everything read; the next `poll` takes its positions from the ledgers."""
        attached, self._attached, self._gatherer = self._attached, None, None
        self._next = {}
        if attached is not None:
            attached.close()

    def close(self) -> None:
        """Gives the connections back. The reader may be polled again: it then starts anew."""
        if self._attached:
            self._courtesy.commit(self._attached.asker, last=True)
        self.reset()

    def acknowledge(self, ledger: LedgerKey, position: int) -> None:
        """Everything below `position` has landed: told to the consumer group now and then, for lag tools."""
        self._courtesy.note(TopicPartition(ledger.name, ledger.partition), position)

    @property
    def broker_down_since(self) -> datetime | None:
        """Since when the broker is away, UTC; None while it serves."""
        return self._outage.since

    @property
    def partitions(self) -> tuple[int, ...]:
        """The partitions that this reader owns; none before the first `poll` and while the broker is away."""
        return tuple(self._next)

    def positions(self) -> dict[LedgerKey, int]:
        """Up to where each owned partition has been handed on; empty before the first `poll` and after `reset`."""
        return {self._key(p): position for p, position in self._next.items()}

    def partitions_grown(self) -> bool:
        """Whether the topic has more partitions than when this reader attached (looked at every few seconds)."""
        return self._grown

    def end_offsets(self) -> dict[int, int]:
        """For each owned partition the offset after its last committed record, asked of the broker now.

        Raises BrokerUnreachable or BrokerRefused; empty while the reader is not attached.
        """
        if self._attached is None:
            return {}
        try:
            ends = self._attached.asker.end_offsets(self._tps(self._next), timeout_ms=ANSWER_SECONDS * 1000)
        except kafka.errors.KafkaError as error:
            raise translate(error, self._settings.bootstrap_servers, self._settings.topic) from error
        return {tp.partition: end for tp, end in ends.items()}

    def lag(self) -> dict[int, int]:
        """Offsets not yet handed on, by owned partition, as of the broker's last answer. Asks nobody."""
        if self._attached is None:
            return {}
        known, consumer = self._attached.ends, self._attached.consumer
        ends = {p: max(known[p], consumer.highwater(self._tp(p)) or 0) for p in self._next}
        return {p: max(0, end - self._next[p]) for p, end in ends.items()}

    def _attach(self) -> list[Batch]:
        """Starts from the ledgers; gives the accepted losses as Batches of their own."""
        if not self._outage.wait(self._read.first_wait_seconds):
            return []
        quick = replace(
            self._settings, bootstrap_timeout_ms=min(_BOOTSTRAP_MS, self._settings.bootstrap_timeout_ms)
        )
        attached = attach(quick, self._own, self._ledgers)
        self._attached, self._gatherer = attached, Gatherer(attached.consumer, self._read)
        self._grown, self._missing_since = False, None
        self._outage.over()
        self._look_due = time.monotonic() + self._read.check_seconds
        self._next = {p: start.position for p, start in sorted(attached.starts.items())}
        lost = {p: start for p, start in sorted(attached.starts.items()) if start.lost}
        identity = attached.state.identity
        return [
            Batch(Span(self._key(p), start.from_offset, start.position, identity, lost=start.lost), ())
            for p, start in lost.items()
        ]

    def _read_on(self) -> list[Batch]:
        try:
            batches = self._read_batches()
        except Exception as error:
            if isinstance(error, TocsinError) or is_away(error) or is_refusal(error):
                raise
            self._stumble(error)
        for batch in batches:
            self._next[batch.span.ledger.partition] = batch.span.to_offset
        return batches

    def _read_batches(self) -> list[Batch]:
        assert self._gatherer is not None
        if not self._next:
            time.sleep(self._read.first_wait_seconds)  # no partition of its own: it waits as a poll would
        records = self._gatherer.gather(self._pace.limit()) if self._next else []
        batches = [self._batch(p, part) for p, part in by_partition(records).items()]
        batches += self._sweep({batch.span.ledger.partition for batch in batches})
        self._check_log(tuple(batch.span.ledger.partition for batch in batches))
        if records:
            self._stumbles = 0
        return sorted(batches, key=lambda batch: batch.span.ledger.partition)

    def _stumble(self, error: Exception) -> NoReturn:
        """The broker answered, but not with records: start anew; at the third time in one place, say so."""
        self._stumbles += 1
        reason = f"{type(error).__name__}: {error}"
        if self._stumbles >= _STUMBLES:
            self._stumbles = 0
            raise RecordUnreadable(self._settings.topic, tuple(self._next.items()), reason) from error
        raise kafka.errors.KafkaConnectionError(reason) from error

    def _batch(self, partition: int, records: list[ConsumerRecord]) -> Batch:
        kept = tuple(Record(r.offset, r.timestamp, r.key, r.value) for r in records)
        last = kept[-1]
        span = Span(
            self._key(partition),
            self._next[partition],
            self._passed(partition),
            self._state.identity,
            stamp(last.offset, last.timestamp_ms, last.key, last.value),
        )
        return Batch(span, kept)

    def _passed(self, partition: int) -> int:
        """Up to where the partition has been read: before what is kept for later, or where the consumer stands."""
        assert self._attached is not None
        assert self._gatherer is not None
        kept = self._gatherer.first_kept(partition)
        if kept is not None:
            return kept
        position = self._attached.consumer.position(self._tp(partition), timeout_ms=0)
        return self._next[partition] if position is None else int(position)

    def _sweep(self, with_records: set[int]) -> list[Batch]:
        """Batches without records, for partitions whose position moved all the same. Looked at once a second."""
        now = time.monotonic()
        if now < self._sweep_due:
            return []
        self._sweep_due = now + _SWEEP_SECONDS
        identity = self._state.identity
        moved = {p: self._passed(p) for p in self._next if p not in with_records}
        return [
            Batch(Span(self._key(p), self._next[p], to, identity), ())
            for p, to in moved.items()
            if to > self._next[p]
        ]

    def _check_log(self, moved: tuple[int, ...]) -> None:
        """Asks the brokers that gave records who they are, before these are handed on.

        A topic that is deleted and created again between two fetches would else be read on without a word, because
        fetches name the topic and not its id. Ids never come back, so an unchanged id after the fetch proves that
        the fetch was from this log.
        """
        now = time.monotonic()
        if not moved and now < self._look_due:
            return
        self._look_due = now + self._read.check_seconds
        assert self._attached is not None
        known, asker = self._state, self._attached.asker
        for node in leaders(asker, self._settings.topic, moved) or {None}:
            state = look(asker, self._settings.topic, ANSWER_SECONDS, node)
            if state is None:
                raise missing(self._settings.topic, self._settings.bootstrap_servers)
            check_identity(self._key(min(moved, default=0)), known.identity, state.identity)
            self._grown = self._grown or len(state.partitions) > len(known.partitions)

    def _failed(self, error: Exception) -> None:
        """Decides whether to go on trying; raises what the operator has to know instead."""
        ours = translate(error, self._settings.bootstrap_servers, self._settings.topic)
        waiting = isinstance(ours, BrokerUnreachable) or (isinstance(ours, TopicMissing) and self._in_grace())
        if not waiting:
            raise ours from error
        self._outage.failed(ours.message)

    def _in_grace(self) -> bool:
        """Whether the topic has been unknown for so short a time that the broker may still be starting."""
        now = time.monotonic()
        if self._missing_since is None:
            self._missing_since = now
        if now - self._missing_since < self._read.missing_grace_seconds:
            return True
        self._missing_since = None
        return False

    def _own(self, partitions: Iterable[int]) -> tuple[int, ...]:
        return owned(partitions, self._slot, self._slots, self._share)

    @property
    def _state(self) -> LogState:
        assert self._attached is not None
        return self._attached.state

    def _key(self, partition: int) -> LedgerKey:
        return key_of(self._settings.topic, partition)

    def _tp(self, partition: int) -> TopicPartition:
        return TopicPartition(self._settings.topic, partition)

    def _tps(self, partitions: Iterable[int]) -> list[TopicPartition]:
        return [self._tp(p) for p in partitions]
