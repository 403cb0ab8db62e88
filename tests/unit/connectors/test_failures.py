"""What kafka-python's errors mean for us."""

from __future__ import annotations

import pickle

import kafka.errors
import pytest

from connectors.failures import is_away, is_refusal, missing, translate
from schemas.errors import BrokerError, BrokerRefused, BrokerUnreachable, RecordUnreadable, TopicMissing

WHERE = "broker:9092"


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        (kafka.errors.KafkaTimeoutError("late"), BrokerUnreachable),
        (kafka.errors.KafkaConnectionError("refused"), BrokerUnreachable),
        (kafka.errors.NodeNotReadyError(1), BrokerUnreachable),
        (kafka.errors.UnknownBrokerIdError(1), BrokerUnreachable),
        (ConnectionResetError("reset"), BrokerUnreachable),
        (kafka.errors.SaslAuthenticationFailedError("who?"), BrokerRefused),
        (kafka.errors.TopicAuthorizationFailedError({"articles"}), BrokerRefused),
        (kafka.errors.ClusterAuthorizationFailedError("no"), BrokerRefused),
        (kafka.errors.UnknownTopicOrPartitionError("articles"), TopicMissing),
        (kafka.errors.InvalidTopicError("a b"), BrokerError),
    ],
)
def test_each_error_has_our_name_says_where_and_pickles(error: Exception, ours: type[BrokerError]) -> None:
    made = translate(error, WHERE, "articles")
    assert type(made) is ours
    assert WHERE in made.message
    assert str(pickle.loads(pickle.dumps(made))) == str(made)


def test_ours_stay_what_they_are() -> None:
    error = missing("articles", WHERE)
    assert translate(error, WHERE) is error


def test_a_refusal_is_never_taken_for_an_outage() -> None:
    for error in (
        kafka.errors.SaslAuthenticationFailedError("x"),
        kafka.errors.GroupAuthorizationFailedError("x"),
    ):
        assert is_refusal(error)
        assert not is_away(error)
    assert is_away(kafka.errors.LeaderNotAvailableError("x"))
    assert not is_away(kafka.errors.OffsetOutOfRangeError("x"))
    assert not is_away(kafka.errors.CorruptRecordError("x"))


def test_an_unreadable_record_tells_where_the_reader_stands() -> None:
    error = RecordUnreadable("articles", ((0, 5), (2, 7)), "CorruptRecordError")
    assert "partition 0 offset 5, partition 2 offset 7" in str(error)
    assert pickle.loads(pickle.dumps(error)).positions == ((0, 5), (2, 7))
