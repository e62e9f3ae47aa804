from __future__ import annotations

import pytest
from kafka.errors import KafkaTimeoutError

from copydesk.feeding.in_flight import InFlight


class Sending:
    """A message on its way, and how often it was waited for."""

    def __init__(self, error: Exception | None = None) -> None:
        self.waited = 0
        self._error = error

    def get(self, timeout: float) -> None:
        self.waited += 1
        if self._error:
            raise self._error


def test_whoever_sends_waits_for_the_oldest_messages_while_too_much_is_on_its_way() -> None:
    in_flight, sent = InFlight(most=100), [Sending() for _ in range(4)]
    for sending in sent:
        in_flight.add(sending, 40)
    assert in_flight.is_full
    in_flight.wait()
    assert not in_flight.is_full
    assert [sending.waited for sending in sent] == [1, 1, 0, 0]


def test_a_message_that_is_not_confirmed_ends_the_waiting() -> None:
    in_flight = InFlight(most=10)
    in_flight.add(Sending(KafkaTimeoutError()), 40)
    with pytest.raises(KafkaTimeoutError):
        in_flight.wait()
