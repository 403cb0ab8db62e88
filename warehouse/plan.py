"""What a landing does to the lake: the rules of revisions, late copies, replays and second readings. Pure.

Given one Landing and what the lake knows of its articles and rejects, `decide` says which rows are written, which are
left out, what is superseded and which rejects are settled. It reads nothing and writes nothing.

Rules (DESIGN section 3, section 4; the accounts of second readings are this module's):
- An article whose text is its current coding's is a late copy: it becomes a Skip(duplicate). So is a record that was
  landed before (the same ledger, offset and text), whatever is current now: a second reading lands nothing twice.
- Any other coding supersedes the article's current one, in order of offset, also within one Batch.
- Replays and recodings are never copies. But an older revision never replaces a newer one: a replayed record whose
  article has, later in the same partition, a newer text that is current, lands already superseded by it.
- A recoding (or the replay of one that failed) that comes too late is not needed any more and becomes a
  Skip(duplicate): its article has another text by now, or is coded by this very version already.
- A record that is tried again (a replay, or a second reading) settles its reject when it lands. When it fails again
  there is no second reject row: the row counts one attempt more, and a row of `reject_attempts` takes its place in
  the equations.
- A coding of `@replay` or `@recode` settles the open rejects of its article's reports, those that failed again aside.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from schemas.article import Article
from schemas.attempt import RejectAttempt
from schemas.batch import Placed
from schemas.ledger import LedgerKind
from schemas.reject import Reject, RejectStatus, reject_id
from schemas.skip import Skip
from warehouse.known import NEVER_KNOWN, SAME_TEXT, KnownCoding, duplicate
from warehouse.landing import Entry, Fate, Landing

RECODE = LedgerKind.RECODE.value
NEWER_TEXT = "recoded too late: its article has another text by now"
SAME_VERSION = "recoded too late: its article is coded by this version"


@dataclass(frozen=True, slots=True)
class KnownReject:
    """A reject in the lake, as far as landing needs it."""

    reject_id: str
    status: RejectStatus
    attempts: int
    article_id: str | None
    report_id: str | None
    payload_sha256: str
    ledger: str

    @property
    def is_open(self) -> bool:
        """Whether it waits to be settled."""
        return self.status is RejectStatus.OPEN


@dataclass(frozen=True, slots=True)
class Known:
    """What the lake knows that matters to one landing; `since` is how far back texts are compared."""

    codings: Mapping[str, tuple[KnownCoding, ...]]
    rejects: Mapping[str, KnownReject]
    retried: Mapping[int, str]  # offset → the reject that is tried again
    since: datetime


@dataclass(slots=True)
class Plan:
    """What to write. Offsets name the entries' rows; everything not named is written as it is."""

    late: dict[int, Placed[Skip]] = field(default_factory=dict)  # codings that become skips
    old_texts: set[int] = field(default_factory=set)  # codings whose article row is there already
    superseded: dict[str, str] = field(default_factory=dict)  # coding_id of this landing → its successor
    supersede: dict[str, str] = field(default_factory=dict)  # coding_id in the lake → its successor
    supersede_at: set[datetime] = field(default_factory=set)  # when those in the lake were landed
    current: dict[str, str] = field(default_factory=dict)  # article → its current text after this landing
    rejects: list[tuple[Entry, Reject]] = field(default_factory=list)  # new rows
    attempts: list[RejectAttempt] = field(default_factory=list)
    again: dict[str, Reject] = field(default_factory=dict)  # reject in the lake → how it failed this time
    settled: dict[str, str] = field(default_factory=dict)  # reject in the lake → settled_by
    codings: int = 0
    skips: int = 0
    rejected: int = 0  # whole articles


@dataclass(frozen=True, slots=True)
class _Current:
    """The current coding of an article while the Batch is walked through."""

    coding_id: str
    text_sha256: str
    coder_version: str | None
    landed_at: datetime | None  # None: by this landing


def decide(landing: Landing, known: Known, landed_at: datetime) -> Plan:
    """The plan for one landing; entries are taken in order of offset."""
    return _Decider(landing, known, landed_at).plan()


class _Decider:
    """Walks through the entries; lives as long as one decision."""

    def __init__(self, landing: Landing, known: Known, landed_at: datetime) -> None:
        self.landing, self.known, self.landed_at = landing, known, landed_at
        self.ledger = str(landing.batch.span.ledger)
        self.codes_again = landing.batch.span.ledger.kind in NEVER_KNOWN
        self.current: dict[str, _Current] = {}
        self.texts: dict[str, set[str]] = {}
        self.ids: set[str] = set()
        self.made = Plan()

    def plan(self) -> Plan:
        for article, codings in self.known.codings.items():
            self.texts[article] = {c.text_sha256 for c in codings}
            for c in codings:
                if c.current:
                    self.current[article] = _Current(
                        c.coding_id, c.text_sha256, c.coder_version, c.ingested_at
                    )
        for entry in self.landing.entries:
            {Fate.CODING: self._coding, Fate.SKIP: self._skip, Fate.REJECT: self._reject}[entry.fate](entry)
        return self.made

    def _skip(self, entry: Entry) -> None:
        self.made.skips += 1
        self._settle_retried(entry, f"skipped as {entry.skip_reason}")

    def _reject(self, entry: Entry) -> None:
        assert entry.reject is not None
        self.made.rejected += 1
        if known := self._retried(entry):
            self._fail_again(known, entry, entry.reject, None)
        else:
            self._new_reject(entry, entry.reject)

    def _coding(self, entry: Entry) -> None:
        assert entry.article is not None
        article, current = entry.article, self.current.get(entry.article.article_id)
        if why := self._late(entry, article, current):
            self.made.late[entry.offset] = Placed(entry.record, duplicate(article, why))
            self.made.skips += 1
            self._settle_retried(entry, "its article is landed")
            return
        self.made.codings += 1
        older = self._is_older(entry, article, current)
        self._place(entry, article, current, older=older)
        self._settle(entry, article, older=older)

    def _late(self, entry: Entry, article: Article, current: _Current | None) -> str:
        """Why the entry is a copy of what is landed; empty if it is not."""
        if self.codes_again:
            return self._outdated(entry, article, current) if self._recodes(entry) else ""
        for c in self.known.codings.get(article.article_id, ()):
            if (c.ledger, c.offset, c.text_sha256) == (self.ledger, entry.offset, article.text_sha256):
                return "read a second time"
        if current is None or current.text_sha256 != article.text_sha256:
            return ""
        fresh = current.landed_at is None or current.landed_at >= self.known.since
        return SAME_TEXT if fresh else ""

    def _recodes(self, entry: Entry) -> bool:
        """Whether the entry is a recoding, or the replay of one that failed."""
        retried = self._retried(entry)
        return RECODE in (self.ledger, retried.ledger if retried else "")

    @staticmethod
    def _outdated(entry: Entry, article: Article, current: _Current | None) -> str:
        """Why a recoding is not needed any more; empty while it is."""
        if current is None:
            return ""
        if current.text_sha256 != article.text_sha256:
            return NEWER_TEXT
        return SAME_VERSION if current.coder_version == entry.coder_version else ""

    def _is_older(self, entry: Entry, article: Article, current: _Current | None) -> bool:
        first = entry.record.origin
        if first is None or current is None or current.text_sha256 == article.text_sha256:
            return False
        return any(
            (c.topic, c.partition, c.text_sha256) == (first.topic, first.partition, current.text_sha256)
            and c.ledger == f"kafka:{c.topic}/{c.partition}"
            and c.offset > first.offset
            for c in self.known.codings.get(article.article_id, ())
        )

    def _place(self, entry: Entry, article: Article, current: _Current | None, *, older: bool) -> None:
        assert entry.coding_id is not None
        if article.text_sha256 in self.texts.setdefault(article.article_id, set()):
            self.made.old_texts.add(entry.offset)
        self.texts[article.article_id].add(article.text_sha256)
        if older and current is not None:
            self.made.superseded[entry.coding_id] = current.coding_id
            return
        if current is not None and current.landed_at is None:
            self.made.superseded[current.coding_id] = entry.coding_id
        elif current is not None and current.landed_at is not None:
            self.made.supersede[current.coding_id] = entry.coding_id
            self.made.supersede_at.add(current.landed_at)
        self.current[article.article_id] = _Current(
            entry.coding_id, article.text_sha256, entry.coder_version, None
        )
        self.made.current[article.article_id] = article.text_sha256

    def _settle(self, entry: Entry, article: Article, *, older: bool) -> None:
        """New rejects of reports, attempts of those that failed before, and settling of the rest."""
        failed_again: set[str] = set()
        for reject in entry.report_rejects:
            known = self._failed_before(article, reject)
            if known is None:
                self._new_reject(entry, reject)
            else:
                failed_again.add(known.reject_id)
                self._fail_again(known, entry, reject, entry.coding_id)
        retried = self._retried(entry)
        for known in self.known.rejects.values():
            if known.reject_id not in failed_again and self._is_settled_by(
                article, retried, known, older=older
            ):
                self._settle_one(known, f"coding {entry.coding_id}")

    def _failed_before(self, article: Article, reject: Reject) -> KnownReject | None:
        return next(
            (
                k
                for k in self.known.rejects.values()
                if k.is_open
                and k.report_id is not None
                and (k.article_id, k.report_id) == (article.article_id, reject.report_id)
            ),
            None,
        )

    def _is_settled_by(
        self, article: Article, retried: KnownReject | None, known: KnownReject, *, older: bool
    ) -> bool:
        if retried is not None and known.reject_id == retried.reject_id:
            return True
        if not self.codes_again or known.report_id is None or known.article_id != article.article_id:
            return False
        return not older or (retried is not None and known.payload_sha256 == retried.payload_sha256)

    def _retried(self, entry: Entry) -> KnownReject | None:
        return self.known.rejects.get(self.known.retried.get(entry.offset, ""))

    def _settle_retried(self, entry: Entry, why: str) -> None:
        if known := self._retried(entry):
            self._settle_one(known, why)

    def _settle_one(self, known: KnownReject, why: str) -> None:
        if known.is_open and known.reject_id not in self.made.settled:
            self.made.settled[known.reject_id] = f"{self.ledger}: {why}"

    def _fail_again(self, known: KnownReject, entry: Entry, reject: Reject, coding: str | None) -> None:
        self.made.attempts.append(
            RejectAttempt(
                reject_id=known.reject_id,
                ledger=self.ledger,
                offset=entry.offset,
                report_id=reject.report_id,
                coding_id=coding,
                stage=reject.stage,
                code=reject.code,
                message=reject.message,
                coder_version=reject.coder_version,
                attempted_at=self.landed_at,
            )
        )
        # a report's reject belongs to its coding: only its count changes
        as_known = dataclasses.replace(reject, report_id=known.report_id)
        self.made.again[known.reject_id] = as_known

    def _new_reject(self, entry: Entry, reject: Reject) -> None:
        """A new row, its id made from its place in this ledger (a replay's reject still carries the old one's)."""
        fresh = next(i for i in self._ids(entry, reject) if i not in self.ids and i not in self.known.rejects)
        self.ids.add(fresh)
        self.made.rejects.append((entry, dataclasses.replace(reject, reject_id=fresh)))

    def _ids(self, entry: Entry, reject: Reject) -> Iterator[str]:
        """Its id; others only where that one is taken: by a record of another log at the same offset, or a twin."""
        yield reject_id(self.ledger, entry.offset, reject.stage, reject.code, reject.report_id)
        for n in range(len(self.ids) + len(self.known.rejects) + 1):
            seed = f"{self.ledger} {reject.payload_sha256} {n}"
            yield reject_id(seed, entry.offset, reject.stage, reject.code, reject.report_id)
