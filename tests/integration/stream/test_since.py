"""Reading from a time on, which the embedded broker cannot."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice

import orjson
import pytest
from typer.testing import CliRunner

from copydesk import clients, subscribe
from copydesk.cli import app
from tests.integration.conftest import Broker

pytestmark = pytest.mark.kafka

HOURS = [datetime(2026, 1, 9, hour, tzinfo=UTC) for hour in (4, 5, 6)]


@pytest.fixture
def broker(kafka: Callable[[int], Broker]) -> Broker:
    """With an article an hour."""
    made = kafka(2)
    with contextlib.closing(clients.producer(made.bootstrap)) as producer:
        for number, hour in enumerate(HOURS):
            article = {
                "id": str(number),
                "title": f"Snow {number}",
                "text": "It fell.",
                "word_count": 2,
                "language": {"code": "en", "confidence": 1},
                "provenance": {"pipeline": "1", "stages": {}},
            }
            at = int(hour.timestamp() * 1000)
            producer.send(made.topics.enriched.name, orjson.dumps(article), partition=number % 2, timestamp_ms=at)
    return made


def test_a_subscription_begins_at_a_time(broker: Broker) -> None:
    with subscribe("enriched", broker=broker.bootstrap, prefix=broker.prefix, since=HOURS[1]) as events:
        assert sorted(event.record.id for event in islice(events, 2)) == ["1", "2"]


def test_tail_begins_at_a_time_of_any_zone(broker: Broker) -> None:
    arguments = ["tail", "enriched", "--limit", "2", "--as", "csv", "--broker", broker.bootstrap]
    environment = {"COPYDESK_TOPIC_PREFIX": broker.prefix}
    shown = CliRunner().invoke(app, [*arguments, "--since", "2026-01-09T06:00+01:00"], env=environment).output
    assert sorted(line.split(",")[0] for line in shown.splitlines()) == ["1", "2", "id"]
