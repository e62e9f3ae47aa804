"""A worker that starts before its broker."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys

import pytest
from aiokafka.errors import KafkaConnectionError

from copydesk.agents.kafka import startup
from copydesk.agents.settings import Settings


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The broker does not answer twice; what is in the list, when it is asked."""
    asked: list[str] = []

    async def partitions(settings: Settings) -> dict[str, int]:
        asked.append(settings.broker)
        if len(asked) <= 2:
            logging.getLogger("aiokafka").error("Unable connect to %s", settings.broker)
            raise KafkaConnectionError("away")
        return {topic.name: topic.partitions for topic in settings.topics.all}

    async def enter(*_: object) -> None: ...

    monkeypatch.setattr(startup, "_partitions", partitions)
    monkeypatch.setattr(startup, "_enter", enter)
    monkeypatch.setattr(startup, "AGAIN_SECONDS", 0.01)
    return asked


def test_a_broker_that_is_away_is_told_at_once(away: list[str]) -> None:
    with pytest.raises(startup.StartupError, match="no Kafka broker answers"):
        startup.check(Settings(), "group")
    assert len(away) == 1


def test_a_broker_is_waited_for_on_request(away: list[str], caplog: pytest.LogCaptureFixture) -> None:
    startup.check(Settings(start_patience=30), "group")
    assert len(away) == 3
    assert len(caplog.records) == 1, "every try is told"


def test_who_waits_for_a_broker_ends_in_order_when_told_to() -> None:
    environment = {**os.environ, "COPYDESK_BROKER": "127.0.0.1:1", "COPYDESK_START_PATIENCE": "60",
                   "COPYDESK_PROCESSES": "1"}  # fmt: skip
    command = [sys.executable, "-m", "copydesk", "worker"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as worker:
        assert worker.stderr
        assert b"Unable connect" in worker.stderr.readline()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=30) == 0
