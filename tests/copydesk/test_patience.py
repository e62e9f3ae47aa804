import logging

import pytest
from kafka.errors import KafkaTimeoutError

from copydesk import clients


class Broker:
    """A wait for a broker that confirms after ``needed`` seconds; ``waited`` are those that were waited."""

    def __init__(self, needed: float) -> None:
        self.needed, self.waited = needed, 0.0

    def wait(self, seconds: float) -> None:
        self.waited += min(seconds, self.needed - self.waited)
        if self.waited < self.needed:
            raise KafkaTimeoutError


def test_a_broker_that_is_silent_for_long_is_told_of_and_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    broker = Broker(needed=100)
    clients.patiently(broker.wait)
    assert broker.waited == 100
    assert [record.message[:12] for record in caplog.records] == ["BrokerSilent"]


def test_nothing_is_told_of_one_that_confirms_soon(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    clients.patiently(Broker(needed=3).wait)
    assert not caplog.records


@pytest.mark.parametrize("seconds", [2, 20])
def test_a_broker_that_does_not_confirm_in_time_is_an_error(seconds: float) -> None:
    broker = Broker(needed=100)
    with pytest.raises(KafkaTimeoutError):
        clients.patiently(broker.wait, seconds)
    assert broker.waited == seconds
